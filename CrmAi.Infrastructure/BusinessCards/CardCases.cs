using System.Text.Json;
using CrmAi.Domain.BusinessCards;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>A picture whose fields are known.</summary>
/// <param name="Capture">How it was taken: "clean", "photo", "hard".</param>
public sealed record CardCase(string File, string Capture, IReadOnlyDictionary<string, string> Fields);

/// <summary>Labelled cards: a folder of pictures with truth.json, a list of {"file", "capture", and the fields as printed}.</summary>
public static class CardCases
{
    public const string TruthFile = "truth.json";

    /// <summary>The fields' names in truth and predictions. The first nine make up macro-F1.</summary>
    public static readonly IReadOnlyList<(CardFieldKind Kind, string Name)> Fields =
    [
        (CardFieldKind.Name, "name"), (CardFieldKind.Title, "title"), (CardFieldKind.Company, "company"), (CardFieldKind.Mobile, "mobile"), (CardFieldKind.Tel, "tel"),
        (CardFieldKind.Email, "email"), (CardFieldKind.Website, "website"), (CardFieldKind.Address, "address"), (CardFieldKind.WeChat, "wechat"),
        (CardFieldKind.NameEn, "name_en"), (CardFieldKind.TitleEn, "title_en"), (CardFieldKind.CompanyEn, "company_en"), (CardFieldKind.AddressEn, "address_en"),
    ];

    public const int MainFields = 9;

    /// <exception cref="JsonException">It is not such a list.</exception>
    public static async Task<IReadOnlyList<CardCase>> ReadAsync(string folder, CancellationToken ct)
    {
        await using var file = File.OpenRead(Path.Combine(folder, TruthFile));
        using var truth = await JsonDocument.ParseAsync(file, cancellationToken: ct);
        if (truth.RootElement.ValueKind != JsonValueKind.Array) throw new JsonException($"{TruthFile} is no list.");
        return [.. truth.RootElement.EnumerateArray().Select(Case)];
    }

    /// <summary>What a reader said, under the names of the truth; of several of a kind the likeliest.</summary>
    public static IReadOnlyDictionary<string, string> Said(ReadCard card) =>
        Fields.Select(f => (f.Name, Field: card[f.Kind])).Where(f => f.Field is not null).ToDictionary(f => f.Name, f => f.Field!.Value);

    private static CardCase Case(JsonElement row)
    {
        string? Text(string name) => row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
        var file = Text("file") ?? throw new JsonException("A card without its file.");
        return new(Path.GetFileName(file), Text("capture") ?? "clean", Fields.Select(f => (f.Name, Value: Text(f.Name))).Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value!));
    }
}
