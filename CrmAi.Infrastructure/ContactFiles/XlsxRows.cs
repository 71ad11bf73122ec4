using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using CrmAi.Domain.ContactFiles;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>Rows of one sheet, as they come. Formulas are what a program last calculated, and are never calculated here.</summary>
internal sealed class XlsxRows(XlsxFormats formats, XlsxTexts texts)
{
    private const int MaxDepth = 64, MaxStrange = 100_000, LastRow = 1_048_576;

    public static XmlReaderSettings Settings { get; } = new() { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CheckCharacters = false };

    private readonly List<string> cells = [];
    private string? problem;
    private long length;

    public async IAsyncEnumerable<FileRow> ReadAsync(Stream sheet, [EnumeratorCancellation] CancellationToken ct)
    {
        using var xml = XmlReader.Create(sheet, Settings);
        var (number, strange) = (0, 0);
        while (await xml.ReadAsync())
        {
            Check(xml);
            if (xml.NodeType != XmlNodeType.Element) continue;
            switch (xml.LocalName)
            {
                case "row":
                    ct.ThrowIfCancellationRequested();
                    number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) && said > number && said <= LastRow ? said : number + 1;
                    if (xml.IsEmptyElement) continue;
                    await ReadRowAsync(xml);
                    yield return Cells.Row(number, [.. cells], problem);
                    break;
                case "sheetData" or "worksheet":
                    break;
                default:
                    if (++strange > MaxStrange) throw new InvalidDataException("Not a sheet.");
                    break;
            }
        }
    }

    /// <summary>Texts of an element up to its end, without how they are pronounced; cut behind <see cref="FileLimits.MaxCell"/>.</summary>
    public static async Task<string> TextOfAsync(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var (depth, pronounced, isText) = (xml.Depth, false, xml.LocalName is "v");
        var text = new StringBuilder();
        while (await xml.ReadAsync() && xml.Depth > depth)
        {
            Check(xml);
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "rPh":
                    pronounced = !xml.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "rPh":
                    pronounced = false;
                    break;
                case XmlNodeType.Element when xml.LocalName == "t":
                    isText = !xml.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "t":
                    isText = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when isText && !pronounced:
                    await AppendAsync(xml, text);
                    break;
            }
        }
        // ECMA-376 part 1, 22.4.2.4: characters that XML cannot hold are written _xHHHH_.
        var read = text.ToString();
        return read.Contains("_x", StringComparison.Ordinal) ? XmlConvert.DecodeName(read) : read;
    }

    /// <exception cref="InvalidDataException">Nobody's table is like that.</exception>
    public static void Check(XmlReader xml)
    {
        if (xml.Depth > MaxDepth || xml.AttributeCount > MaxDepth) throw new InvalidDataException("Too deep.");
    }

    private async Task ReadRowAsync(XmlReader xml)
    {
        cells.Clear();
        (problem, length) = (null, 0);
        var depth = xml.Depth;
        while (await xml.ReadAsync() && xml.Depth > depth)
        {
            Check(xml);
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c") continue;
            var at = Column(xml.GetAttribute("r")) ?? cells.Count;
            var (type, style) = (xml.GetAttribute("t"), int.TryParse(xml.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? s : 0);
            var text = xml.IsEmptyElement ? "" : await ValueAsync(xml, type, style);
            if (text.Length == 0) continue;
            if (text.Length > FileLimits.MaxCell) (problem, text) = (problem ?? "row.cell", text[..FileLimits.MaxShown]);
            if ((length += text.Length) > FileLimits.MaxRow) (problem, text) = (problem ?? "row.long", "");
            if (at >= FileLimits.MaxColumns) { problem ??= "row.columns"; continue; }
            while (cells.Count <= at) cells.Add("");
            cells[at] = text;
        }
    }

    private async Task<string> ValueAsync(XmlReader xml, string? type, int style)
    {
        var (depth, value) = (xml.Depth, "");
        while (await xml.ReadAsync() && xml.Depth > depth)
        {
            Check(xml);
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName is "v" or "is") value = await TextOfAsync(xml);
        }
        return type switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Cells.Clean(texts[number]) : "",
            "b" => value == "1" ? "true" : "false",
            "e" => "",
            "inlineStr" or "str" => Cells.Clean(value),
            "d" => Cells.Clean(value.EndsWith("T00:00:00", StringComparison.Ordinal) && value.Length > 10 ? value[..^9] : value.Replace('T', ' ')),
            _ => Cells.Clean(formats.Text(value, style)),
        };
    }

    private static async Task AppendAsync(XmlReader xml, StringBuilder text)
    {
        var buffer = new char[1024];
        for (int read; (read = await xml.ReadValueChunkAsync(buffer, 0, buffer.Length)) > 0;)
            if (text.Length <= FileLimits.MaxCell) text.Append(buffer, 0, read);
    }

    private static int? Column(string? place)
    {
        if (place is null) return null;
        var column = 0;
        foreach (var c in place)
        {
            if (c is < 'A' or > 'Z') break;
            column = (column * 26) + c - 'A' + 1;
            if (column > 1_000_000) break;
        }
        return column > 0 ? column - 1 : null;
    }
}
