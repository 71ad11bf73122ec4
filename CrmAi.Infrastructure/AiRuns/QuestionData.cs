using System.Globalization;
using System.Text.Json;
using CrmAi.Domain.AiRuns;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>
/// Conversations as a model gets them: JSON strings, so that nothing inside a text can end it. No id of ours among them; quotes are found again by number.
/// </summary>
internal sealed class QuestionData(Placeholders placeholders)
{
    private readonly List<(Guid Id, MaskedText Text, int From, int To)> sent = [];

    /// <param name="Held">Local time, with the day of the week that relative dates count from.</param>
    /// <param name="LeftOutBefore">Characters of the text that are not here.</param>
    public sealed record Talk(string Id, string Type, string Direction, string Held, int LeftOutBefore, int LeftOutAfter, string Text);

    /// <summary>What the placeholders in the data are: never who.</summary>
    public IReadOnlyDictionary<string, string> Roles => placeholders.Roles.OrderBy(r => r.Key, StringComparer.Ordinal).ToDictionary(r => r.Key, r => r.Value.ToString().ToLowerInvariant());

    public string? Mask(string? text, int most = 200) => text is null ? null : placeholders.Mask(text.Length > most ? text[..most] : text).Text;

    /// <summary>The newest of a long text is kept: its end, or the top of a mail, whose answers stand above what they answer.</summary>
    public Talk Add(Guid id, string type, string direction, DateTimeOffset at, string text, int room)
    {
        var masked = placeholders.Mask(text);
        var length = masked.Text.Length;
        var (from, to) = length <= room ? (0, length) : type == nameof(Domain.Interactions.InteractionType.Email) ? (0, Whole(masked, room)) : (Whole(masked, length - room), length);
        sent.Add((id, masked, from, to));
        return new($"c{sent.Count}", type, direction, at.ToString("yyyy-MM-dd HH:mm zzz, dddd", CultureInfo.InvariantCulture), from, length - to, masked.Text[from..to]);
    }

    public static string Write<T>(T data) => JsonSerializer.Serialize(data, AnswerShape.Json);

    /// <summary>Where a quote stands in the original; null where it is not in what was sent.</summary>
    /// <param name="number">"c1".</param>
    public Domain.Shared.Evidence? Find(string number, string? quote)
    {
        if (quote is not { Length: <= MaxQuote } || quote.Trim() is not { Length: > 1 } sought || number is not ['c', .. var digits]
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index < 1 || index > sent.Count) return null;
        var (id, text, from, to) = sent[index - 1];
        if (text.Find(sought, from, to) is not { } place) return null;
        var (start, length) = text.Original(place.Start, place.Length);
        return length is > 0 and <= 2 * MaxQuote ? new(id, start, length) : null;
    }

    /// <summary>A name that the model speaks of, as it is written; null where it is no name from the quoted words.</summary>
    public string? NameIn(string? name, string quote)
    {
        if (name is not { Length: > 0 and <= 80 } || placeholders.Restore(name)?.Trim() is not { Length: > 0 and <= 80 } written) return null;
        return quote.Contains(written, StringComparison.OrdinalIgnoreCase) && !PlaceholderPatterns.HoldsAddress(written) ? written : null;
    }

    private const int MaxQuote = 500;

    private static int Whole(MaskedText text, int place)
    {
        place = text.Boundary(place);
        return place > 0 && place < text.Text.Length && char.IsLowSurrogate(text.Text[place]) ? place - 1 : place;
    }
}
