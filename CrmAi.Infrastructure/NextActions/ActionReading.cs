using System.Globalization;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.NextActions;

/// <summary>What a contact's conversations hold, ready to be asked what is still open.</summary>
internal sealed class ActionReading(NextActionInput input)
{
    private const int HourBlock = 2, EnoughAnswers = 2;

    private static readonly string[] QuoteWords = ["报价", "方案", "价格表", "quote", "quotation", "proposal", "offer", "pricing"];

    private static readonly string[] SentWords = ["已发", "已经发", "请查收", "附件", "attached", "enclosed", "sent you", "have sent"];

    private readonly int? hour = BestHour(input);

    public NextActionInput Input => input;

    public DateOnly Today { get; } = input.Work.Today(input.AsOf);

    public IReadOnlyList<ActionTalk> Talks => input.Talks;

    public InteractionType Channel { get; } = BestChannel(input);

    /// <summary>The newest first, of so many days back.</summary>
    public IEnumerable<ActionTalk> Within(int days) => input.Talks.Reverse().Where(t => t.Talk.At >= input.AsOf.AddDays(-days));

    public IEnumerable<ActionTalk> After(ActionTalk talk) => input.Talks.Where(t => t.Talk.At > talk.Talk.At);

    /// <summary>We got back to them since: an attempt that reached nobody does not count.</summary>
    public bool IsAnswered(ActionTalk talk) => After(talk).Any(t => !t.Talk.IsInbound && t.Talk.WasHeld);

    /// <summary>Something like a quote left the house since; our note that they asked again is none.</summary>
    public bool QuoteIsSent(ActionTalk talk) => After(talk).Any(t => !t.Talk.IsInbound && (t.Suggested?.Kind != Domain.Conversations.NextActionKind.SendQuote || SaysItIsSent(t)) && (t.Talk.Type == InteractionType.Proposal || QuoteWords.Any(w => Has(t.Subject, w) || Has(t.Text, w))));

    /// <summary>Our own note that it went out, which speaks of a quote without asking for one.</summary>
    public static bool SaysItIsSent(ActionTalk talk) => !talk.Talk.IsInbound && SentWords.Any(w => Has(talk.Subject, w) || Has(talk.Text, w));

    public bool SpokenOn(DateOnly day) => input.Talks.Any(t => t.Talk.WasHeld && DayOf(t) >= day);

    public DateOnly DayOf(ActionTalk talk) => input.Work.Today(talk.Talk.At);

    public ActionCandidate Suggest(ActionReason reason, Domain.Conversations.NextActionKind kind, string about, string? value, Evidence? evidence, DateOnly due)
    {
        var day = due > Today ? due : Today;
        var from = day > Today ? input.Work.Utc(day.ToDateTime(TimeOnly.MinValue)) : input.AsOf;
        var at = input.Work.Slot(from, hour);
        var learnt = hour is not null;
        // What is due today does not wait for tomorrow's better hour.
        if (learnt && input.Work.Today(at) > day) (at, learnt) = (input.Work.Slot(from, null), false);
        return new(reason, kind, $"{reason}:{about}", value, evidence, due, at, learnt, Channel);
    }

    public static string About(Evidence evidence) => string.Create(CultureInfo.InvariantCulture, $"{evidence.InteractionId:N}:{evidence.Start}");

    public static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static bool Has(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    // The two hours of the working day in which they most often came to us of themselves.
    private static int? BestHour(NextActionInput input) => input.Talks.Where(t => t.Talk.IsInbound).Select(t => input.Work.Local(t.Talk.At)).Where(at => TimeOnly.FromDateTime(at) >= input.Work.Start && TimeOnly.FromDateTime(at) < input.Work.End)
        .GroupBy(at => at.Hour / HourBlock * HourBlock).Where(g => g.Count() >= EnoughAnswers).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => (int?)g.Key).FirstOrDefault();

    private static InteractionType BestChannel(NextActionInput input)
    {
        bool CanBeUsed(ActionTalk t) => t.Talk.Type is InteractionType.Call or InteractionType.WeChat or InteractionType.Email or InteractionType.Message;
        var theirs = input.Talks.Where(t => t.Talk.IsInbound && CanBeUsed(t)).GroupBy(t => t.Talk.Type).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Max(t => t.Talk.At)).Select(g => (InteractionType?)g.Key).FirstOrDefault();
        return theirs ?? input.Talks.LastOrDefault(CanBeUsed)?.Talk.Type ?? InteractionType.Call;
    }
}
