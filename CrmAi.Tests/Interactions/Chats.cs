using System.Globalization;
using CrmAi.Domain.Interactions;

namespace CrmAi.Tests.Interactions;

/// <summary>Parses and prints turns in a line each, as a person would read them.</summary>
static class Chats
{
    public static readonly DateTimeOffset ReceivedAt = new(2026, 10, 14, 18, 0, 0, TimeSpan.FromHours(8));

    public static Pasted Parse(string text, string[]? reps = null, string[]? contacts = null, DateTimeOffset? at = null,
        params (string Name, ChatSide Side)[] confirmed)
    {
        var context = new ChatContext(at ?? ReceivedAt, reps ?? [], contacts ?? [], confirmed.ToDictionary(c => c.Name, c => c.Side));
        return new Pasted(text, ChatParser.Parse(text, context));
    }
}

sealed record Pasted(string Text, ParsedChat Chat)
{
    public ChatFormat Format => Chat.Format;

    public InteractionType? Type => Chat.Type;

    public InteractionDirection? Direction => Chat.Direction;

    public IEnumerable<string> Names => Chat.Speakers.Select(s => s.Name);

    public IEnumerable<string> Asked => Chat.Asked.Select(s => s.Name);

    public string Words(ChatTurn turn) => Text.Substring(turn.Start, turn.Length);

    public IEnumerable<string> Said() => Chat.Turns.Where(t => t.Part == ChatPart.Said)
        .Select(t => $"{t.Side} {(t.At is { } at ? at.ToString("MM-dd HH:mm ", CultureInfo.InvariantCulture) : "")}{Words(t)}");

    public IEnumerable<string> Of(ChatPart part) => Chat.Turns.Where(t => t.Part == part)
        .Select(t => t.Speaker is null ? Words(t) : $"{t.Speaker}: {Words(t)}");
}
