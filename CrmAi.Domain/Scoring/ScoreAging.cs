namespace CrmAi.Domain.Scoring;

/// <summary>Scores as time alone passes, told from a sheet and nothing else: within a part all weights fade alike, so that their sums tell what the conversations would.</summary>
public static class ScoreAging
{
    /// <summary>No further ahead: by then nothing is left of any conversation.</summary>
    public const int MostDays = 8192;

    /// <summary>What <see cref="ContactScoring.Of"/> would say of the same conversations and the same record so much later.</summary>
    public static ScoreSheet After(ScoreSheet sheet, TimeSpan passed)
    {
        if (sheet.Engagement.Value is null) return sheet;
        var engagement = Engagement.After(sheet.Engagement, passed);
        return sheet with { Intent = Intent.After(sheet.Intent, passed), Engagement = engagement, Relationship = Relationship.After(sheet.Relationship, passed), LifetimeValue = LifetimeValue.With(sheet.LifetimeValue, engagement.Value) };
    }

    /// <summary>The first day on which any score is another than on this sheet; null where none will be. No score rises as time passes, so that one which is another stays so.</summary>
    /// <param name="passed">How much later than the sheet the day so many days ahead is looked at; the first is 1.</param>
    public static int? DaysUntilChange(ScoreSheet sheet, Func<int, TimeSpan> passed)
    {
        if (sheet.Engagement.Value is null) return null;
        var (same, other) = (0, 1);
        while (Same(other))
        {
            if (other >= MostDays) return null;
            (same, other) = (other, other * 2);
        }
        while (other - same > 1)
        {
            var middle = same + ((other - same) / 2);
            (same, other) = Same(middle) ? (middle, other) : (same, middle);
        }
        return other;

        // A lifetime value moves with engagement alone.
        bool Same(int days)
        {
            var time = passed(days);
            return Engagement.After(sheet.Engagement, time).Value == sheet.Engagement.Value && Intent.After(sheet.Intent, time).Value == sheet.Intent.Value && Relationship.After(sheet.Relationship, time).Value == sheet.Relationship.Value;
        }
    }

    internal static IEnumerable<TallyGroup> Faded(this Score score, TallyPart part, TimeSpan passed, Func<ScoreFactor, bool> belongs)
    {
        var left = part.Left(passed);
        return score.Factors.Where(f => f.Weight is not null && belongs(f)).Select(f => new TallyGroup(f.Code, f.Weight!.Value * left, f.Count, f.Evidence));
    }
}
