using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>A conversation taken apart: what was said by whom, clause by clause, without the parts that try to instruct.</summary>
sealed class Conversation
{
    Conversation(ConversationInput input, IReadOnlyList<Clause> clauses, IReadOnlyList<(int Start, int End)> injections)
    {
        Input = input;
        Clauses = clauses;
        Sentences = clauses.ToLookup(c => c.Sentence);
        Injections = injections;
    }

    public ConversationInput Input { get; }

    /// <summary>All clauses that somebody said, ours too; in the order of the text.</summary>
    public IReadOnlyList<Clause> Clauses { get; }

    /// <summary>The clauses of each sentence.</summary>
    public ILookup<int, Clause> Sentences { get; }

    public IReadOnlyList<(int Start, int End)> Injections { get; }

    /// <summary>The customer's own words, and what our notes report of them.</summary>
    public IEnumerable<Clause> Theirs => Clauses.Where(c => c.Voice != Voice.Us && !c.IsOurs);

    public Evidence Evidence(int start, int end) => new(Input.InteractionId, start, end - start);

    public Evidence Evidence(Clause clause) => Evidence(clause.Start, clause.End);

    public static Conversation Read(ConversationInput input, LexiconFiles lexicons)
    {
        var text = input.Text;
        var injections = Rules.Injections.In(text, lexicons);
        var readable = Rules.Injections.Without(text, [.. injections, .. Rules.Injections.MarkupIn(text)]);
        var chat = ChatParser.Parse(text, input.Chat);
        var voices = new Voices(input, chat, readable, lexicons);
        var clauses = new List<Clause>();
        var sentence = 0;
        foreach (var turn in chat.Turns.Where(t => t.Part == ChatPart.Said))
        {
            var voice = voices.Of(turn);
            foreach (var (start, end) in Segmentation.Sentences(readable, turn.Start, turn.Start + turn.Length))
            {
                var contrast = false;
                foreach (var (from, to) in Segmentation.Clauses(readable, start, end))
                {
                    var clause = new Clause(FoldedText.Of(readable, from, to - from, lexicons.Simplified), from, to, sentence, voice);
                    if (clause.Text.Length == 0) continue;
                    var marks = lexicons.Voices.In(clause).Select(h => h.Section).ToHashSet();
                    contrast |= marks.Contains("contrast");
                    // "I suggested a pilot" in a note: our words, not theirs.
                    var ourSaying = voice == Voice.Note && marks.Contains("our saying");
                    clauses.Add(clause with { Voice = ourSaying ? Voice.Us : voice, IsOurs = voice == Voice.Note && marks.Contains("ours"), AfterContrast = contrast });
                }

                sentence++;
            }
        }

        return new(input, clauses, injections);
    }
}
