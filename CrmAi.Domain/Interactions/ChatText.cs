namespace CrmAi.Domain.Interactions;

public enum ChatFormat
{
    /// <summary>One block of text without speakers: a note, a memo, a single message.</summary>
    Note,

    /// <summary>Turns that each name a speaker on their own line or before a colon.</summary>
    Thread,

    /// <summary>An e-mail, perhaps with quoted history and signatures.</summary>
    Email,
}

/// <summary>Whose words these are. Unknown is asked, never guessed.</summary>
public enum ChatSide { Unknown, Us, Customer }

/// <summary>What a run of text is: words somebody said, or matter around them.</summary>
public enum ChatPart { Said, Quoted, Signature, Greeting }

/// <summary>What is known before a text is read.</summary>
/// <param name="ReceivedAt">When the conversation took place as far as known, in the rep's zone; years and dates left out are completed from it.</param>
/// <param name="RepNames">Names the signed-in person goes by, so that their turns are recognised.</param>
/// <param name="ContactNames">Names the customer goes by.</param>
/// <param name="Speakers">Sides that a person has already confirmed, by speaker name as written.</param>
public sealed record ChatContext(
    DateTimeOffset ReceivedAt,
    IReadOnlyList<string> RepNames,
    IReadOnlyList<string> ContactNames,
    IReadOnlyDictionary<string, ChatSide> Speakers)
{
    public static ChatContext At(DateTimeOffset at) => new(at, [], [], new Dictionary<string, ChatSide>());
}

/// <summary>One speaker's words: <paramref name="Start"/> and <paramref name="Length"/> cover the words alone, in UTF-16 code units of the text as pasted.</summary>
public sealed record ChatTurn(string? Speaker, ChatSide Side, DateTimeOffset? At, ChatPart Part, int Start, int Length);

/// <summary>A name that speaks in the text, with the side found for it; Unknown where a person must say.</summary>
public sealed record ChatSpeaker(string Name, ChatSide Side, int Turns);

/// <summary>A text taken apart. Every turn's span lies inside the text; spans ascend and do not overlap.</summary>
/// <param name="StartedAt">Time of the first turn, null where the text does not tell.</param>
/// <param name="Direction">Who spoke first, null where the text does not tell.</param>
/// <param name="Type">The channel the form of the text points to, null where it does not tell.</param>
public sealed record ParsedChat(
    ChatFormat Format,
    IReadOnlyList<ChatTurn> Turns,
    IReadOnlyList<ChatSpeaker> Speakers,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    InteractionDirection? Direction,
    InteractionType? Type)
{
    /// <summary>Speakers whose side nobody can tell from the text.</summary>
    public IEnumerable<ChatSpeaker> Asked => Speakers.Where(s => s.Side == ChatSide.Unknown);
}
