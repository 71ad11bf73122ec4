namespace CrmAi.Web.Contacts.Lists;

/// <summary>Changes to many that this visit has begun and not yet seen the end of. They go on when the page is left.</summary>
public sealed class BulkRuns
{
    private readonly List<Guid> running = [];

    /// <summary>Another one has begun.</summary>
    public event Action? Changed;

    public IReadOnlyList<Guid> Running => running;

    public void Add(Guid id)
    {
        running.Add(id);
        Changed?.Invoke();
    }

    public void Remove(Guid id) => running.Remove(id);
}
