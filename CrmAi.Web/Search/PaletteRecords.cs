using System.Globalization;
using CrmAi.Domain.Search;
using CrmAi.Domain.Views;
using CrmAi.Web.Accounts;
using CrmAi.Web.Contacts;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Search;

/// <summary>Records and views for the palette, each read under the person's own rights.</summary>
public sealed class PaletteRecords(IPalette palette, IViews views, UserClock clock, IStringLocalizer<Text> words)
{
    private const int MaxRecent = 7, MaxViews = 6;

    /// <summary>The person or company that an address shows.</summary>
    public static (FoundKind Kind, Guid Id)? Of(string path) => path.Split('?', '#')[0].Split('/') is [("contacts" or "accounts") and var kind, var id, ..] && Guid.TryParse(id, out var known)
        ? (kind == "contacts" ? FoundKind.Contact : FoundKind.Account, known) : null;

    public Task RememberAsync(string path, CancellationToken ct) => Of(path) is { } seen ? palette.OpenedAsync(seen.Kind, seen.Id, ct) : Task.CompletedTask;

    /// <summary>What was seen last, without what is seen now, and without what may no longer be seen.</summary>
    public async Task<IReadOnlyList<PaletteGroup>> RecentAsync(string path, CancellationToken ct)
    {
        var present = Of(path)?.Id;
        var recent = await palette.RecentAsync(MaxRecent, ct);
        return [.. Group("recent", words["palette.recent"], recent.Where(r => r.Id != present).Take(MaxRecent - 1).Select(Item)), .. await ViewsAsync("", ct)];
    }

    public async Task<IReadOnlyList<PaletteGroup>> FindAsync(PaletteSearch search, CancellationToken ct)
    {
        if (search.Text.Length == 0 || search.IsActions) return [];
        var found = palette.FindAsync(search.Text, search.Only, ct);
        var saved = search.IsAll ? ViewsAsync(search.Text, ct) : Task.FromResult<IEnumerable<PaletteGroup>>([]);
        await Task.WhenAll(found, saved);
        return [.. (await found).Select(Group), .. await saved];
    }

    private PaletteGroup Group(FoundGroup group)
    {
        var title = words[group.IsSimilar ? $"palette.similar.{group.Kind}" : $"palette.kind.{group.Kind}"].Value;
        return new($"found-{group.Kind}", title, true, [.. group.Items.Select(Item)]) { Count = group.HasMore ? $"{group.Count.ToString(CultureInfo.CurrentCulture)}+" : group.Count > group.Items.Count ? group.Count.ToString(CultureInfo.CurrentCulture) : null };
    }

    private PaletteItem Item(FoundRecord record) => record.Kind switch
    {
        FoundKind.Contact => new($"palette-c-{record.Id:N}", "person", record.Name.Text, Address: $"/contacts/{record.Id}", RecordId: record.Id) { Marks = record.Name.Marks, Details = record.Details },
        FoundKind.Account => new($"palette-a-{record.Id:N}", "business", record.Name.Text, Address: $"/accounts/{record.Id}") { Marks = record.Name.Marks, Details = record.Details },
        FoundKind.Interaction => new($"palette-i-{record.Id:N}", record.Type is { } type ? Interactions.Icons.Of(type) : "forum", record.Name.Text, record.At is { } at ? clock.Day(at) : null, AccountTalk.Address(record.ContactId!.Value, record.Id)) { Details = record.Details },
        FoundKind.Task => new($"palette-t-{record.Id:N}", "task_alt", record.Name.Text, record.At is { } due ? clock.Day(due) : null, $"/tasks?task={record.Id}") { Marks = record.Name.Marks, Details = record.Details },
        _ => new($"palette-l-{record.Id:N}", "label", record.Name.Text, Address: (new ContactFilter(ContactTab.Team) { Tags = [record.Id] }).Address(null)) { Marks = record.Name.Marks },
    };

    private async Task<IEnumerable<PaletteGroup>> ViewsAsync(string text, CancellationToken ct) =>
        Group("views", words["palette.views"], (await views.ListAsync(ct)).Where(v => text.Length == 0 || FuzzyMatch.Score(text, v.Fields.Name) > 0).Take(MaxViews)
            .Select(v => new PaletteItem($"palette-v-{v.Id:N}", v.Fields.IsShared ? "group" : "filter_list", v.Fields.Name, v.Fields.IsShared ? v.Owner : null, $"/?view={v.Id}")));

    private static PaletteGroup[] Group(string id, string title, IEnumerable<PaletteItem> items) =>
        items.ToList() is { Count: > 0 } all ? [new(id, title, true, all)] : [];
}
