namespace CrmAi.Domain.Interactions;

/// <summary>Takes apart what people paste: copied chats, dialogs, e-mails and notes.</summary>
public static class ChatParser
{
    /// <summary>Finds the turns, speakers, times and direction of a text. Any text is accepted; what it does not tell stays Unknown or null.</summary>
    public static ParsedChat Parse(string text, ChatContext context)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(context);
        var folded = ChatLines.Fold(text);
        var lines = ChatLines.Split(folded);
        if (lines.Count == 0)
            return new ParsedChat(ChatFormat.Note, [], [], null, null, null, null);
        var sides = new ChatSides(context);
        var (format, runs) = Read(text, folded, lines, sides);
        var times = ChatClock.Resolve(runs.Stamps, context.ReceivedAt, ChatLines.IsChinese(folded));
        return Finish(format, runs, times, sides);
    }

    static (ChatFormat, ChatRuns) Read(string text, string folded, List<ChatLine> lines, ChatSides sides)
    {
        var mail = EmailText.Read(text, folded, lines, sides);
        var thread = mail is null || mail.Stamps.Count == 0 ? ChatThread.Read(text, folded, lines, sides) : null;
        if (thread is not null && (mail is null || thread.Stamps.Count > 1))
            return (ChatFormat.Thread, thread);
        if (mail is not null)
            return (ChatFormat.Email, mail);
        if (EmailText.ReadBare(text, folded, lines, sides, out var complete) is { } letter)
        {
            letter.Type = complete ? InteractionType.Email : null;
            return (complete ? ChatFormat.Email : ChatFormat.Note, letter);
        }
        var note = new ChatRuns();
        note.Add(folded, new ChatRun(null, -1, ChatPart.Said, lines[0].Start, lines[^1].End));
        return (ChatFormat.Note, note);
    }

    static ParsedChat Finish(ChatFormat format, ChatRuns runs, IReadOnlyList<DateTimeOffset?> times, ChatSides sides)
    {
        var speakers = SpeakersOf(runs, sides);
        var unnamed = SideOfUnnamed(format, runs, speakers);
        var turns = runs.Runs.Select(run =>
        {
            var speaker = run.Speaker is { } name ? speakers[ChatSides.Key(name)] : null;
            return new ChatTurn(speaker?.Name, speaker?.Side ?? (run.Part == ChatPart.Quoted ? ChatSide.Unknown : unnamed),
                run.Stamp < 0 ? null : times[run.Stamp], run.Part, run.Start, run.End - run.Start);
        }).ToList();
        var spoken = turns.Where(t => t.Part == ChatPart.Said).ToList();
        if (spoken.Count == 0)
            spoken = turns.Where(t => t.Part != ChatPart.Quoted).ToList();
        var dated = spoken.Select(t => t.At).OfType<DateTimeOffset>().ToList();
        // Mails are often pasted newest first, so the earliest opens where every time is told.
        var first = dated.Count > 0 && dated.Count == spoken.Count ? spoken.MinBy(t => t.At) : spoken.FirstOrDefault();
        InteractionDirection? direction = first?.Side switch
        {
            ChatSide.Us => InteractionDirection.Outbound,
            ChatSide.Customer => InteractionDirection.Inbound,
            _ => null,
        };
        return new ParsedChat(format, turns, [.. speakers.Values], first?.At, dated.Count > 0 ? dated.Max() : null, direction, runs.Type);
    }

    static Dictionary<string, ChatSpeaker> SpeakersOf(ChatRuns runs, ChatSides sides)
    {
        var speakers = new Dictionary<string, ChatSpeaker>(StringComparer.Ordinal);
        foreach (var run in runs.Runs)
        {
            if (run.Speaker is not { } name)
                continue;
            var key = ChatSides.Key(name);
            speakers[key] = speakers.TryGetValue(key, out var known)
                ? known with { Turns = known.Turns + 1 }
                : new ChatSpeaker(name, sides.Of(name), 1);
        }
        foreach (var (key, side) in runs.Addressed)
        {
            if (speakers.TryGetValue(key, out var speaker) && speaker.Side == ChatSide.Unknown)
                speakers[key] = speaker with { Side = side };
        }
        if (speakers.Count == 2)
        {
            // Of two who talk, one known side tells the other.
            var (one, other) = (speakers.Keys.First(), speakers.Keys.Last());
            if (speakers[one].Side == ChatSide.Unknown)
                speakers[one] = speakers[one] with { Side = ChatSides.Opposite(speakers[other].Side) };
            else if (speakers[other].Side == ChatSide.Unknown)
                speakers[other] = speakers[other] with { Side = ChatSides.Opposite(speakers[one].Side) };
        }
        return speakers;
    }

    // Who answers a quoted mail without a name is the other of the two.
    static ChatSide SideOfUnnamed(ChatFormat format, ChatRuns runs, Dictionary<string, ChatSpeaker> speakers) =>
        format == ChatFormat.Email && speakers.Count == 1 && runs.Runs.All(r => r.Speaker is null || r.Part == ChatPart.Quoted)
            ? ChatSides.Opposite(speakers.Values.First().Side) : ChatSide.Unknown;
}
