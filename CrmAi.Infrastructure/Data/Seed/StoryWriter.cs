using CrmAi.Domain.Interactions;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Writes the moments of one account in their forms, with the account's facts.</summary>
internal sealed class StoryWriter(Cast cast, PhraseDeck deck, IReadOnlyList<string> objections, Dice dice)
{
    private const int MixedShare = 30;

    // Beats whose phrases tell a sequence; elsewhere any order reads well.
    private static readonly HashSet<string> Sequences = ["trial", "won", "lost", "frozen", "deliver", "renew"];

    private readonly HashSet<string> had = [];
    private readonly bool english = cast.Account.Language == "en";
    private int objectionTurn;

    public DemoInteraction Write(Moment moment, string key)
    {
        var facts = new MomentFacts(cast, moment, dice);
        var rules = moment.Rules;
        var (text, opener) = moment.Form switch
        {
            "chat" => Chat(moment, facts),
            "mail" => (Mail(moment, facts), null),
            "minutes" => (Minutes(moment, facts), null),
            "line" => (Sentences(moment, facts, 1)[0], null),
            _ => (Note(moment, facts), (char?)null),
        };
        var scheduled = moment.Beat == "plan";
        var type = Enum.Parse<InteractionType>(moment.Type);
        return new DemoInteraction
        {
            Key = key,
            AccountKey = cast.Account.Key,
            ContactKey = moment.Contact.Key,
            UserKey = cast.Account.Owner,
            Type = type,
            Direction = opener switch { 'C' => InteractionDirection.Inbound, 'U' => InteractionDirection.Outbound, _ => Enum.Parse<InteractionDirection>(moment.Direction) },
            Outcome = moment.Beat == "quiet" ? StillOutcome(text) : Enum.Parse<InteractionOutcome>(dice.Of(PhraseFill.Weighted(rules.Outcomes))),
            Sentiment = scheduled ? null : Enum.Parse<Sentiment>(dice.Of(PhraseFill.Weighted(rules.Moods))),
            Subject = Fill(Subject(moment), facts),
            Content = text,
            Language = cast.Account.Language,
            At = moment.At,
            DurationSeconds = Duration(type, moment.Beat),
            Location = type is InteractionType.Meeting or InteractionType.Demo ? $"{cast.Account.Short} · {cast.Facts["line"]}" : null,
            FollowUpAt = facts.FollowUp,
            Stage = moment.Stage,
            IsScheduled = scheduled,
            IsImportant = moment.Beat is "won" or "lost" or "haggle" && dice.Chance(30),
            IsPrivate = dice.Chance(2),
            Attachments = Files(moment),
        };
    }

    private string Fill(string phrase, MomentFacts facts)
    {
        var text = PhraseFill.Fill(phrase, facts.Of, dice);
        return english ? PhraseFill.Capitalised(text) : text;
    }

    private string Subject(Moment moment)
    {
        var subjects = english ? moment.Rules.En : moment.Rules.Zh;
        return Sequences.Contains(moment.Beat) ? subjects[(int)(moment.Progress * subjects.Count)] : dice.Of(subjects);
    }

    private string Draw(string form, Moment moment)
    {
        var group = (form, moment.Type, moment.Beat) switch
        {
            ("note", "Event", _) => "event",
            ("note", "Social", _) => "social",
            (_, _, "object") => $"object.{objections[objectionTurn++ % objections.Count]}",
            _ => moment.Beat,
        };
        return deck.Draw($"{form}/{group}", had, Sequences.Contains(moment.Beat) ? moment.Progress : null);
    }

    private string[] Sentences(Moment moment, MomentFacts facts, int count)
    {
        var drawn = Enumerable.Range(0, count).Select(_ => Draw("note", moment)).Distinct().ToList();
        if (cast.Account.MixesEnglish && moment.Beat is not ("quiet" or "plan") && dice.Chance(MixedShare))
        {
            drawn.Add(deck.Draw("note/mix", had, null));
        }

        return [.. deck.InStoryOrder(drawn).Select(phrase => Fill(phrase, facts))];
    }

    private string Note(Moment moment, MomentFacts facts)
    {
        var sentences = Sentences(moment, facts, moment.Type == "Event" ? 1 : dice.Of([(1, 25), (2, 40), (3, 25), (4, 10)]));
        return dice.Chance(16) && sentences.Length > 1
            ? string.Join('\n', sentences.Select(sentence => $"- {sentence}"))
            : string.Join(english ? " " : "", sentences);
    }

