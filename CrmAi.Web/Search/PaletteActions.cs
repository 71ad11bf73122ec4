using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Accounts;
using CrmAi.Web.BusinessCards;
using CrmAi.Web.Contacts;
using CrmAi.Web.Exports;
using CrmAi.Web.Shared;
using CrmAi.Web.Tasks;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;

namespace CrmAi.Web.Search;

/// <summary>What can be done from anywhere, after what the present page offers.</summary>
public sealed class PaletteActions(PageActions page, DialogService dialogs, NavigationManager navigation, PageScripts scripts, IStringLocalizer<Text> words)
{
    private const int MaxMatches = 8;

    /// <summary>All of them in their groups where nothing is typed, else the fitting ones, best first.</summary>
    public IReadOnlyList<PaletteGroup> Matching(string typed, Viewer viewer)
    {
        var here = page.Offers.GroupBy(o => o.Subject).Select((o, i) => (Id: $"here{i}", Title: words["palette.here", o.Key].Value, Actions: (IReadOnlyList<PageAction>)[.. o.SelectMany(p => p.Actions)]));
        (string Id, string Title, IReadOnlyList<PageAction> Actions)[] all = [.. here, ("actions", words["palette.actions"], Everywhere(viewer)), ("looks", words["palette.looks"], Looks())];
        if (typed.Length == 0) return [.. all.Where(g => g.Actions.Count > 0).Select(g => new PaletteGroup(g.Id, g.Title, false, [.. g.Actions.Select((a, i) => Item($"palette-{g.Id}-{i}", a))]))];
        var fitting = all.SelectMany(g => g.Actions.Select((a, i) => (Id: $"palette-{g.Id}-{i}", Action: a, Score: FuzzyMatch.Score(typed, a.Text, a.Words))))
            .Where(a => a.Score > 0).OrderByDescending(a => a.Score).Take(MaxMatches).ToList();
        return fitting.Count == 0 ? [] : [new("actions", words["palette.actions"], false, [.. fitting.Select(a => Item(a.Id, a.Action))])];
    }

    private static PaletteItem Item(string id, PageAction action) =>
        new(id, action.Icon, action.Text, Address: action.Address, RunAsync: action.RunAsync, Keys: action.Keys, Attributes: action.Attributes);

    private List<PageAction> Everywhere(Viewer viewer)
    {
        var actions = new List<PageAction>();
        if (viewer.May(Operation.WriteContacts)) actions.Add(new("person_add", words["contact.add"], AddContactAsync, words["palette.words.add"], "A"));
        if (viewer.May(Operation.WriteContacts)) actions.Add(new("domain_add", words["account.add"], AddAccountAsync, words["palette.words.addcompany"]));
        if (viewer.May(Operation.WriteContacts))
        {
            actions.Add(new("add_a_photo", words["cards.scan"], () => CardDialog.OpenAsync(dialogs, words["cards.scan"]), words["palette.words.scan"]));
            actions.Add(new("badge", words["palette.go", words["cards.title"]], Words: words["palette.words.cards"], Address: "/cards"));
            actions.Add(new("upload_file", words["import.batch"], Words: words["palette.words.import"], Address: "/import"));
        }
        actions.AddRange(Enum.GetValues<ContactTab>().Select(tab =>
            new PageAction(tab switch { ContactTab.Mine => "person", ContactTab.Team => "group", _ => "event" }, words["palette.go", words.Of(tab)], Words: words["palette.words.go"], Address: new ContactFilter(tab).Address(null))));
        actions.Add(new("domain", words["palette.go", words["nav.accounts"]], Words: words["palette.words.companies"], Address: "/accounts"));
        if (viewer.May(Operation.ReadAiRuns)) actions.Add(new("neurology", words["palette.go", words["ai.title"]], Words: words["palette.words.ai"], Address: "/ai"));
        if (viewer.May(Operation.WriteContacts) || viewer.May(Operation.WriteInteractions))
            actions.Add(new("undo", words["palette.go", words["undoing.title"]], Words: words["palette.words.undoing"], Address: "/undo"));
        if (viewer.May(Operation.WriteContacts) || viewer.May(Operation.WriteInteractions))
            actions.Add(new("restore_from_trash", words["palette.go", words["deleted.title"]], Words: words["palette.words.deleted"], Address: "/deleted"));
        if (viewer.May(Operation.WriteContacts)) actions.Add(new("call_merge", words["palette.go", words["duplicates.title"]], Words: words["palette.words.duplicates"], Address: "/duplicates"));
        if (viewer.May(Operation.WriteTasks))
        {
            actions.Add(new("add_task", words["task.add"], () => TaskDialog.OpenAsync(dialogs, words["task.add"], null), words["palette.words.task"]));
            actions.Add(new("checklist", words["palette.go", words["tasks.title"]], Words: words["palette.words.tasks"], Address: "/tasks"));
        }
        if (viewer.May(Operation.ExportRecords))
        {
            actions.Add(new("download", words["palette.export"], ExportAsync, words["palette.words.export"]));
            actions.Add(new("folder_zip", words["palette.go", words["exports.title"]], Words: words["palette.words.exports"], Address: "/exports"));
        }
        actions.Add(new("settings", words["palette.go", words["nav.settings"]], Words: words["palette.words.settings"], Address: "/settings"));
        actions.Add(new("keyboard", words["help.title"], () => ShortcutsDialog.OpenAsync(dialogs, words), words["palette.words.help"], "?"));
        actions.Add(new("logout", words["signout"], Words: words["palette.words.signout"], Attributes: Attribute("data-submit", "sign-out")));
        return actions;
    }

    private List<PageAction> Looks() =>
    [
        .. ThemeNames.All.Select(theme => new PageAction(ThemeNames.IconOf(theme), words["palette.theme", words[$"look.{theme}"]], Words: words["palette.words.theme"], Attributes: Attribute("data-set-theme", theme))),
        .. TopBar.Languages.Where(code => code != CultureInfo.CurrentUICulture.Name).Select(code => new PageAction("translate", words["palette.language", words[$"language.{code}"]], () => SpeakAsync(code), words["palette.words.language"])),
    ];

    private static Dictionary<string, object> Attribute(string name, string value) => new() { [name] = value };

    private async Task AddContactAsync()
    {
        if (await ContactDialog.OpenAsync(dialogs, words["contact.add"]) is { } saved) navigation.NavigateTo(new ContactFilter().Address(saved.Id));
    }

    private async Task AddAccountAsync()
    {
        if (await AccountDialog.OpenAsync(dialogs, words["account.add"], null) is { } saved) navigation.NavigateTo($"/accounts/{saved.Id}");
    }

    private Task ExportAsync() =>
        ExportDialog.OpenAsync(dialogs, words["export.title"], new(ExportKind.Contacts, default) { Contacts = new(ContactScope.All, Order: ContactOrder.Name) }, words["export.what.everybody"]);

    private Task SpeakAsync(string code) => scripts.LeaveAsync(TopBar.LanguageAddress(navigation, code));
}
