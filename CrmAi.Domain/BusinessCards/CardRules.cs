using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.BusinessCards;

/// <summary>How a card's fields become a contact's and its company's.</summary>
public static class CardRules
{
    private static readonly Dictionary<string, CardFieldKind> Inputs = new()
    {
        [nameof(ContactEdit.Name)] = CardFieldKind.Name,
        [nameof(ContactEdit.EnglishName)] = CardFieldKind.NameEn,
        [nameof(ContactEdit.Title)] = CardFieldKind.Title,
        [nameof(ContactEdit.Company)] = CardFieldKind.Company,
        [nameof(ContactEdit.Mobile)] = CardFieldKind.Mobile,
        [nameof(ContactEdit.Phone)] = CardFieldKind.Tel,
        [nameof(ContactEdit.Email)] = CardFieldKind.Email,
        [nameof(ContactEdit.WeChat)] = CardFieldKind.WeChat,
    };

    /// <summary>Kinds whose values a contact itself keeps; the company keeps the others, and what nobody has a place for goes into the notes.</summary>
    public static IReadOnlyList<CardFieldKind> OfContact { get; } =
        [CardFieldKind.Name, CardFieldKind.NameEn, CardFieldKind.Title, CardFieldKind.Company, CardFieldKind.Mobile, CardFieldKind.Tel, CardFieldKind.Email, CardFieldKind.WeChat];

    /// <summary>The contact that a card names. <paramref name="text"/> must be in its normal form.</summary>
    public static ContactEdit Contact(CardForm text, Guid? accountId) => new()
    {
        Name = text.Name ?? text.NameEn ?? "",
        EnglishName = text.Name is null || Same(text.Name, text.NameEn) ? null : text.NameEn,
        Title = Title(text),
        AccountId = accountId,
        Company = text.Company ?? text.CompanyEn,
        Mobile = text.Mobile,
        Phone = text.Tel,
        Email = text.Email,
        WeChat = text.WeChat,
        Source = ContactSource.CardScan,
    };

    /// <summary>Both languages in one field, as cards print them.</summary>
    public static string? Title(CardForm text) => text switch
    {
        { Title: null } => text.TitleEn,
        { TitleEn: null } => text.Title,
        _ => Same(text.Title, text.TitleEn) ? text.Title : $"{text.Title} / {text.TitleEn}",
    };

    /// <summary>With its scheme, which cards leave out; null where there is none. May be no address at all: see <see cref="Check"/>.</summary>
    public static string? Website(CardForm text) => text.Website is not { } site ? null : site.Contains("://", StringComparison.Ordinal) ? site : $"https://{site}";

    public static IReadOnlyList<PostalAddress> Addresses(CardForm text) => [.. new[] { text.Address, text.AddressEn }.OfType<string>().Distinct().Select(a => new PostalAddress("", a))];

    /// <summary>What neither the contact nor its company has a place for, a line each.</summary>
    /// <param name="company">The company that the card names, as it keeps what it took of the card; null where the contact has none, or stays at another.</param>
    public static IReadOnlyList<string> Notes(CardForm text, ReadCard? read, Account? company)
    {
        var lines = new List<string>();
        if (text.Fax is { } fax) lines.Add($"Fax {fax}");
        foreach (var more in read?.Fields ?? [])
            if (more.Kind is CardFieldKind.Mobile or CardFieldKind.Tel or CardFieldKind.Email && !more.IsDoubtful && more != read![more.Kind] && !CardForm.Same(more.Kind, more.Value, text[more.Kind])) lines.Add($"{more.Kind} {more.Value}");
        if (text.Website is { } site && !Same(Website(text), company?.Website)) lines.Add(site);
        lines.AddRange(new[] { text.Address, text.AddressEn }.OfType<string>().Where(a => company?.Addresses.Any(kept => Same(kept.Text, a)) != true));
        if (company is not null && text is { Company: not null, CompanyEn: { } english } && !Same(english, company.Name) && company.Description?.Contains(english, StringComparison.OrdinalIgnoreCase) != true) lines.Add(english);
        return [.. lines.Distinct()];
    }

    /// <summary>
    /// All that stands against saving, each with the kind of its field. Errors: those of <see cref="ContactRules"/>; url.invalid, text.long (args: limit).
    /// </summary>
    public static IReadOnlyList<Error> Check(CardForm text, DateOnly today)
    {
        var errors = ContactRules.Check(Contact(text, null), today).Select(InWordsOfCards).ToList();
        if (Website(text) is { } site && (site.Length > ContactRules.MaxShort || !ContactRules.IsWebAddress(site) || !new Uri(site).Host.Contains('.', StringComparison.Ordinal))) errors.Add(new("url.invalid", nameof(CardFieldKind.Website)));
        foreach (var (kind, limit) in ((CardFieldKind, int)[])[(CardFieldKind.CompanyEn, ContactRules.MaxShort), (CardFieldKind.Fax, ContactRules.MaxShort), (CardFieldKind.Address, AccountRules.MaxAddress), (CardFieldKind.AddressEn, AccountRules.MaxAddress)])
            if (text[kind]?.Length > limit) errors.Add(new("text.long", kind.ToString(), limit));
        return errors;
    }

    /// <summary>An error about a contact's input, told of the card's field instead.</summary>
    public static Error InWordsOfCards(Error error) => error.Field is { } field && Inputs.TryGetValue(field, out var kind) ? error with { Field = kind.ToString() } : error;

    /// <summary>The fields that were saved otherwise than they were read.</summary>
    public static IEnumerable<(CardFieldKind Kind, string? Read, string? Saved)> Corrected(ReadCard read, CardForm saved)
    {
        foreach (var kind in CardForm.Kinds)
        {
            var was = read[kind]?.Value is { Length: > 0 } value ? value : null;
            if (!CardForm.Same(kind, was, saved[kind])) yield return (kind, was, saved[kind]);
        }
    }

    /// <summary>A name that a file may keep: no path, no control characters, not too long.</summary>
    public static string FileName(string? name)
    {
        var last = new string([.. (name ?? "").Replace('\\', '/').Split('/')[^1].Where(c => !char.IsControl(c))]).Trim();
        return last.Length > BusinessCard.MaxFileName ? last[..BusinessCard.MaxFileName] : last;
    }

    private static bool Same(string? a, string? b) => ContactKeys.Fold(a) == ContactKeys.Fold(b);
}
