using System.Globalization;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>The account's facts as this person says them at this time.</summary>
internal sealed class MomentFacts
{
    private readonly Cast cast;
    private readonly Moment moment;
    private readonly Dice dice;
    private readonly bool english;
    private readonly DateTimeOffset followUp;
    private readonly Dictionary<string, string> said = [];

    public MomentFacts(Cast cast, Moment moment, Dice dice)
    {
        (this.cast, this.moment, this.dice) = (cast, moment, dice);
        english = cast.Account.Language == "en";
        followUp = DemoCalendar.Workday(DemoCalendar.Midnight(moment.At).AddDays(dice.Between(3, 12))).AddHours(dice.Between(9, 17));
    }

    /// <summary>The day the text spoke of, null where it spoke of none.</summary>
    public DateTimeOffset? FollowUp { get; private set; }

    public string Of(string slot)
    {
        if (slot == "fu")
        {
            FollowUp = followUp;
        }

        // A show or a version named twice in one text is the same one; only loose counts may differ.
        if (slot == "k" || !said.TryGetValue(slot, out var word))
        {
            said[slot] = word = Find(slot);
        }

        return word;
    }

    private string Find(string slot)
    {
        switch (slot)
        {
            case "fu": return DemoCalendar.Said(followUp, moment.At, cast.Account.Language);
            case "expiry": return DemoCalendar.Said(cast.Facts.ServiceEndsAt, moment.At, cast.Account.Language);
            case "daypart": return Daypart();
            case "c": return DealFacts.Called(moment.Contact);
            case "cn": return moment.Contact.Name;
            case "ctitle": return moment.Contact.Title;
            case "dept": return moment.Contact.Department;
            case "boss": return Called(cast.Facts.Boss);
            case "tech": return Called(cast.Facts.Tech);
            case "buyer": return Called(cast.Facts.Buyer);
            case "k": return dice.Between(2, 9).ToString(CultureInfo.InvariantCulture);
            case "ver": return string.Create(CultureInfo.InvariantCulture, $"{1 + (int)(moment.Progress * 3)}.{dice.Below(6)}");
            case "hall": return dice.Of(english ? DemoTexts.People.HallsEn : DemoTexts.People.Halls);
            case "interest": return dice.Of(moment.Contact.Interests.Count > 0 ? moment.Contact.Interests : english ? DemoTexts.People.InterestsEn : DemoTexts.People.Interests);
            case "quarter": return Quarter();
            case "ref": return Neighbour().Short;
            default: return cast.Facts[slot];
        }
    }

    private string Daypart() => moment.At.Hour switch
    {
        < 12 => english ? "Morning" : "上午好",
        < 18 => english ? "Afternoon" : "下午好",
        _ => english ? "Evening" : "晚上好",
    };

    private string Quarter()
    {
        var coming = moment.At.AddMonths(3);
        var number = (coming.Month + 2) / 3;
        return english ? $"Q{number}" : $"{"一二三四"[number - 1]}季度";
    }

    /// <summary>Another account of the language, of the same trade where there is one: whom they would know.</summary>
    private AccountText Neighbour()
    {
        var others = DemoTexts.Accounts.Where(a => a.Language == cast.Account.Language && a.Key != cast.Account.Key).ToArray();
        var same = others.Where(a => a.Industry == cast.Account.Industry).ToArray();
        return dice.Of(same.Length > 0 ? same : others);
    }

    private string Called((DemoContact? Who, string Else) part) =>
        part.Who is null || part.Who.Key == moment.Contact.Key ? part.Else : DealFacts.Called(part.Who);
}
