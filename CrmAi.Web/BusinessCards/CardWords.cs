using System.Globalization;
using CrmAi.Domain.BusinessCards;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.BusinessCards;

/// <summary>What pages say of cards.</summary>
internal static class CardWords
{
    public static string Label(this IStringLocalizer<Text> words, CardFieldKind kind) => words[$"namecard.field.{kind}"];

    /// <summary>Where a card stands: what its chip says, and in which tone.</summary>
    public static (string Text, string Tone) Chip(this IStringLocalizer<Text> words, CardRow card) => card switch
    {
        { State: CardState.ToReview, IsKnown: true } => (words["cards.chip.known"], "warn"),
        { State: CardState.ToReview, Name: null } => (words["cards.chip.nameless"], "warn"),
        { State: CardState.ToReview, Doubts: > 0 } => (words["cards.chip.doubts", card.Doubts], "warn"),
        { State: CardState.ToReview } => (words["cards.chip.ready"], "good"),
        { State: CardState.Failed } => (words.Of(card.State), "bad"),
        { State: CardState.Saved } => (words.Of(card.State), "good"),
        _ => (words.Of(card.State), "quiet"),
    };

    public static string Picture(CardRow card) => $"/cards/{card.Id}/picture";

    /// <summary>For lists: small, once there is such a one.</summary>
    public static string Preview(CardRow card) => card.HasPreview ? $"/cards/{card.Id}/picture?small=true" : Picture(card);

    public static string Name(this IStringLocalizer<Text> words, CardRow card) => card.Name ?? (card.FileName.Length > 0 ? card.FileName : words["cards.nameless"]);

    public static string Share(double confidence) => confidence.ToString("0.00", CultureInfo.InvariantCulture);
}
