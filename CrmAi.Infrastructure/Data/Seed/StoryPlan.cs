using System.Globalization;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Something that is about to be told: when, with whom, in which form.</summary>
/// <param name="Progress">0 to 1, how far its beat has come.</param>
internal sealed record Moment(
    string Beat, string Stage, DateTimeOffset At, string Type, string Direction, string Form, DemoContact Contact, double Progress)
{
    public BeatText Rules => DemoTexts.Arcs.Beats[Beat];
}

/// <summary>Lays an account's beats out in time and hands each to the people who take part in it.</summary>
internal sealed class StoryPlan(Cast cast, DateTimeOffset now, Dice dice)
{
    private readonly FateText fate = DemoTexts.Arcs.Fates[cast.Account.Fate];

    // A hand-written timeline alone says what its hero and the boss did, and what was bargained.
    private readonly bool byHand = cast.Account.HasHero;
    private readonly DemoContact[] people = [.. cast.People.Where(person => !cast.Account.HasHero || person.Part is not ("champion" or "boss"))];

    /// <summary>How many interactions an account's story is worth beside the others'. A hero's account is told by the hero.</summary>
    public static int Weight(AccountText account)
    {
        var weight = DemoTexts.Arcs.Fates[account.Fate].Weight * (account.Class == "A" ? 11 : 10);
        return account.HasHero ? weight * 2 / 5 : weight;
    }

    public IEnumerable<Moment> Past(int count)
    {
        var beats = fate.Beats.Select(beat => beat.Split(' ')).Select(beat => (Name: beat[0], Weight: int.Parse(beat[1], CultureInfo.InvariantCulture)))
            .Where(beat => !byHand || beat.Name != "haggle").ToArray();
        var counts = Shares.Of(count, [.. beats.Select(beat => beat.Weight)]);
        var names = beats.Zip(counts).SelectMany(b => Enumerable.Range(0, b.Second).Select(i => (b.First.Name, Progress: (i + 0.5) / b.Second))).ToArray();
        var days = Days(names.Length);
        var stage = "Prospecting";
        var last = DateTimeOffset.MinValue;
        for (var index = 0; index < names.Length; index++)
        {
            var beat = DemoTexts.Arcs.Beats[names[index].Name];
            stage = beat.Stage ?? stage;
            var moment = Cut(names[index].Name, stage, names[index].Progress);
            last = After(last, days[index] + DemoCalendar.Hour(moment.Form == "chat", dice));
            yield return moment with { At = last };
        }
    }

    public Moment Coming()
    {
        var day = DemoCalendar.Workday(DemoCalendar.Midnight(now).AddDays(dice.Between(3, 13)));
        return Cut("plan", cast.Account.Stage, 0) with { At = day.AddMinutes(dice.Between(18, 33) * 30) };
    }

    private Moment Cut(string name, string stage, double progress)
    {
        var beat = DemoTexts.Arcs.Beats[name];
        var shape = dice.Of([.. beat.Shapes.Select(s => s.Split(' ')).Select(s => (s, int.Parse(s[3], CultureInfo.InvariantCulture)))]);

        // Abroad nobody chats on WeChat; the same exchange comes as text messages there.
        var type = shape[0] == "WeChat" && cast.Account.Language == "en" && dice.Chance(75) ? "Message" : shape[0];
        var part = dice.Of(PhraseFill.Weighted(beat.Who));
        var candidates = people.Where(person => person.Part == part || (part == "user" && person.Part == "it")).ToArray();
        return new Moment(name, stage, default, type, shape[1], shape[2], candidates.Length > 0 ? dice.Of(candidates) : dice.Of(people), progress);
    }

    /// <summary>One working day for each moment, ascending, gaps uneven as in life.</summary>
    private DateTimeOffset[] Days(int count)
    {
        var start = cast.Account.Span?[0] ?? dice.Between(fate.StartDaysAgo[0], fate.StartDaysAgo[1]);
        var end = cast.Account.Span?[1] ?? dice.Between(fate.EndDaysAgo[0], fate.EndDaysAgo[1]);
        var gaps = Enumerable.Range(0, count).Select(_ => dice.Chance(30) ? dice.Between(12, 30) : dice.Between(1, 10)).ToArray();
        var whole = Math.Max(1, gaps.Skip(1).Sum());
        var gone = 0;
        var days = new DateTimeOffset[count];
        for (var index = 0; index < count; index++)
        {
            gone += index == 0 ? 0 : gaps[index];
            days[index] = DemoCalendar.Workday(DemoCalendar.Midnight(now).AddDays(-start + ((start - end) * gone / whole)));
        }

        return days;
    }

    private DateTimeOffset After(DateTimeOffset last, DateTimeOffset at) =>
        at > last.AddMinutes(20) ? at : last.AddMinutes(dice.Between(25, 70));
}
