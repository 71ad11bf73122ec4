using CrmAi.Domain.AiRuns;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>What people thought of the analysts' work of the last weeks, and which claims did not hold.</summary>
internal sealed class DemoRatings(IDbContextFactory<AppDbContext> contexts, DateTimeOffset now)
{
    private const int Days = 75, RatedShare = 34, UsefulShare = 82, CommentShare = 40, DroppedShare = 7;

    private static readonly Dictionary<(AiRunType Type, bool Useful), string[]> Chinese = new()
    {
        [(AiRunType.Conversation, true)] = ["预算和时间都抓到了", "异议提炼得准，晚上直接照着回的", "省了我写纪要的时间", "下一步写得清楚", "竞品没漏"],
        [(AiRunType.Conversation, false)] = ["这句是玩笑话，不算异议", "“下周”是指收货，不是跟进", "把我们自己的报价当成客户预算了"],
        [(AiRunType.Profile, true)] = ["沟通风格说得像他本人", "决策风格对上了，先发测试数据果然有回音", "忌讳的话题提醒得及时"],
        [(AiRunType.Profile, false)] = ["他不是拍板的人，是采购总监定", "才聊过两次，太早下结论"],
    };

    private static readonly Dictionary<(AiRunType Type, bool Useful), string[]> English = new()
    {
        [(AiRunType.Conversation, true)] = ["Caught the budget and the date", "The objection is spot on", "Saved me the minutes"],
        [(AiRunType.Conversation, false)] = ["That was a joke, not an objection", "Our own quote, not their budget"],
        [(AiRunType.Profile, true)] = ["Sounds just like her", "Right about sending data first"],
        [(AiRunType.Profile, false)] = ["He does not decide, purchasing does", "Too early after two calls"],
    };

    /// <param name="names">Contacts by id: a name tells in which language one talks about them.</param>
    public async Task RunAsync(IReadOnlyDictionary<Guid, string> names, CancellationToken ct)
    {
        var dice = Dice.For(11, "ratings");
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (since, today) = (now.AddDays(-Days).UtcDateTime, now.AddHours(-3).UtcDateTime);
        var runs = await db.AiRuns.Where(r => r.At >= since && r.At < today && r.ErrorCode == null && r.ContactId != null).ToListAsync(ct);
        foreach (var (run, name) in runs.Select(r => (Run: r, Name: names[r.ContactId!.Value])).OrderBy(r => r.Run.At).ThenBy(r => r.Run.Type).ThenBy(r => r.Name, StringComparer.Ordinal))
        {
            if (run.Claims > 3 && dice.Chance(DroppedShare)) db.Entry(run).Property(r => r.Dropped).CurrentValue = dice.Between(1, 2);
            if (run.Claims == 0 || !dice.Chance(RatedShare)) continue;
            var useful = dice.Chance(UsefulShare);
            (run.Useful, run.Rating, run.RatedAt) = (useful, useful ? 5 : 1, run.At.AddMinutes(dice.Between(4, 170)));
            var said = (name.Any(char.IsAsciiLetter) ? English : Chinese)[(run.Type, useful)];
            if (dice.Chance(CommentShare)) run.Comment = dice.Of(said);
        }
        await db.SaveChangesAsync(ct);
    }
}
