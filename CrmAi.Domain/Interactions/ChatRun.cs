namespace CrmAi.Domain.Interactions;

/// <summary>A turn before times and sides are settled; <paramref name="Stamp"/> is a place in the list of stamps, -1 for none.</summary>
internal readonly record struct ChatRun(string? Speaker, int Stamp, ChatPart Part, int Start, int End);

/// <summary>What a form of text was read into.</summary>
internal sealed class ChatRuns
{
    public List<ChatRun> Runs { get; } = [];

    public List<(ChatStamp Stamp, bool IsDivider)> Stamps { get; } = [];

    public InteractionType? Type { get; set; }

    /// <summary>Sides that follow from whom a text addresses, by speaker; weaker than a name that is known.</summary>
    public Dictionary<string, ChatSide> Addressed { get; } = new(StringComparer.Ordinal);

    public int Add(ChatStamp? stamp, bool isDivider = false)
    {
        if (stamp is not { } value)
            return -1;
        Stamps.Add((value, isDivider));
        return Stamps.Count - 1;
    }

    public void Add(string folded, ChatRun run)
    {
        var (start, end) = ChatLines.Trim(folded, run.Start, run.End);
        if (start < end)
            Runs.Add(run with { Start = start, End = end });
    }
}
