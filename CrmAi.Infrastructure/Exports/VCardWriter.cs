using System.Text;
using CrmAi.Domain.Contacts;

namespace CrmAi.Infrastructure.Exports;

/// <summary>vCard 3.0 (RFC 2426), which telephones of every kind read; with the newest profile photo where it is a JPEG or PNG, as they read no other.</summary>
internal sealed class VCardWriter(Stream target, IContactPhotos photos) : IExportWriter
{
    // Octets of a line, RFC 2425, 5.8.1.
    private const int MaxLine = 75;

    private static readonly string[] DoubleNames = ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "端木", "南宫", "长孙", "宇文", "轩辕"];

    public async Task WriteAsync(ExportedRecord record, CancellationToken ct)
    {
        var (detail, c) = (record.Contact!, record.Contact!.Fields);
        var card = new StringBuilder();
        var (family, given) = Parts(c.Name);
        Line("BEGIN:VCARD");
        Line("VERSION:3.0");
        Line($"N:{Escape(family)};{Escape(given)};;;");
        Put("FN", c.Name);
        Put("NICKNAME", c.EnglishName);
        if (detail.Company is not null || c.Department is not null) Line($"ORG:{Escape(detail.Company ?? "")}{(c.Department is { Length: > 0 } unit ? $";{Escape(unit)}" : "")}");
        Put("TITLE", c.Title);
        Put("TEL;TYPE=CELL", c.Mobile);
        Put("TEL;TYPE=WORK,VOICE", c.Phone);
        Put("EMAIL;TYPE=INTERNET", c.Email);
        Put("X-WECHAT", c.WeChat);
        foreach (var social in c.SocialProfiles) Put(social.Platform.Equals("QQ", StringComparison.OrdinalIgnoreCase) ? "X-QQ" : "X-SOCIALPROFILE", social.Url ?? $"{social.Platform}: {social.Handle}");
        if (c.Personal.City is { Length: > 0 } city) Line($"ADR;TYPE=WORK:;;;{Escape(city)};;;");
        if (detail.Tags.Count > 0) Line($"CATEGORIES:{string.Join(',', detail.Tags.Select(t => Escape(t.Name)))}");
        Put("NOTE", c.Notes);
        if (await PhotoAsync(detail, ct) is var (type, picture)) Line($"PHOTO;ENCODING=b;TYPE={type}:{Convert.ToBase64String(picture)}");
        Line("END:VCARD");
        await target.WriteAsync(Encoding.UTF8.GetBytes(card.ToString()), ct);

        void Put(string name, string? text)
        {
            if (!string.IsNullOrEmpty(text)) Line($"{name}:{Escape(text)}");
        }

        void Line(string line)
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > MaxLine)
                {
                    card.Append("\r\n ");
                    octets = 1;
                }
                card.Append(rune.ToString());
                octets += rune.Utf8SequenceLength;
            }
            card.Append("\r\n");
        }
    }

    public Task EndAsync(CancellationToken ct) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Asked for as the person who takes the file: what they may not see is not there.
    private async Task<(string Type, byte[] Bytes)?> PhotoAsync(ContactDetail detail, CancellationToken ct)
    {
        if (detail.Photos.Where(p => p.Kind == PhotoKind.Profile).MaxBy(p => p.Id) is not { } newest) return null;
        try
        {
            if (await photos.OpenAsync(detail.Id, newest.Id, ct) is not { } photo) return null;
            await using var content = photo.Content;
            if (photo.ContentType is not ("image/jpeg" or "image/png")) return null;
            using var whole = new MemoryStream();
            await content.CopyToAsync(whole, ct);
            return (photo.ContentType == "image/png" ? "PNG" : "JPEG", whole.ToArray());
        }
        catch (IOException fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // a card without its photo is better than no file
        }
    }

    private static (string Family, string Given) Parts(string name)
    {
        if (name.Length > 1 && name.All(c => c is >= '\u4e00' and <= '\u9fff'))
        {
            var cut = name.Length > 2 && DoubleNames.Contains(name[..2]) ? 2 : 1;
            return (name[..cut], name[cut..]);
        }
        var space = name.LastIndexOf(' ');
        return space < 0 ? (name, "") : (name[(space + 1)..], name[..space]);
    }

    private static string Escape(string text) =>
        text.ReplaceLineEndings("\n").Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal).Replace(",", @"\,", StringComparison.Ordinal).Replace(";", @"\;", StringComparison.Ordinal);
}
