using CrmAi.Domain.Conversations;
using CrmAi.Domain.NextActions;

namespace CrmAi.Domain.Briefs;

/// <summary>
/// What a person's decisions say of one kind of step: a Beta-Bernoulli model. Before anything is known the rate of acceptance is Beta(1, 1), any rate as likely as another;
/// after a acceptances and r rejections its mean is (1 + a) / (2 + a + r) (Laplace's rule of succession). The weight is that over the mean before, one half, and stays
/// between 0.5 and 2: learning shifts the order, it silences nothing. Snoozing says nothing of the kind, nor does rejecting what is already done: the suggestion was right, and late.
/// </summary>
public static class ActionLearning
{
    public const double Least = 0.5, Most = 2;

    private const double PriorMean = 0.5;

    public static double Weight(int accepted, int rejected) => Math.Clamp((1.0 + accepted) / (2 + accepted + rejected) / PriorMean, Least, Most);

    /// <summary>1 for an acceptance, −1 for a rejection, 0 for what says nothing.</summary>
    public static int Says(SuggestionState state, RejectReason? reason) => state switch
    {
        SuggestionState.Accepted => 1,
        SuggestionState.Rejected when reason != RejectReason.AlreadyDone => -1,
        _ => 0,
    };
}

/// <summary>How often one kind was accepted, and what follows for its place.</summary>
public sealed record LearntKind(NextActionKind Kind, int Accepted, int Rejected)
{
    public double Weight => ActionLearning.Weight(Accepted, Rejected);
}
