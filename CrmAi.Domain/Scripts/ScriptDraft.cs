using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Scripts;

/// <summary>
/// Words that one person asked for, for one suggested step. Theirs alone until they say or send them: nobody else reads it, whoever sees the contact.
/// What an analyst wrote stands in sentences of its own; what the person made of it is never written over.
/// </summary>
public sealed class ScriptDraft : IRecorded, IVersioned
{
    /// <summary>Characters of what a person makes of it.</summary>
    public const int MaxText = 5_000;

    public Guid Id { get; init; } = Ids.Next();
    public Guid SuggestionId { get; init; }
    public Guid ContactId { get; init; }
    public Guid UserId { get; init; }
    public ScriptCategory Category { get; set; }
    public InteractionType Channel { get; set; }
    public ScriptTone Tone { get; set; }

    /// <summary>The contact's, "zh" or "en".</summary>
    public string Language { get; set; } = "zh";

    /// <summary>How often it was asked for, from 1: another take is put in other words.</summary>
    public int Take { get; set; } = 1;

    /// <summary>What the person made of it, encrypted at rest; null while it stands as written.</summary>
    public string? Edited { get; set; }
    public DateTime AskedAt { get; set; }
    public int Version { get; set; }
}

/// <summary>One sentence of a take, as an analyst wrote it. Written once it is complete and has passed <c>ScriptCheck</c>.</summary>
public sealed class ScriptSentence
{
    public Guid DraftId { get; init; }
    public int Take { get; init; }

    /// <summary>From 0.</summary>
    public int Position { get; init; }
    public ScriptPart Part { get; init; }

    /// <summary>Encrypted at rest.</summary>
    public required string Text { get; init; }

    /// <summary>The words of a conversation that it rests on; null where it rests on the step itself.</summary>
    public Guid? InteractionId { get; init; }
    public int Start { get; init; }
    public int Length { get; init; }

    /// <summary>The beginning of the cited text's SHA-256.</summary>
    public string? Source { get; init; }

    public Evidence? Evidence => InteractionId is { } id ? new(id, Start, Length) : null;
}

/// <summary>Who wrote a take.</summary>
public sealed class ScriptTake
{
    public Guid DraftId { get; init; }
    public int Take { get; init; }
    public Guid AiRunId { get; init; }
    public ScriptTone Tone { get; init; }

    /// <summary>Whether enough is known of the person for a style of theirs.</summary>
    public bool HasStyle { get; init; }
}
