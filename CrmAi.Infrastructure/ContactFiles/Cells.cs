using CrmAi.Domain.ContactFiles;

namespace CrmAi.Infrastructure.ContactFiles;

internal static class Cells
{
    /// <summary>Without space and marks at either end, and without characters that nobody can have typed.</summary>
    public static string Clean(string text)
    {
        var clean = text.Trim().Trim('\uFEFF', '\u200B').Trim();
        return clean.AsSpan().IndexOfAnyInRange('\0', '\u0008') < 0 ? clean : string.Concat(clean.Where(c => c > '\u0008'));
    }

    /// <summary>Of a row with a problem no more is kept than can be shown.</summary>
    public static FileRow Row(int number, IReadOnlyList<string> cells, string? problem) =>
        new(number, problem is null ? cells : [.. cells.Select(c => Domain.Shared.OneLine.Of(c.Length > FileLimits.MaxShown ? c[..FileLimits.MaxShown] : c))], problem);

    /// <summary>As much of a row as is looked at before it is read: sixty of them are held at a time, and a person is shown some.</summary>
    public static FileRow Sampled(FileRow row)
    {
        var most = Math.Min(FileLimits.MaxSampled, FileLimits.MaxSampledRow / Math.Max(1, row.Cells.Count));
        return row with { Photo = null, Cells = row.Cells.Any(c => c.Length > most) ? [.. row.Cells.Select(c => c.Length > most ? Search.SearchTerms.Cut(c, most) : c)] : row.Cells };
    }

    public static bool IsBlank(FileRow row) => row.Problem is null && row.Photo is null && row.Cells.All(c => c.Length == 0);
}
