using CrmAi.Domain.Conversations;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Tasks;

/// <summary>Reads what one line asks for: 明天下午3点 给林若溪回电.</summary>
internal static class QuickTasks
{
    private const int ShortestName = 2, Most = 20;

    private static readonly char[] Edges = [' ', '\u3000', ',', '，', '、', ':', '：', ';', '；', '-', '—', '。'];

    public static async Task<QuickTask> ReadAsync(AppDbContext db, Viewer viewer, ISpokenDates dates, string text, DateTime now, CancellationToken ct)
    {
        text = OneLine.Of(text);
        var said = dates.Find(text, TaskTimes.DayOf(now, viewer.TimeZone));
        var title = said is null ? text : Without(text, said);
        var contact = text.Length is < ShortestName or > TaskItem.MaxTitle ? null : await NamedAsync(db, viewer, title, ct);
        var due = said is null ? (DateTime?)null : said.Time is { } time ? TaskTimes.At(said.Date, time, viewer.TimeZone) : TaskTimes.EndOfDay(said.Date, viewer.TimeZone);
        return new(title, due, said?.Time is not null, contact?.Id, contact?.Name);
    }

    // A line that says nothing but a day keeps it.
    private static string Without(string text, SpokenDate said)
    {
        var (before, after) = (text[..said.Start].TrimEnd(Edges), text[(said.Start + said.Length)..].TrimStart(Edges));
        var gap = before.Length > 0 && after.Length > 0 && (char.IsAscii(before[^1]) || char.IsAscii(after[0])) ? " " : "";
        return $"{before}{gap}{after}".Trim(Edges) is { Length: > 0 } rest ? rest : text;
    }

    // One's own people first, then whomever one may see; the longest name that stands in the text, where it is one person's only.
    private static async Task<Named?> NamedAsync(AppDbContext db, Viewer viewer, string text, CancellationToken ct)
    {
        var visible = db.Contacts.VisibleTo(viewer).Where(c => !c.IsArchived && c.Name.Length >= ShortestName && text.Contains(c.Name));
        foreach (var found in (IQueryable<Domain.Contacts.Contact>[])[visible.Where(c => c.OwnerId == viewer.Id), visible])
        {
            var named = await found.OrderByDescending(c => c.Name.Length).ThenBy(c => c.Id).Take(Most).Select(c => new Named(c.Id, c.Name)).ToListAsync(ct);
            if (named.Count > 0) return named.Count > 1 && named[1].Name.Length == named[0].Name.Length ? null : named[0];
        }
        return null;
    }

    private sealed record Named(Guid Id, string Name);
}
