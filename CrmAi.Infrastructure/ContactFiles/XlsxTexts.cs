using System.Text;
using System.Xml;
using CrmAi.Domain.ContactFiles;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>The distinct texts of an .xlsx, packed close: rows name them by their number, in any order, so they must be at hand.</summary>
internal sealed class XlsxTexts
{
    private const int Chunk = 1024 * 1024;

    private readonly List<byte[]> chunks = [];
    private readonly List<(int Chunk, int Start, int Length)> places = [];
    private long total;
    private int used = Chunk;

    /// <exception cref="TooManyTextsException">They are more than <see cref="FileLimits.MaxTexts"/> bytes.</exception>
    public static async Task<XlsxTexts> ReadAsync(XlsxPackage package, CancellationToken ct)
    {
        var texts = new XlsxTexts();
        if (package.Texts is not { } part) return texts;
        await using var stream = new GuardedXml(part.GetStream(FileMode.Open, FileAccess.Read), FileLimits.MaxUnpacked);
        using var xml = XmlReader.Create(stream, XlsxRows.Settings);
        while (await xml.ReadAsync())
        {
            ct.ThrowIfCancellationRequested();
            XlsxRows.Check(xml);
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si") texts.Add(await XlsxRows.TextOfAsync(xml));
        }
        return texts;
    }

    /// <summary>Empty for a number that no text has.</summary>
    public string this[int number]
    {
        get
        {
            if (number < 0 || number >= places.Count) return "";
            var (chunk, start, length) = places[number];
            return Encoding.UTF8.GetString(chunks[chunk], start, length);
        }
    }

    private void Add(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        // What a place costs counts too: a billion empty texts are a bomb as well.
        if ((total += bytes + 12) > FileLimits.MaxTexts) throw new TooManyTextsException();
        if (used + bytes > Chunk)
        {
            chunks.Add(new byte[Math.Max(Chunk, bytes)]);
            used = 0;
        }
        Encoding.UTF8.GetBytes(text, chunks[^1].AsSpan(used));
        places.Add((chunks.Count - 1, used, bytes));
        used += bytes;
    }
}

internal sealed class TooManyTextsException : Exception
{
    public TooManyTextsException() : base("More distinct texts than are kept.") { }
}
