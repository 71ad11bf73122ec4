using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using CrmAi.Web.Tasks;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Contacts;

/// <summary>What the palette offers while this contact is shown.</summary>
public sealed partial class ContactPane
{
    [Inject] private PageActions Actions { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;

    private void OfferActions(ContactDetail shown)
    {
        var actions = new List<PageAction>();
        if (shown.MayAddInteractions) actions.Add(new("edit_note", L["keys.note"], NoteAsync, L["palette.words.note"], "N", Attributes: new Dictionary<string, object> { ["data-focus"] = "[data-compose] textarea" }));
        if (viewer?.May(Operation.WriteTasks) == true) actions.Add(new("add_task", L["task.add.for"], () => InvokeAsync(() => TaskDialog.OpenAsync(Dialogs, L["task.add"], null, shown.Id, shown.Fields.Name)), L["palette.words.task"], "Q"));
        if (shown.MayChange) actions.Add(new("edit", L["contact.edit"], () => InvokeAsync(Edit), L["palette.words.edit"], "E"));
        actions.Add(new("history", L["history.title"], Words: L["palette.words.history"], Keys: "H", Address: PaneAddress(InHistory)));
        if (!shown.Masked && (shown.Fields.Mobile ?? shown.Fields.Phone) is { Length: > 0 } number) actions.Add(new("call", L["palette.call", number], Words: L["palette.words.call"], Address: $"tel:{number}"));
        if (!shown.Masked && shown.Fields.Email is { Length: > 0 } mail) actions.Add(new("mail", L["palette.mail", mail], Words: L["palette.words.mail"], Address: $"mailto:{mail}"));
        if (!shown.Masked && shown.Fields.Mobile is { Length: > 0 } mobile)
            actions.Add(new("content_copy", L["palette.copy"], Words: L["palette.words.copy"], Attributes: new Dictionary<string, object> { ["data-copy"] = mobile }));
        Actions.Offer(this, shown.Fields.Name, actions);
    }

    // On a phone the place to write is a pane of its own.
    private Task NoteAsync() => InvokeAsync(() => Navigation.NavigateTo(PaneAddress("compose")));

    public override ValueTask DisposeAsync()
    {
        Actions.Withdraw(this);
        Editing.Changed -= Refresh;
        return base.DisposeAsync();
    }
}
