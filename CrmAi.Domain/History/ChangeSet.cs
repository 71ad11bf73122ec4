using CrmAi.Domain.Shared;

namespace CrmAi.Domain.History;

public enum ChangeKind { Created, Updated, Deleted, Restored }

/// <summary>One command and all it changed: history, undo and audit are read from here.</summary>
public sealed class ChangeSet
{
    public Guid Id { get; init; } = Ids.Next();
    public DateTime At { get; init; }
    public Guid UserId { get; init; }
    public ChangeOrigin Origin { get; init; }

    /// <summary>A stable name, "contact.add".</summary>
    public required string Command { get; init; }

    /// <summary>The change set that this one takes back.</summary>
    public Guid? UndoOf { get; init; }
    public Guid? UndoneBy { get; set; }

    /// <summary>The long work that this set is one batch of; taken back as a whole.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>The seal over this set, null for the few seconds until it is sealed.</summary>
    public long? SealNumber { get; set; }
    public List<ChangeEntry> Entries { get; init; } = [];
}

/// <summary>One row's part in a change set.</summary>
public sealed class ChangeEntry
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid ChangeSetId { get; init; }
    public ChangeKind Kind { get; init; }

    /// <summary>Name of the row's kind, "Contact".</summary>
    public required string RecordType { get; init; }
    public Guid RecordId { get; init; }

    /// <summary>The person it is about, so that it can be erased for them.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>Encrypted JSON: field, before, after. Null once erased.</summary>
    public byte[]? Payload { get; set; }

    /// <summary>Keyed digest of the payload; stays when the payload is erased, so the chain holds.</summary>
    public required byte[] Digest { get; init; }
}

/// <summary>Closes a batch of change sets: its hash covers theirs and the seal before it.</summary>
public sealed class ChangeSeal
{
    /// <summary>From 1, without gaps.</summary>
    public long Number { get; init; }
    public int Count { get; init; }
    public DateTime At { get; init; }
    public required byte[] Hash { get; init; }
}
