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
