using System.Text.Json;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Shared;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>Reads cards by the company's own resource of Azure Document Intelligence.</summary>
internal sealed class DocumentIntelligenceCardReader(IOptions<DocumentIntelligenceOptions> options, IOptions<OcrOptions> pictures, TimeProvider time) : ICardReader, IDisposable
{
    // The service's name for a field, ours, and ours for the English counterpart.
    private static readonly (string Theirs, CardFieldKind Kind, CardFieldKind? English)[] Kinds =
    [
        ("ContactNames", CardFieldKind.Name, CardFieldKind.NameEn), ("JobTitles", CardFieldKind.Title, CardFieldKind.TitleEn), ("CompanyNames", CardFieldKind.Company, CardFieldKind.CompanyEn),
        ("Addresses", CardFieldKind.Address, CardFieldKind.AddressEn), ("MobilePhones", CardFieldKind.Mobile, null), ("WorkPhones", CardFieldKind.Tel, null), ("OtherPhones", CardFieldKind.Tel, null),
        ("Faxes", CardFieldKind.Fax, null), ("Emails", CardFieldKind.Email, null), ("Websites", CardFieldKind.Website, null),
    ];

    private readonly DocumentIntelligenceClient client = new(options, time);

    public string Name => "azure-document-intelligence";

    public Task<Result> CheckAsync(CancellationToken ct) => Task.FromResult(options.Value.IsSet ? Result.Ok : new Error("card.reader.missing", null, "Ocr:Azure:Endpoint"));

    public async Task<Result<ReadCard>> ReadAsync(ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        var known = CardPictures.Check(picture.Span, pictures.Value);
        if (!known.Succeeded) return Result.Refused<ReadCard>(known.Errors);
        var result = await client.AnalyseAsync(known.Value.Bytes, ct);
        if (!result.Succeeded) return Result.Refused<ReadCard>(result.Errors);
        var page = Items(result.Value, "pages").FirstOrDefault();
        if (page.ValueKind != JsonValueKind.Object) return new Error("card.reader.failed", null);
        int Side(string name, int otherwise) => Number(page, name) is { } value and >= 1 and < 1e6 ? (int)value : otherwise;
        var lines = Items(page, "lines").Select(l => new CardLine(Widths.Narrow(Text(l, "content") ?? ""), 1, Box(l) ?? default)).Where(l => l.Text.Length > 0).ToList();
        return new ReadCard(Name, DocumentIntelligenceClient.Version, Side("width", known.Value.Width), Side("height", known.Value.Height), 0, Fields(result.Value), lines);
    }

    public void Dispose() => client.Dispose();

    private static List<CardField> Fields(JsonElement result)
    {
        var fields = new List<CardField>();
        if (Items(result, "documents").FirstOrDefault() is not { ValueKind: JsonValueKind.Object } document || !document.TryGetProperty("fields", out var found) || found.ValueKind != JsonValueKind.Object) return fields;
        foreach (var (theirs, kind, english) in Kinds)
        {
            if (!found.TryGetProperty(theirs, out var list)) continue;
            var items = Items(list, "valueArray").Select(item => (Item: item, Raw: Text(item, "content"))).Where(i => !string.IsNullOrWhiteSpace(i.Raw)).ToList();
            var isChinese = items.Any(i => i.Raw!.Any(PrintedCharacter.IsHan));
            foreach (var (item, raw) in items)
            {
                var own = english is { } counterpart && isChinese && !raw!.Any(PrintedCharacter.IsHan) ? counterpart : kind;
                var sure = Math.Clamp(Number(item, "confidence") ?? 0.5, 0, 1);
                fields.Add(new(own, Value(kind, raw!), sure, CardFieldOrigin.Service, Box(item), raw!, []));
            }
        }
        return [.. fields.OrderBy(f => f.Kind)];
    }

    private static string Value(CardFieldKind kind, string raw)
    {
        var text = string.Join(' ', Widths.Narrow(raw).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return kind switch
        {
            CardFieldKind.Email => text.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(),
            CardFieldKind.Website => text.Replace(" ", "", StringComparison.Ordinal),
            CardFieldKind.Name when text.All(c => PrintedCharacter.IsHan(c) || c == ' ') => text.Replace(" ", "", StringComparison.Ordinal),
            _ => text,
        };
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static double? Number(JsonElement from, string name) => from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;

    private static string? Text(JsonElement from, string name) => from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    /// <summary>Around a polygon of x and y in turn, a line's own or that of a field's first region.</summary>
    private static PixelBox? Box(JsonElement from)
    {
        var holder = Items(from, "boundingRegions").FirstOrDefault() is { ValueKind: JsonValueKind.Object } region ? region : from;
        var numbers = Items(holder, "polygon").Where(n => n.ValueKind == JsonValueKind.Number).Select(n => n.GetDouble()).ToList();
        if (numbers.Count < 6 || numbers.Count % 2 != 0 || numbers.Any(n => !double.IsFinite(n) || Math.Abs(n) > 1e6)) return null;
        var (xs, ys) = (numbers.Where((_, i) => i % 2 == 0).ToList(), numbers.Where((_, i) => i % 2 == 1).ToList());
        return new((int)xs.Min(), (int)ys.Min(), (int)Math.Ceiling(xs.Max() - xs.Min()), (int)Math.Ceiling(ys.Max() - ys.Min()));
    }
}
