using System.Linq.Expressions;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Search;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>What a contact answers with.</summary>
/// <param name="Company">Folded; null without one.</param>
internal sealed record CardAnswer(string Name, string? Company, byte[]? Mobile, byte[]? Phone, byte[]? Email, byte[]? WeChat);

/// <summary>By what a card is compared with contacts: keyed digests, and folded names with their company.</summary>
internal sealed record CardKeys(IReadOnlyList<byte[]> Phones, IReadOnlyList<byte[]> Emails, IReadOnlyList<byte[]> WeChats, IReadOnlyList<(string Name, string Company)> Names)
{
    public bool IsEmpty => Phones.Count + Emails.Count + WeChats.Count + Names.Count == 0;

    public static CardKeys Of(CardForm text, FieldCipher cipher)
    {
        var companies = new[] { text.Company, text.CompanyEn }.OfType<string>().Select(Account.Fold).Where(n => n.Length > 0).Distinct();
        var names = new[] { text.Name, text.NameEn }.OfType<string>().Select(n => SearchTerms.Cut(ContactKeys.Fold(n), ContactIndexing.MaxName)).Where(n => n.Length > 0).Distinct().ToList();
        return new([.. new[] { text.Mobile, text.Tel }.Select(n => cipher.Index(ContactKeys.Phone(n), "phone")).OfType<byte[]>()],
            [.. new[] { cipher.Index(ContactKeys.Email(text.Email), "email") }.OfType<byte[]>()],
            [.. new[] { cipher.Index(ContactKeys.WeChat(text.WeChat), "wechat") }.OfType<byte[]>()],
            [.. companies.SelectMany(company => names.Select(name => (name, company)))]);
    }

    public static CardKeys AllOf(IEnumerable<CardKeys> keys)
    {
        var all = keys.ToList();
        return new([.. all.SelectMany(k => k.Phones)], [.. all.SelectMany(k => k.Emails)], [.. all.SelectMany(k => k.WeChats)], [.. all.SelectMany(k => k.Names)]);
    }

    public bool HasChannels => Phones.Count + Emails.Count + WeChats.Count > 0;

    /// <summary>Who works at companies of those names; may find more than the pairs: <see cref="Reasons"/> tells. Null without names.</summary>
    public Expression<Func<Contact, bool>>? Named()
    {
        if (Names.Count == 0) return null;
        var (names, companies) = (Names.Select(n => n.Name).Distinct().ToList(), Names.Select(n => n.Company).Distinct().ToList());
        return c => c.Account!.DeletedAt == null && companies.Contains(c.Account.NameFolded) && names.Contains(c.Index.Name);
    }

    public Expression<Func<Contact, bool>> Channels()
    {
        var (phones, emails, weChats) = (Phones, Emails, WeChats);
        return c => phones.Contains(c.Index.Mobile!) || phones.Contains(c.Index.Phone!) || emails.Contains(c.Index.Email!) || weChats.Contains(c.Index.WeChat!);
    }

    public IReadOnlyList<MatchReason> Reasons(CardAnswer answer)
    {
        var reasons = new List<MatchReason>();
        if (Has(Phones, answer.Mobile) || Has(Phones, answer.Phone)) reasons.Add(MatchReason.Phone);
        if (Has(Emails, answer.Email)) reasons.Add(MatchReason.Email);
        if (Has(WeChats, answer.WeChat)) reasons.Add(MatchReason.WeChat);
        if (answer.Company is { } company && Names.Contains((answer.Name, company))) reasons.Add(MatchReason.NameAndCompany);
        return reasons;
    }

    private static bool Has(IReadOnlyList<byte[]> keys, byte[]? key) => key is not null && keys.Any(k => k.AsSpan().SequenceEqual(key));
}
