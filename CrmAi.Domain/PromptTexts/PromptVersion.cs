using CrmAi.Domain.Shared;

namespace CrmAi.Domain.PromptTexts;

/// <summary>A company's own wording of what a model is told for one task in one language. Never changed and never deleted: what made a result can be read years later.</summary>
public sealed class PromptVersion : IRecorded
{
    public Guid Id { get; init; } = Ids.Next();

    /// <summary>As the prompt's file is called, "conversation".</summary>
    public required string Task { get; init; }

    /// <summary>"zh" or "en".</summary>
    public required string Language { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public int Number { get; init; }

    /// <summary>The parts that may be worded anew, in the order in which they stand in the file.</summary>
    public required List<string> Parts { get; init; }

    /// <summary>What was changed, and why.</summary>
    public required string Note { get; init; }
    public Guid AuthorId { get; init; }
    public DateTime At { get; init; }
}

/// <summary>Which wording of one task and language holds. No row: that of the file.</summary>
public sealed class PromptHead : IRecorded, IVersioned
{
    public Guid Id { get; init; } = Ids.Next();
    public required string Task { get; init; }
    public required string Language { get; init; }

    /// <summary>The newest version's number.</summary>
    public int LatestVersion { get; set; }

    /// <summary>The number of the version that models are told from the next call on; 0 is the file's own text.</summary>
    public int PublishedVersion { get; set; }
    public int Version { get; set; }
}

/// <summary>What one person asks a model to heed besides, for one task.</summary>
public sealed class PromptAddition : IRecorded, IVersioned
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid UserId { get; init; }
    public required string Task { get; init; }

    /// <summary>Empty: nothing.</summary>
    public string Text { get; set; } = "";
    public DateTime ChangedAt { get; set; }
    public int Version { get; set; }
}

/// <summary>Whether people may add anything: one row once an administrator decided, and until then they may.</summary>
public sealed class PromptPolicy : IRecorded, IVersioned
{
    public static readonly Guid OnlyId = new("019aa000-0000-7000-8000-000000000002");

    public Guid Id { get; init; } = OnlyId;
    public bool AdditionsAllowed { get; set; } = true;
    public int Version { get; set; }
}

/// <summary>An administrator's trial of a text on a real contact: what it brought beside what holds. The last of each administrator is kept, and it goes with the contact.</summary>
public sealed class PromptPreview
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid UserId { get; init; }
    public required string Task { get; init; }
    public required string Language { get; init; }
    public required List<string> Parts { get; init; }
    public Guid ContactId { get; init; }
    public Guid? InteractionId { get; init; }
    public DateTime At { get; init; }

    /// <summary>Both sides (JSON), encrypted at rest; null until they are there.</summary>
    public string? Result { get; set; }
}
