using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Views;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Search;

/// <summary>People, companies and views for the palette, each read under the person's own rights.</summary>
public sealed class PaletteRecords(IContacts contacts, IAccounts accounts, IViews views, IStringLocalizer<Text> words)
{
    private const int MaxPeople = 8, MaxCompanies = 5, MaxRecent = 6, MaxViews = 6;

    /// <summary>"contacts/id" or "accounts/id" where the address shows such a record.</summary>
    public static string? Of(string path) =>
        path.Split('?', '#')[0].Split('/') is [("contacts" or "accounts") and var kind, var id, ..] && Guid.TryParse(id, out var known) ? $"{kind}/{known}" : null;

    /// <summary>What was seen last, without what is seen now, and without what may no longer be seen.</summary>
    public async Task<IReadOnlyList<PaletteGroup>> RecentAsync(IEnumerable<string> seen, string path, CancellationToken ct)
    {
        var wanted = seen.Select(Of).OfType<string>().Distinct().Where(s => s != Of(path)).Take(MaxRecent).ToList();
        var items = await Task.WhenAll(wanted.Select(s => ReadAsync(s, ct)));
        return [.. Group("recent", words["palette.recent"], items.OfType<PaletteItem>()), .. await ViewsAsync("", ct)];
    }

    public async Task<IReadOnlyList<PaletteGroup>> FindAsync(string text, CancellationToken ct)
    {
        if (text.Length == 0) return [];
        var people = contacts.ListAsync(new ContactQuery(ContactScope.All, text), 0, MaxPeople, ct);
        var companies = accounts.SuggestAsync(text, ct);
        await Task.WhenAll(people, companies);
        return
        [
            .. Group("people", words["palette.people"], (await people).Items.Select(p => Person(p.Id, p.Name, p.Title, p.Company))),
            .. Group("companies", words["palette.companies"], (await companies).Take(MaxCompanies).Select(Company)),
            .. await ViewsAsync(text, ct),
        ];
    }

    private async Task<IReadOnlyList<PaletteGroup>> ViewsAsync(string text, CancellationToken ct) =>
        Group("views", words["palette.views"], (await views.ListAsync(ct)).Where(v => text.Length == 0 || FuzzyMatch.Score(text, v.Fields.Name) > 0).Take(MaxViews)
            .Select(v => new PaletteItem($"palette-v-{v.Id:N}", v.Fields.IsShared ? "group" : "filter_list", v.Fields.Name, v.Fields.IsShared ? v.Owner : null, $"/?view={v.Id}")));

    private async Task<PaletteItem?> ReadAsync(string seen, CancellationToken ct)
    {
        var id = Guid.Parse(seen[(seen.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        if (seen[0] == 'c') return await contacts.GetAsync(id, ct) is { } person ? Person(id, person.Fields.Name, person.Fields.Title, person.Company) : null;
        return await accounts.GetAsync(id, ct) is { } company ? Company(new(id, company.Fields.Name, company.Fields.Industry, company.Fields.City)) : null;
    }

    private static PaletteItem Person(Guid id, string name, string? title, string? company) =>
        new($"palette-c-{id:N}", "person", name, Joined(title, company), $"/contacts/{id}", id);

    private static PaletteItem Company(AccountRow account) =>
        new($"palette-a-{account.Id:N}", "business", account.Name, Joined(account.Industry, account.City), $"/accounts/{account.Id}");

    private static string Joined(params IEnumerable<string?> parts) => string.Join(" · ", parts.Where(p => !string.IsNullOrEmpty(p)));

    private static PaletteGroup[] Group(string id, string title, IEnumerable<PaletteItem> items) =>
        items.ToList() is { Count: > 0 } all ? [new(id, title, true, all)] : [];
}
