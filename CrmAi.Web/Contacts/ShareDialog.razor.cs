using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Contacts;

/// <summary>Who sees a contact: by its visibility, and beyond it one by one.</summary>
public sealed partial class ShareDialog : ComponentBase
{
    private readonly List<ShareRow> shares = [];
    private IReadOnlyList<PersonName>? colleagues;
    private Visibility visibility;
    private ColleagueEntry? entry;
    private string? problem;
    private bool saving;

    [Inject] private IContacts Contacts { get; set; } = null!;
    [Inject] private IUsers Users { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;

    [Parameter, EditorRequired] public ContactEditing Editing { get; set; } = null!;

    private HashSet<Guid> Known => [Editing.Contact.OwnerId, .. shares.Select(s => s.UserId)];

    public static Task OpenAsync(DialogService dialogs, string title, ContactEditing editing) =>
        dialogs.OpenAsync<ShareDialog>(title, new() { [nameof(Editing)] = editing }, new DialogOptions { Width = "min(460px, calc(100vw - 16px))" });

    protected override async Task OnInitializedAsync()
    {
        visibility = Editing.Fields.Visibility;
        shares.AddRange(Editing.Contact.Shares);
        Editing.Open(nameof(ContactEdit.Visibility));
        colleagues = [.. (await Users.ColleaguesAsync(CancellationToken.None)).Select(c => new PersonName(c.Id, c.Name, null))];
    }

    private void Set(ShareRow share) => shares[shares.FindIndex(s => s.UserId == share.UserId)] = share;

    private void Add(PersonName person)
    {
        if (!Known.Contains(person.Id)) shares.Add(new(person.Id, person.Name, false));
    }

    private async Task SaveAsync()
    {
        if (entry is { Unanswered: { Length: > 0 } typed })
        {
            problem = L["share.unanswered", typed];
            return;
        }
        saving = true;
        var name = L["field.Visibility"];
        problem = visibility == Editing.Fields.Visibility ? null
            : Editing.Say(await Editing.SaveAsync(nameof(ContactEdit.Visibility), name, edit => edit with { Visibility = visibility }), nameof(ContactEdit.Visibility));
        if (problem is null && !shares.ToHashSet().SetEquals(Editing.Contact.Shares))
        {
            var result = await Contacts.ShareAsync(Editing.Contact.Id, [.. shares.Select(s => new ShareEdit(s.UserId, s.MayChange))], CancellationToken.None);
            if (result.Succeeded)
            {
                await Editing.ReadAgainAsync();
                Undo.Offer(L["share.done"], result.Value, Editing.ReadAgainAsync);
            }
            else problem = L.Of(result.Errors);
        }
        saving = false;
        if (problem is null) Dialogs.Close();
    }
}
