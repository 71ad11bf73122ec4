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

    public static bool IsBlank(FileRow row) => row.Problem is null && row.Photo is null && row.Cells.All(c => c.Length == 0);
}
