using CrmAi.Domain.Interactions;

namespace CrmAi.Domain.Search;

public enum FoundKind { Contact, Account, Interaction, Task, Tag }

/// <summary>One search over all kinds of records, for whoever types a few letters and wants to be there. Each kind is read under the viewer's own rights.</summary>
public interface IPalette
{
    /// <summary>Characters of a search that count.</summary>
    const int MaxText = 100;

    /// <summary>
    /// The groups in which something was found. Every word must be found: people by name, reading, initials, company, title, label or the end of a number, companies by their names, interactions
    /// by what was said, open tasks and labels by their names. Where no person and no company is found, those with names that differ by a slip: one letter from four on, two from eight on.
    /// </summary>
    /// <param name="only">Null for all kinds.</param>
    Task<IReadOnlyList<FoundGroup>> FindAsync(string text, FoundKind? only, CancellationToken ct);

    /// <summary>People and companies that the viewer opened last, on whichever machine, newest first, without those they may no longer see.</summary>
    Task<IReadOnlyList<FoundRecord>> RecentAsync(int take, CancellationToken ct);

    /// <summary>Notes that the viewer opened a person or a company; another kind is not kept.</summary>
    Task OpenedAsync(FoundKind kind, Guid id, CancellationToken ct);
}

/// <param name="Count">Of all that was found, counted up to <see cref="CountLimit"/>.</param>
/// <param name="HasMore">There are more than <paramref name="Count"/>.</param>
/// <param name="IsSimilar">Their names are only like what was typed.</param>
public sealed record FoundGroup(FoundKind Kind, IReadOnlyList<FoundRecord> Items, int Count, bool HasMore, bool IsSimilar = false)
{
    public const int CountLimit = 50;
}

/// <param name="Details">What tells it from others of its name.</param>
public sealed record FoundRecord(FoundKind Kind, Guid Id, FoundText Name, IReadOnlyList<FoundText> Details)
{
    /// <summary>Whose interaction it is.</summary>
    public Guid? ContactId { get; init; }
    public InteractionType? Type { get; init; }

    /// <summary>When an interaction took place, or a task is due.</summary>
    public DateTime? At { get; init; }
}

/// <param name="Marks">The parts that were searched for, in order, none over another.</param>
public sealed record FoundText(string Text, IReadOnlyList<FoundMark> Marks);

/// <summary>UTF-16 code units from the text's beginning.</summary>
public readonly record struct FoundMark(int Start, int Length);