    private string Minutes(Moment moment, MomentFacts facts)
    {
        var points = Sentences(moment, facts, dice.Between(3, 5)).Select((sentence, index) => $"{index + 1}. {sentence}");
        return string.Join('\n', [Fill(deck.Draw("note/minutesHead", had, null), facts), .. points, Fill(deck.Draw("note/minutesNext", had, null), facts)]);
    }

    private string Mail(Moment moment, MomentFacts facts)
    {
        var (side, greet, last, sign) = moment.Direction == "Inbound" ? ("in", "greetIn", "lastIn", "signIn") : ("out", "greet", "last", "sign");
        var first = deck.Draw($"mail/{moment.Beat}/{side}", had, null);
        var paragraphs = new List<string> { first };
        if (dice.Chance(35) && deck.Size($"mail/{moment.Beat}/{side}") > 1)
        {
            paragraphs.Add(deck.Draw($"mail/{moment.Beat}/{side}", had, null));
        }

        if (cast.Account.MixesEnglish && dice.Chance(MixedShare))
        {
            paragraphs.Add(deck.Draw($"mail/mix/{side}", had, null));
        }

        if (dice.Chance(70))
        {
            paragraphs.Add(deck.Draw($"mail/{last}", had, null));
        }

        var body = string.Join("\n\n", paragraphs.Distinct().Select(paragraph => Fill(paragraph, facts)));
        return $"{PhraseFill.Fill(dice.Of(deck.All($"mail/{greet}")), facts.Of, dice)}\n\n{body}\n\n{PhraseFill.Fill(dice.Of(deck.All($"mail/{sign}")), facts.Of, dice)}";
    }

    private (string Text, char? Opener) Chat(Moment moment, MomentFacts facts)
    {
        var exchanges = new List<string>();
        if (dice.Chance(60))
        {
            exchanges.Add(dice.Of(deck.All("chat/open")));
        }

        // Refusals and decisions are not told twice in one talk.
        var most = moment.Beat switch { "quiet" or "plan" => 1, "won" or "lost" or "frozen" => 2, _ => 4 };
        var count = Math.Min(most, dice.Of([(1, 35), (2, 35), (3, 20), (4, 10)]));
        var drawn = Enumerable.Range(0, count).Select(_ => Draw("chat", moment)).Distinct().ToList();
        if (cast.Account.MixesEnglish && dice.Chance(MixedShare))
        {
            drawn.Add(deck.Draw("chat/mix", had, null));
        }

        exchanges.AddRange(deck.InStoryOrder(drawn));
        if (dice.Chance(55))
        {
            exchanges.Add(dice.Of(deck.All("chat/close")));
        }

        var turns = string.Join('\n', exchanges);
        return (ThreadText.Of(Fill(turns, facts), moment.At, moment.Contact.Name, facts.Of("rep"), english, dice), turns[0]);
    }

    private static InteractionOutcome StillOutcome(string text) => text switch
    {
        _ when Has(text, "取消", "暂停", "架构", "调岗", "ancelled", "aused", "eorg") => InteractionOutcome.Cancelled,
        _ when Has(text, "改", "再约", "顺延", "再说", "escheduled", "moved", "Travelling") => InteractionOutcome.Rescheduled,
        _ => InteractionOutcome.NoAnswer,
    };

    private static bool Has(string text, params string[] words) => words.Any(word => text.Contains(word, StringComparison.Ordinal));

    private int? Duration(InteractionType type, string beat) => type switch
    {
        InteractionType.Call when beat != "quiet" => dice.Between(150, 2100),
        InteractionType.Meeting => dice.Between(6, 24) * 300,
        InteractionType.Demo => dice.Between(8, 18) * 300,
        _ => null,
    };

    private string Named(string beat) => $"{cast.Account.Short}-{(english ? beat : beat == "quote" ? "报价单" : "样件测试报告")}.pdf";

    private DemoAttachment[] Files(Moment moment) => (moment.Beat, moment.Form) switch
    {
        ("quote" or "trial", "mail") when dice.Chance(40) => [DemoFiles.Of("pdf", Named(moment.Beat), $"{cast.Account.Key} {moment.Beat}")],
        ("trial" or "deliver", "minutes") when dice.Chance(40) => [DemoFiles.Of("png", english ? "detection chart.png" : "检出分布.png", cast.Account.Key)],
        ("fixed" or "discover", "mail") when dice.Chance(25) => [DemoFiles.Of("txt", english ? "open points.txt" : "待办清单.txt", $"{cast.Account.Name}\n{moment.At:yyyy-MM-dd}")],
        _ => [],
    };
}
