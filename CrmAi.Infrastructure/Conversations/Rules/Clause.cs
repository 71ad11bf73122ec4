namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Whose words a clause holds. Note: our rep's report of what the customer said or did.</summary>
enum Voice { Customer, Us, Note }

/// <summary>A run of text between commas: the unit that patterns are matched in.</summary>
/// <param name="Start">Raw place; <paramref name="End"/> is the place after its last character.</param>
/// <param name="Sentence">Number of the sentence it belongs to, ascending.</param>
sealed record Clause(FoldedText Folded, int Start, int End, int Sentence, Voice Voice)
{
    /// <summary>In a note: the clause tells what we did or said.</summary>
    public bool IsOurs { get; init; }

    /// <summary>It follows a "but": it counts for more than what stands before.</summary>
    public bool AfterContrast { get; init; }

    public int Length => End - Start;

    public string Text => Folded.Text;
}
