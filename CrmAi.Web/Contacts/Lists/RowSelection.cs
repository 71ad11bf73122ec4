using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>Rows picked for a change to many: these, or all of the list but these.</summary>
public sealed class RowSelection
{
    private readonly HashSet<Guid> named = [];

    public bool IsAll { get; private set; }

    /// <summary>Where the last one was picked, from which Shift reaches on.</summary>
    public int? Last { get; private set; }

    /// <summary>Those named, in no order; meaningless once all are picked.</summary>
    public IReadOnlyCollection<Guid> Named => named;

    public int Count(int total) => IsAll ? Math.Max(0, total - named.Count) : named.Count;

    public bool Has(Guid id) => IsAll != named.Contains(id);

    public void Flip(Guid id, int? place)
    {
        if (!named.Remove(id)) named.Add(id);
        Last = place;
    }

    public void Add(IEnumerable<Guid> ids)
    {
        if (IsAll) named.ExceptWith(ids);
        else named.UnionWith(ids);
    }

    public void All()
    {
        Clear();
        IsAll = true;
    }

    public void Clear()
    {
        named.Clear();
        (IsAll, Last) = (false, null);
    }

    /// <summary>The same rows as a file.</summary>
    public ExportRequest Request(ContactQuery query) =>
        IsAll ? new(ExportKind.Contacts, default) { Contacts = query, Except = [.. named] } : new(ExportKind.Contacts, default) { Ids = [.. named] };

    public BulkRequest Request(ContactQuery query, BulkAction action, Guid? target, string? value) =>
        IsAll ? new(action, target, value, All: query, Except: [.. named]) : new(action, target, value, Ids: [.. named]);
}
