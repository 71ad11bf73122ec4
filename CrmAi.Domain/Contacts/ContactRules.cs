using System.Net.Mail;
using System.Text.RegularExpressions;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Contacts;

/// <summary>
/// What a contact's fields must be, the same for page, API and import. Errors, each with its field:
/// contact.name.empty, text.long (args: limit), email.invalid, phone.invalid, wechat.invalid, birth_year.range, follow_up.range, money.range, currency.unknown, list.long, url.invalid.
/// </summary>
public static partial class ContactRules
{
    public const int MaxName = 100, MaxShort = 200, MaxNotes = 4000, MaxList = 30, MaxTags = 50;

    /// <summary>Minor units.</summary>
    public const long MaxMoney = 100_000_000_000_000;

    /// <summary>Whether somebody may mean this day: from 1990 to 2199.</summary>
    public static bool IsDate(DateTime at) => at.Year is >= 1990 and < 2200;

    public static IReadOnlyList<Error> Check(ContactEdit edit, DateOnly today)
    {
        var errors = new List<Error>();
        if (string.IsNullOrWhiteSpace(edit.Name)) errors.Add(new("contact.name.empty", nameof(edit.Name)));
        Limit(edit.Name, nameof(edit.Name), MaxName);
        Limit(edit.EnglishName, nameof(edit.EnglishName), MaxName);
        Limit(edit.Company, nameof(edit.Company), MaxShort);
        Limit(edit.Title, nameof(edit.Title), MaxShort);
        Limit(edit.Department, nameof(edit.Department), MaxShort);
        Limit(edit.Notes, nameof(edit.Notes), MaxNotes);
        Limit(edit.DecisionProcess, nameof(edit.DecisionProcess), MaxNotes);
        Limit(edit.Personal.City, nameof(edit.Personal.City), MaxShort);
        Limit(edit.Personal.Education, nameof(edit.Personal.Education), MaxShort);
        Limit(edit.Personal.Notes, nameof(edit.Personal.Notes), MaxNotes);
        Items(edit.CurrentSolutions, nameof(edit.CurrentSolutions));
        Items(edit.Competitors, nameof(edit.Competitors));
        Items(edit.Personal.Interests, nameof(edit.Personal.Interests));
        Items([.. edit.SocialProfiles.Select(p => p.Handle)], nameof(edit.SocialProfiles));
        if (edit.SocialProfiles.Any(p => p.Url is { Length: > 0 } url && !IsWebAddress(url))) errors.Add(new("url.invalid", nameof(edit.SocialProfiles)));
        if (!IsBlank(edit.Email) && !IsEmail(edit.Email!)) errors.Add(new("email.invalid", nameof(edit.Email)));
        if (!IsBlank(edit.Mobile) && !IsPhone(edit.Mobile!)) errors.Add(new("phone.invalid", nameof(edit.Mobile)));
        if (!IsBlank(edit.Phone) && !IsPhone(edit.Phone!)) errors.Add(new("phone.invalid", nameof(edit.Phone)));
        if (!IsBlank(edit.WeChat) && !WeChatId().IsMatch(edit.WeChat!.Trim())) errors.Add(new("wechat.invalid", nameof(edit.WeChat)));
        if (edit.Personal.BirthYear is { } year && (year < 1900 || year > today.Year)) errors.Add(new("birth_year.range", nameof(edit.Personal.BirthYear), 1900, today.Year));
        if (edit.NextFollowUpAt is { } follow && !IsDate(follow)) errors.Add(new("follow_up.range", nameof(edit.NextFollowUpAt)));
        if (edit.TagIds.Count > MaxTags) errors.Add(new("list.long", nameof(edit.TagIds), MaxTags));
        if (edit.BudgetMinor is < 0 or > MaxMoney) errors.Add(new("money.range", nameof(edit.BudgetMinor)));
        if (edit.DealValueMinor is < 0 or > MaxMoney) errors.Add(new("money.range", nameof(edit.DealValueMinor)));
        if (!Currency().IsMatch(edit.Currency)) errors.Add(new("currency.unknown", nameof(edit.Currency)));
        return errors;

        void Limit(string? text, string field, int limit)
        {
            if (text?.Length > limit) errors.Add(new("text.long", field, limit));
        }

        void Items(IReadOnlyList<string> items, string field)
        {
            if (items.Count > MaxList) errors.Add(new("list.long", field, MaxList));
            if (items.Any(i => i.Length > MaxShort)) errors.Add(new("text.long", field, MaxShort));
        }
    }

    public static bool IsEmail(string text) =>
        text.Trim() is { Length: <= 254 } mail && MailAddress.TryCreate(mail, out var address) && address.Address == mail && address.Host.Contains('.');

    /// <summary>Seven to fifteen digits (E.164) with the usual separators, an optional + and an optional extension.</summary>
    public static bool IsPhone(string text)
    {
        var match = PhoneForm().Match(ContactKeys.HalfWidth(text).Trim());
        return match.Success && match.Groups["number"].Value.Count(char.IsAsciiDigit) is >= 7 and <= 15;
    }

    public static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static bool IsBlank(string? text) => string.IsNullOrWhiteSpace(text);

    [GeneratedRegex(@"^(?<number>(\+?\d|\(\+?\d+\)|\+\(\d+\))[\d\s\-\u2010-\u2015().]*)([\s,;]*(转|分机|ext\.?|extension|x|#)\s*\d{1,6})?$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex PhoneForm();

    // WeChat's own rule is a letter and 6 to 20 letters, digits, _ or -; telephone numbers and QQ numbers serve as ids too.
    [GeneratedRegex(@"^[\w\-+]{4,40}$", RegexOptions.NonBacktracking)]
    private static partial Regex WeChatId();

    [GeneratedRegex("^[A-Z]{3}$", RegexOptions.NonBacktracking)]
    private static partial Regex Currency();
}
