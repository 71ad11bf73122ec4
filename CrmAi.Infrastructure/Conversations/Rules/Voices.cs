using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Decides whose words a turn holds, where the text alone leaves it open.</summary>
sealed class Voices
{
    readonly ConversationInput input;
    readonly bool anyOurs;
    readonly bool anyTheirs;
    readonly string? first;
    readonly bool reports;
    readonly string? addressee;

    public Voices(ConversationInput input, ParsedChat chat, string readable, LexiconFiles lexicons)
    {
        this.input = input;
        anyOurs = chat.Speakers.Any(s => s.Side == ChatSide.Us);
        anyTheirs = chat.Speakers.Any(s => s.Side == ChatSide.Customer);
        first = chat.Speakers.Count > 0 ? chat.Speakers[0].Name : null;
        // "Mr Teng:" over a letter is no speaker but whom it is to: the only name, and of the side that receives it.
        var receiver = input.Direction == InteractionDirection.Inbound ? ChatSide.Us : ChatSide.Customer;
        addressee = input.Type == InteractionType.Email && chat.Speakers is [var only] && only.Side == receiver && readable.AsSpan().TrimStart().StartsWith(only.Name, StringComparison.Ordinal) ? only.Name : null;
        // Third-person reporting near the start tells a rep's note from a message passed on as it came.
        var opening = new Clause(FoldedText.Of(readable, 0, Math.Min(readable.Length, 300), lexicons.Simplified), 0, readable.Length, 0, Voice.Note);
        reports = lexicons.Voices.In(opening).Any(h => h.Section == "report");
    }

    public Voice Of(ChatTurn turn) => turn.Side switch
    {
        _ when addressee is not null && turn.Speaker == addressee => Unnamed(),
        ChatSide.Us => Voice.Us,
        ChatSide.Customer => Voice.Customer,
        // Asked, and nobody could say: then it is not held against the customer.
        _ when turn.Speaker is not null && input.Chat.Speakers.ContainsKey(turn.Speaker) => Voice.Us,
        _ when turn.Speaker is not null => Named(turn.Speaker),
        _ => Unnamed(),
    };

    // One known side makes the unknown names the other; with none known, who started it tells the first name's side.
    Voice Named(string name)
    {
        if (anyOurs) return Voice.Customer;
        if (anyTheirs) return Voice.Us;
        var isFirst = string.Equals(name, first, StringComparison.Ordinal);
        return isFirst == (input.Direction == InteractionDirection.Inbound) ? Voice.Customer : Voice.Us;
    }

    Voice Unnamed() => input.Type switch
    {
        InteractionType.Email or InteractionType.WeChat or InteractionType.Message =>
            input.Direction == InteractionDirection.Inbound ? Voice.Customer : reports ? Voice.Note : Voice.Us,
        InteractionType.Social => input.Direction == InteractionDirection.Inbound && !reports ? Voice.Customer : Voice.Note,
        _ => Voice.Note,
    };
}
