namespace CrmAi.Domain.Conversations;

/// <summary>Which of the steps that recent conversations suggest comes next.</summary>
public static class NextStep
{
    /// <summary>The promise that falls due first among those still ahead; with none ahead, what the latest conversation that suggests anything suggests.</summary>
    /// <param name="steps">Newest conversation first.</param>
    public static NextActionView? Of(IReadOnlyList<NextActionView> steps, DateOnly today) =>
        steps.Where(s => s.DueOn >= today).MinBy(s => s.DueOn) ?? (steps.Count == 0 ? null : steps[0]);
}
