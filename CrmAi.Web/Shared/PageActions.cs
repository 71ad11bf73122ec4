namespace CrmAi.Web.Shared;

/// <summary>One thing to do, as the palette offers it.</summary>
/// <param name="RunAsync">Null where the browser does it by <paramref name="Attributes"/>, or where it is an <paramref name="Address"/> to go to.</param>
/// <param name="Words">More words to find it by.</param>
/// <param name="Keys">Its shortcut.</param>
/// <param name="Attributes">What the browser's scripts look for, such as data-copy.</param>
public sealed record PageAction(string Icon, string Text, Func<Task>? RunAsync = null, string Words = "", string? Keys = null, string? Address = null, IReadOnlyDictionary<string, object>? Attributes = null);

/// <summary>What can be done with the record that a page shows. A page offers its own and takes them back when it goes.</summary>
public sealed class PageActions
{
    private readonly List<(object Owner, PageOffer Offer)> offers = [];

    public event Action? Changed;

    public IReadOnlyList<PageOffer> Offers => [.. offers.Select(o => o.Offer)];

    /// <summary>Replaces what the same owner offered before.</summary>
    /// <param name="subject">What the actions are about: a person's or a company's name.</param>
    public void Offer(object owner, string subject, IReadOnlyList<PageAction> actions)
    {
        offers.RemoveAll(o => o.Owner == owner);
        offers.Add((owner, new(subject, actions)));
        Changed?.Invoke();
    }

    public void Withdraw(object owner)
    {
        if (offers.RemoveAll(o => o.Owner == owner) > 0) Changed?.Invoke();
    }
}

public sealed record PageOffer(string Subject, IReadOnlyList<PageAction> Actions);
