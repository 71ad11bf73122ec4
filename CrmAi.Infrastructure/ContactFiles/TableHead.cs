using System.Text;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Imports;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>What the beginning of a table tells: which character parts its cells, and which row names its columns.</summary>
internal static class TableHead
{
    public const int Rows = 60;

    private const int HeaderRows = 12;

    private static readonly char[] Delimiters = [',', ';', '\t', '|', '^', '~', '，', '；'];

    /// <summary>The one that parts the rows most evenly into most cells; a comma where there is but one column.</summary>
    public static async Task<char> DelimiterAsync(string head, bool isWhole, CancellationToken ct)
    {
        if (Separator(head) is { } said) return said;
        var (best, most) = (',', 0d);
        foreach (var delimiter in Delimiters)
        {
            var widths = new List<int>();
            var source = new TextSource(new MemoryStream(Encoding.UTF8.GetBytes(head)), TextEncodings.Of(TextEncodings.Utf8)!);
            await foreach (var row in new CsvRows(source, delimiter).ReadAsync(ct))
            {
                if (!Cells.IsBlank(row)) widths.Add(row.Cells.Count);
                if (widths.Count == Rows) break;
            }
            // The last row of a part may be half a row.
            if (!isWhole && widths.Count is > 1 and < Rows) widths.RemoveAt(widths.Count - 1);
            if (widths.Count == 0) continue;
            var common = widths.GroupBy(w => w).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First();
            if (common.Key < 2) continue;
            var share = (double)common.Count() / widths.Count;
            var worth = share * share * Math.Sqrt(common.Key);
            if (worth > most) (best, most) = (delimiter, worth);
        }
        return best;
    }

    /// <summary>Excel's own mark in the first line: sep=;</summary>
    public static char? Separator(string head) =>
        head.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && head.Length > 4 && (head.Length == 5 || head[5] is '\r' or '\n') && IsDelimiter(head[4]) ? head[4] : null;

    public static bool IsSeparatorRow(FileRow row) => row.Number == 1 && row.Problem is null && row.Cells is [{ Length: 4 or 5 } first, ..] && first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && row.Cells.Skip(1).All(c => c.Length == 0);

    public static bool IsDelimiter(char c) => !char.IsLetterOrDigit(c) && c is not ('"' or '\r' or '\n' or '\0' or TextSource.Broken);

    /// <summary>The row's number, 0 where none names columns: the first row with most names that are known, else the first if it holds nothing but words.</summary>
    public static int HeaderRow(IReadOnlyList<FileRow> rows)
    {
        var widest = rows.Where(r => r.Problem is null).Select(Filled).DefaultIfEmpty(0).Max();
        var (best, most) = (0, 0);
        foreach (var row in rows.Take(HeaderRows).Where(r => r.Problem is null))
        {
            var known = row.Cells.Count(ColumnWords.Knows);
            if (known < 2 && Filled(row) * 3 < widest) continue;
            if (known > most) (best, most) = (row.Number, known);
        }
        if (most > 0) return best;
        return rows is [{ Problem: null } first, ..] && Filled(first) * 2 > widest && first.Cells.All(c => c.Length == 0 || IsWords(c)) && first.Cells.Distinct().Count() == first.Cells.Count && rows.Count > 1 ? first.Number : 0;
    }

    private static int Filled(FileRow row) => row.Cells.Count(c => c.Length > 0);

    private static bool IsWords(string cell) => cell.Length <= 60 && !cell.Contains('@', StringComparison.Ordinal) && cell.Count(char.IsDigit) * 2 < cell.Length;
}
