using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Accounts;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

internal sealed record RowOwner(Guid Id, Guid? TeamId);

/// <summary>Whom rows name as owner: oneself, colleagues to whom one may give records, for an administrator anybody who may write.</summary>
internal sealed class BatchOwners(AppDbContext db, Viewer viewer)
{
    private readonly Dictionary<string, RowOwner> known = new(StringComparer.OrdinalIgnoreCase);

    public async Task LookAsync(IReadOnlyCollection<string> names, CancellationToken ct, Operation operation = Operation.WriteContacts)
    {
        if (names.Count == 0) return;
        var writers = Enum.GetValues<Role>().Where(r => Permissions.Allow(r, operation)).ToList();
        var people = await db.Users.AsNoTracking().Where(u => u.IsActive && (u.Id == viewer.Id || (writers.Contains(u.Role) && (viewer.Role == Role.Admin || (u.TeamId != null && viewer.TeamIds.Contains(u.TeamId.Value))))))
            .Select(u => new { u.Id, u.TeamId, u.Email, u.Name }).ToListAsync(ct);
        // Two of one name are nobody by their name.
        foreach (var person in people.GroupBy(p => p.Name).Where(g => g.Count() == 1).Select(g => g.Single())) known[person.Name] = new(person.Id, person.TeamId);
        foreach (var person in people) known[person.Email] = new(person.Id, person.TeamId);
    }

    /// <summary>Oneself where the row names nobody; null for somebody unknown, or not to be given anything.</summary>
    public RowOwner? Of(string? name) => name is null ? new(viewer.Id, viewer.TeamId) : known.GetValueOrDefault(name);
}

/// <summary>Labels by their names, as people read them: "VIP" and "vip" are one. Who may make labels makes those that are missing.</summary>
internal sealed class BatchLabels(AppDbContext db, Viewer viewer, Decided? before, Decided decided)
{
    private static readonly string Grey = new Tag { Name = "" }.Colour;

    private readonly Dictionary<string, Tag> known = [];

    public async Task LookAsync(IEnumerable<string> names, bool isTrial, CancellationToken ct)
    {
        var wanted = names.DistinctBy(ContactKeys.Fold).ToList();
        if (wanted.Count == 0) return;
        foreach (var tag in await db.Tags.AsNoTracking().OrderBy(t => t.Id).ToListAsync(ct)) known.TryAdd(ContactKeys.Fold(tag.Name), tag);
        foreach (var (name, tag) in before?.NewLabels ?? []) known.TryAdd(name, tag);
        if (!viewer.May(Operation.ManageTags)) return;
        foreach (var name in wanted.Where(n => !known.ContainsKey(ContactKeys.Fold(n))).Take(TagRules.MaxTags - Math.Min(TagRules.MaxTags, known.Count)))
        {
            var made = new Tag { Name = name, Colour = Grey };
            known.Add(ContactKeys.Fold(name), made);
            if (isTrial) continue;
            db.Tags.Add(made);
            decided.NewLabels.Add(ContactKeys.Fold(name), made);
        }
    }

    public IEnumerable<Tag> Of(IEnumerable<string> names) => names.Select(n => known.GetValueOrDefault(ContactKeys.Fold(n))).OfType<Tag>();

    public IEnumerable<string> Unknown(IEnumerable<string> names) => names.Where(n => !known.ContainsKey(ContactKeys.Fold(n)));
}

/// <summary>Companies by their folded names: those one may see, and those that the batch makes, each once.</summary>
internal sealed class BatchCompanies(AppDbContext db, Viewer viewer, Decided? before, DateTime now)
{
    private readonly Dictionary<string, (Guid Id, string Name)> known = [];
    private readonly Dictionary<Guid, string> names = [];
    private readonly List<Account> made = [];

    public async Task LookAsync(IReadOnlyCollection<string> companies, CancellationToken ct)
    {
        var folded = companies.Select(Account.Fold).Where(f => f.Length > 0).Distinct().ToList();
        if (folded.Count == 0) return;
        // What may be seen of these, whoever made them: a company that the batch before makes is its importer's own.
        foreach (var (name, made) in before?.NewCompanies ?? []) (known[name], names[made.Id]) = (made, made.Name);
        folded = await KeyLooks.ThereAsync(db, KeyLooks.Companies, folded, ct);
        if (folded.Count == 0) return;
        foreach (var there in await db.Accounts.VisibleTo(viewer).Where(a => folded.Contains(a.NameFolded)).OrderBy(a => a.Id).Select(a => new { a.Id, a.Name, a.NameFolded }).ToListAsync(ct))
        {
            known.TryAdd(there.NameFolded, (there.Id, there.Name));
            names[there.Id] = there.Name;
        }
    }

    /// <summary>As hidden as the contact that names it.</summary>
    public void Put(Contact contact, string company, bool isTrial)
    {
        if (isTrial || Account.Fold(company) is not { Length: > 0 } folded) return;
        if (!known.TryGetValue(folded, out var there))
        {
            var account = new Account { Name = company, Visibility = contact.Visibility, OwnerId = viewer.Id, TeamId = viewer.TeamId, CreatedAt = now, UpdatedAt = now, Version = 1 };
            AccountIndexing.Fill(account);
            made.Add(account);
            known[folded] = there = (account.Id, account.Name);
            names[account.Id] = account.Name;
        }
        contact.AccountId = there.Id;
    }

    public string? NameOf(Contact contact) => contact.AccountId is { } id ? names.GetValueOrDefault(id) : null;

    public void Write(Decided decided)
    {
        decided.Add(made, first: true);
        decided.Add(made.ConvertAll(a => new DuplicateMark { Kind = MergeKind.Account, RecordId = a.Id }));
        decided.Words.UnionWith(made.SelectMany(SimilarWords.Of));
        decided.CompanyTerms.AddRange(made.SelectMany(a => AccountIndexing.Terms(a).Select(term => new AccountSearchTerm { Term = term, AccountId = a.Id })));
        foreach (var account in made) decided.NewCompanies.TryAdd(account.NameFolded, (account.Id, account.Name));
        decided.Companies = made.Count;
    }
}
