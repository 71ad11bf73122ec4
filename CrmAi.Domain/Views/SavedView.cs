using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Views;

/// <summary>A named filter and order of a list; private, or shared with its owner's team.</summary>
public sealed class SavedView : IRecorded, IVersioned
{
    public const int MaxName = 30, MaxFilter = 2000, MaxPerPerson = 50;

    public Guid Id { get; init; } = Ids.Next();
    public Guid OwnerId { get; init; }
    public Guid? TeamId { get; set; }
    public required string Name { get; set; }

    /// <summary>The list's part of an address, without the question mark: "priority=high&amp;order=name".</summary>
    public required string Filter { get; set; }
    public bool IsShared { get; set; }
    public double Position { get; set; }
    public int Version { get; set; }
}
