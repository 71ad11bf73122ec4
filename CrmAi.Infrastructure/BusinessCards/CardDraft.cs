using CrmAi.Domain.BusinessCards;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>The fields of one card while they are being found.</summary>
internal sealed class CardDraft(IReadOnlyList<CardPart> parts, Func<double, double, double, double, PixelBox> place)
{
    private readonly List<CardField> fields = [];

    public IReadOnlyList<CardPart> Parts => parts;

    public IReadOnlyList<CardField> Fields => fields;

    public IEnumerable<CardPart> Free => parts.Where(p => !p.IsTaken);

    public string? this[CardFieldKind kind] => fields.FirstOrDefault(f => f.Kind == kind)?.Value;

    /// <summary>A card is English where none of its print is Chinese to speak of.</summary>
    public bool IsEnglish { get; } = parts.Sum(p => p.IsHan ? p.Han : 0) < 3;

    public void Add(CardFieldKind kind, string value, double confidence, CardFieldOrigin origin, CardPart part, IEnumerable<string>? others = null) => Add(kind, value, confidence, origin, [part], others);

    public void Add(CardFieldKind kind, string value, double confidence, CardFieldOrigin origin, IReadOnlyList<CardPart> from, IEnumerable<string>? others = null)
    {
        if (value.Length == 0) return;
        var box = from.Where(p => p.Characters.Count > 0).Select(p => place(p.Left, p.Run.Top, p.Right, p.Run.Bottom)).Aggregate(default(PixelBox?), (all, next) => all?.With(next) ?? next);
        fields.Add(new(kind, value, Math.Clamp(confidence, 0, 1), origin, box, string.Join('\n', from.Select(p => p.Text)), [.. (others ?? []).Where(o => o.Length > 0 && o != value).Distinct().Take(5)]));
    }

    public void Replace(CardField old, CardField renewed) => fields[fields.IndexOf(old)] = renewed;
}
