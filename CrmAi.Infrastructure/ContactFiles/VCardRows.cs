using System.Runtime.CompilerServices;
using System.Text;
using CrmAi.Domain.ContactFiles;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>Cards of an address book, one at a time.</summary>
internal sealed class VCardRows(VCardLines lines)
{
    private const int MaxProperties = 2_000;

    private readonly List<VCardProperty> properties = [];
    private string? problem;
    private bool isOpen, isOld;
    private long length;
    private int number;

    public async IAsyncEnumerable<FileRow> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var pending = await lines.NextAsync(ct);
        while (pending is { } first)
        {
            var (line, isCut) = first;
            pending = await lines.NextAsync(ct);
            if (isOpen && pending is not null) (line, isCut, pending) = await UnfoldAsync(line, isCut, pending, ct);
            var mark = line.Length < 40 ? line.Trim().ToUpperInvariant() : "";
            if (mark == "BEGIN:VCARD")
            {
                if (isOpen) yield return Ended("row.card");
                (isOpen, isOld) = (true, false);
                number++;
            }
            else if (mark == "END:VCARD" && isOpen) yield return Ended(null);
            else if (isOpen) Take(line, isCut, mark);
        }
        if (isOpen) yield return Ended("row.lost");
    }

    private void Take(string line, bool isCut, string mark)
    {
        if (mark.StartsWith("VERSION:2", StringComparison.Ordinal)) isOld = true;
        if (line.Contains(TextSource.Broken)) problem ??= "row.encoding";
        if (VCardProperty.Parse(line, isCut) is not { } property) return;
        if (property.Raw.Contains(TextSource.Broken)) problem ??= "row.encoding";
        var isPicture = property.Name is "PHOTO" or "LOGO" or "SOUND" or "KEY";
        if (!isPicture && property.Raw.Length > FileLimits.MaxCell) { problem ??= "row.cell"; return; }
        if (!isPicture) length += property.Raw.Length;
        if (length > FileLimits.MaxRow || properties.Count >= MaxProperties) { problem ??= "row.long"; return; }
        // Of pictures one is kept; the others would only cost memory.
        if (!isPicture || (property.Name == "PHOTO" && !properties.Exists(p => p.Name == "PHOTO"))) properties.Add(property);
    }

    // RFC 6350, 3.2: a line that begins with a blank goes on with the one before; quoted-printable says so at its end; old base64 just goes on.
    private async Task<(string Line, bool IsCut, TextLine? Next)> UnfoldAsync(string line, bool isCut, TextLine? next, CancellationToken ct)
    {
        var (isPrintable, isBase64) = (VCardProperty.IsOpen(line), VCardProperty.IsBase64Head(line));
        if (!isPrintable && !isBase64 && next is not { Text: [' ' or '\t', ..] }) return (line, isCut, next);
        var joined = new StringBuilder(line);
        for (; next is { } more; next = await lines.NextAsync(ct))
        {
            if (isPrintable)
            {
                if (joined.Length == 0 || joined[^1] != '=') break;
                joined.Length--;
                Append(more.Text.AsSpan());
            }
            else if (more.Text is [' ' or '\t', ..]) Append(more.Text.AsSpan(isOld && !isBase64 ? 0 : 1));
            else if (isBase64 && more.Text.Length > 0 && !more.Text.Contains(':', StringComparison.Ordinal)) Append(more.Text.AsSpan());
            else break;
            isCut |= more.IsCut;
        }
        return (joined.ToString(), isCut, next);

        void Append(ReadOnlySpan<char> text)
        {
            var room = Math.Max(0, VCardLines.MaxLine - joined.Length);
            isCut |= text.Length > room;
            joined.Append(text[..Math.Min(text.Length, room)]);
        }
    }

    private FileRow Ended(string? fault)
    {
        var card = new VCardCells(properties);
        var row = Cells.Row(number, card.Texts, problem ?? fault);
        if (row.Problem is null) row = row with { Photo = card.Photo, Note = card.Note };
        properties.Clear();
        (problem, isOpen, length) = (null, false, 0);
        return row;
    }
}
