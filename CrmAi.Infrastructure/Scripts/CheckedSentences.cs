using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Scripts;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>Stands between an analyst and whoever looks on: passes on what holds, in order, and counts what does not.</summary>
/// <param name="show">Receives what may be shown; a higher attempt throws away what came before.</param>
internal sealed class CheckedSentences(ScriptInput input, ISpokenDates dates, Func<ArrivedSentence, ValueTask> show)
{
    /// <summary>Of one draft, with all its characters.</summary>
    public const int MostSentences = 14, MostCharacters = 1_600;

    private readonly ScriptCheck check = new(input, dates);
    private readonly List<WrittenSentence> kept = [];
    private int attempt, before;

    public int Kept => kept.Count;

    /// <summary>Of the present attempt.</summary>
    public int Dropped { get; private set; }

    /// <summary>Whether it can stand: it says or asks something, and a mail has its subject.</summary>
    public bool IsWhole => kept.Exists(s => s.Part is ScriptPart.Body or ScriptPart.Question) && (input.Channel != InteractionType.Email || kept.Exists(s => s.Part == ScriptPart.Subject));

    public async ValueTask TakeAsync(ArrivedSentence arrived)
    {
        if (before + arrived.Attempt != attempt) Restart(before + arrived.Attempt);
        var sentence = arrived.Sentence with { Text = arrived.Sentence.Text.Trim() };
        if (!Fits(sentence) || !check.Holds(sentence))
        {
            Dropped++;
            return;
        }
        kept.Add(sentence);
        await show(new(attempt, sentence));
    }

    /// <summary>Another analyst begins; its attempts count on.</summary>
    public void Restart()
    {
        before = attempt;
        Restart(attempt + 1);
    }

    private void Restart(int next)
    {
        (attempt, Dropped) = (next, 0);
        kept.Clear();
    }

    private bool Fits(WrittenSentence sentence)
    {
        if (kept.Count >= MostSentences || kept.Sum(s => s.Text.Length) + sentence.Text.Length > MostCharacters || kept.Exists(s => s.Text == sentence.Text)) return false;
        return sentence.Part switch
        {
            ScriptPart.Subject => input.Channel == InteractionType.Email && kept.Count == 0,
            ScriptPart.Greeting => kept.TrueForAll(s => s.Part is ScriptPart.Subject or ScriptPart.Greeting),
            ScriptPart.Closing => true,
            _ => !kept.Exists(s => s.Part == ScriptPart.Closing),
        };
    }
}
