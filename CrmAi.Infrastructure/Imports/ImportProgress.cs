using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Imports;

namespace CrmAi.Infrastructure.Imports;

/// <summary>How far an import has come, as its present worker knows it.</summary>
internal sealed class ImportProgress(Import import)
{
    /// <summary>Terms that are written together, of about two thousand people.</summary>
    private const int Many = 60_000;

    private TermGroup collected = new();

    public int Last { get; private set; } = import.LastNumber;
    public int Done { get; private set; } = import.Done;

    /// <summary>How often a batch was decided in vain.</summary>
    public int Repeats { get; set; }

    /// <summary>Terms that the last batch brought.</summary>
    public int Brought { get; private set; }

    /// <summary>What is being written; null for nothing.</summary>
    public TermGroup? Group { get; private set; }

    public void Take(DecidedBatch batch)
    {
        (Last, Done) = (batch.Rows[^1].Number, Done + batch.Rows.Count);
        collected.Contacts.AddRange(batch.Decided.Terms);
        collected.Accounts.AddRange(batch.Decided.CompanyTerms);
        collected.Words.UnionWith(batch.Decided.Words);
        Brought = batch.Decided.Terms.Count + batch.Decided.CompanyTerms.Count;
    }

    /// <summary>Goes on to what was collected meanwhile; false where it is not enough.</summary>
    public bool Next(bool whatever)
    {
        Group = null;
        if (!whatever && collected.Count < Many) return false;
        (Group, collected) = (collected, new());
        Group.Sort(Last);
        return true;
    }
}

/// <summary>What some records are found by.</summary>
internal sealed class TermGroup
{
    public List<ContactSearchTerm> Contacts { get; } = [];
    public List<AccountSearchTerm> Accounts { get; } = [];

    /// <summary>Of their names.</summary>
    public HashSet<string> Words { get; } = new(StringComparer.Ordinal);

    public int Count => Contacts.Count + Accounts.Count;

    /// <summary>The last row of the file that is part of it.</summary>
    public int Last { get; private set; }

    /// <summary>How many of the terms are written, contacts' first.</summary>
    public int Written { get; set; }

    public IReadOnlyList<Guid> ContactIds { get; private set; } = [];
    public IReadOnlyList<Guid> AccountIds { get; private set; } = [];

    public void Sort(int last)
    {
        Last = last;
        (ContactIds, AccountIds) = ([.. Contacts.Select(t => t.ContactId).Distinct()], [.. Accounts.Select(t => t.AccountId).Distinct()]);
        Contacts.Sort((a, b) => string.CompareOrdinal(a.Term, b.Term));
        Accounts.Sort((a, b) => string.CompareOrdinal(a.Term, b.Term));
    }
}
