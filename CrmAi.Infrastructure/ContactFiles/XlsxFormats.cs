using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>What the numbers of an .xlsx mean: which formats show a day or a time, and from which day it counts.</summary>
internal sealed partial class XlsxFormats
{
    private readonly List<bool> isDay = [];
    private bool from1904;

    public static XlsxFormats Of(WorkbookPart book)
    {
        var formats = new XlsxFormats { from1904 = book.Workbook.WorkbookProperties?.Date1904?.Value == true };
        if (book.WorkbookStylesPart?.Stylesheet is not { CellFormats: { } cells } sheet) return formats;
        var own = new Dictionary<uint, bool>();
        foreach (var format in sheet.NumberingFormats?.Elements<NumberingFormat>() ?? [])
            if (format.NumberFormatId?.Value is { } id && format.FormatCode?.Value is { Length: < 1_000 } code) own[id] = Shows(code);
        foreach (var cell in cells.Elements<CellFormat>())
        {
            var id = cell.NumberFormatId?.Value ?? 0;
            formats.isDay.Add(own.TryGetValue(id, out var shows) ? shows : id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58));
        }
        return formats;
    }

    /// <summary>A number as it is to be read: days and times written out, others without exponent.</summary>
    public string Text(string raw, int style)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return raw;
        if (style >= 0 && style < isDay.Count && isDay[style] && Moment(number) is { } moment) return moment;
        return Math.Abs(number) < 1e18 ? ((decimal)number == Math.Truncate((decimal)number) ? ((decimal)number).ToString("0", CultureInfo.InvariantCulture) : number.ToString("0.###############", CultureInfo.InvariantCulture)) : raw;
    }

    // ECMA-376 part 1, 18.17.4.1: the 1900 system counts a 29th of February that never was.
    private string? Moment(double serial)
    {
        if (serial is < 0 or >= 2_958_466) return null;
        if (serial < 1) return TimeSpan.FromSeconds(Math.Round(serial * 86_400)).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);
        var first = from1904 ? new DateTime(1904, 1, 1) : serial < 60 ? new DateTime(1899, 12, 31) : new DateTime(1899, 12, 30);
        // The last day there is may be rounded beyond itself.
        if (Math.Round(serial * 86_400) > (DateTime.MaxValue - first).TotalSeconds - 1) return null;
        var at = first.AddSeconds(Math.Round(serial * 86_400));
        return at.ToString(at.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static bool Shows(string code) => Code().IsMatch(Literals().Replace(code.Split(';')[0], ""));

    // Quoted and escaped text, colours and locales say nothing.
    [GeneratedRegex(@"""[^""]*""|\\.|_.|\*.|\[(?!h|hh|m|mm|s|ss\])[^\]]*\]", RegexOptions.IgnoreCase)]
    private static partial Regex Literals();

    [GeneratedRegex("[ymdhs年月日]", RegexOptions.IgnoreCase)]
    private static partial Regex Code();
}
