namespace CrmAi.Domain.BusinessCards;

/// <summary>One character of print, with what else it may be.</summary>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Others">Other readings of the same character with their confidence, likelier ones first.</param>
/// <param name="Left">In pixels of the straight card.</param>
public sealed record PrintedCharacter(char Value, double Confidence, IReadOnlyList<(char Value, double Confidence)> Others, double Left, double Right)
{
    public static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff' or >= '\u3400' and <= '\u4dbf' or '\u3007';
}

/// <summary>A run of print in one script on one line.</summary>
/// <param name="Row">Runs of one line of print have the same.</param>
/// <param name="Top">In pixels of the straight card, as are the characters' places.</param>
/// <param name="Size">Of the type: the print's height, pixels.</param>
/// <param name="Readings">The whole run as each pass read it, the most trusted first.</param>
public sealed record PrintedRun(int Row, IReadOnlyList<PrintedCharacter> Characters, double Top, double Bottom, double Size, IReadOnlyList<string> Readings)
{
    public string Text { get; } = string.Concat(Characters.Select(c => c.Value));

    public double Left => Characters.Count == 0 ? 0 : Characters.Min(c => c.Left);

    public double Right => Characters.Count == 0 ? 0 : Characters.Max(c => c.Right);

    /// <summary>Mean over the characters that are no blanks.</summary>
    public double Confidence => Characters.Where(c => c.Value != ' ').Select(c => c.Confidence).DefaultIfEmpty(0).Average();
}
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.BusinessCards;

/// <summary>What stands in the form beside a card's picture: one text for each kind of field, null for none.</summary>
public sealed record CardForm
{
    public string? Name { get; init; }
    public string? NameEn { get; init; }
    public string? Title { get; init; }
    public string? TitleEn { get; init; }
    public string? Company { get; init; }
    public string? CompanyEn { get; init; }
    public string? Mobile { get; init; }
    public string? Tel { get; init; }
    public string? Fax { get; init; }
    public string? Email { get; init; }
    public string? WeChat { get; init; }
    public string? Website { get; init; }
    public string? Address { get; init; }
    public string? AddressEn { get; init; }

    /// <summary>In the order of the form: who, where, how to reach them.</summary>
    public static IReadOnlyList<CardFieldKind> Kinds { get; } =
    [
        CardFieldKind.Name, CardFieldKind.NameEn, CardFieldKind.Title, CardFieldKind.TitleEn, CardFieldKind.Company, CardFieldKind.CompanyEn, CardFieldKind.Mobile, CardFieldKind.Tel,
        CardFieldKind.Fax, CardFieldKind.Email, CardFieldKind.WeChat, CardFieldKind.Website, CardFieldKind.Address, CardFieldKind.AddressEn,
    ];

    /// <summary>Asked of every card; the others are shown where a card has them.</summary>
    public static IReadOnlyList<CardFieldKind> Usual { get; } =
    [
        CardFieldKind.Name, CardFieldKind.NameEn, CardFieldKind.Title, CardFieldKind.Company, CardFieldKind.Mobile, CardFieldKind.Tel, CardFieldKind.Email, CardFieldKind.WeChat, CardFieldKind.Website, CardFieldKind.Address,
    ];

    public string? this[CardFieldKind kind] => kind switch
    {
        CardFieldKind.Name => Name,
        CardFieldKind.NameEn => NameEn,
        CardFieldKind.Title => Title,
        CardFieldKind.TitleEn => TitleEn,
        CardFieldKind.Company => Company,
        CardFieldKind.CompanyEn => CompanyEn,
        CardFieldKind.Mobile => Mobile,
        CardFieldKind.Tel => Tel,
        CardFieldKind.Fax => Fax,
        CardFieldKind.Email => Email,
        CardFieldKind.WeChat => WeChat,
        CardFieldKind.Website => Website,
        CardFieldKind.Address => Address,
        CardFieldKind.AddressEn => AddressEn,
        _ => null,
    };

    public CardForm With(CardFieldKind kind, string? text) => kind switch
    {
        CardFieldKind.Name => this with { Name = text },
        CardFieldKind.NameEn => this with { NameEn = text },
        CardFieldKind.Title => this with { Title = text },
        CardFieldKind.TitleEn => this with { TitleEn = text },
        CardFieldKind.Company => this with { Company = text },
        CardFieldKind.CompanyEn => this with { CompanyEn = text },
        CardFieldKind.Mobile => this with { Mobile = text },
        CardFieldKind.Tel => this with { Tel = text },
        CardFieldKind.Fax => this with { Fax = text },
        CardFieldKind.Email => this with { Email = text },
        CardFieldKind.WeChat => this with { WeChat = text },
        CardFieldKind.Website => this with { Website = text },
        CardFieldKind.Address => this with { Address = text },
        CardFieldKind.AddressEn => this with { AddressEn = text },
        _ => this,
    };

    /// <summary>The likeliest value of each kind. Empty for a card that was not read.</summary>
    public static CardForm Of(ReadCard? read) =>
        read is null ? new() : Kinds.Aggregate(new CardForm(), (text, kind) => read[kind] is { Value.Length: > 0 } field ? text.With(kind, field.Value) : text);

    /// <summary>Fields of one line, and null where nothing is entered.</summary>
    public CardForm Normal() => Kinds.Aggregate(this, (text, kind) => text.With(kind, OneLine.OrNone(text[kind])));

    /// <summary>Whether two texts of a field say the same: numbers by their digits, everything else but for case, width and spaces at its ends.</summary>
    public static bool Same(CardFieldKind kind, string? a, string? b) => Key(kind, a) == Key(kind, b);

    private static string Key(CardFieldKind kind, string? text) =>
        kind is CardFieldKind.Mobile or CardFieldKind.Tel or CardFieldKind.Fax && ContactKeys.Phone(text) is { } number ? number : ContactKeys.Fold(text?.Trim());
}
