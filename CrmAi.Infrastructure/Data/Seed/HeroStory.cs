using System.Globalization;
using CrmAi.Domain.Interactions;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Puts the hand-written timelines on the calendar.</summary>
internal static class HeroStory
{
    private static readonly TimeSpan LastTalk = TimeSpan.FromMinutes(35);

    public static IEnumerable<DemoInteraction> Tell(HeroText hero, Cast cast, DateTimeOffset now, Dice dice)
    {
        var last = DateTimeOffset.MinValue;
        var number = 0;
        foreach (var moment in hero.Timeline)
        {
            var at = At(moment, now);
            last = at > last ? at : last.AddMinutes(55);
            yield return Interaction(hero, cast, moment, $"{hero.Key}-{++number:D2}", last, dice);
        }
    }

    private static DateTimeOffset At(HeroMoment moment, DateTimeOffset now)
    {
        if (moment.Time == "now")
        {
            // Just after midnight the talk was at its start: today it has to be.
            var talk = DemoCalendar.Local(now) - LastTalk;
            return talk < DemoCalendar.Midnight(now) ? DemoCalendar.Midnight(now) : talk.AddSeconds(-talk.Second);
        }

        var day = DemoCalendar.Midnight(now).AddDays(-moment.Ago);
        return (moment.Ago < 0 ? DemoCalendar.NextWorkday(day) : DemoCalendar.Workday(day)) + TimeSpan.ParseExact(moment.Time, "hh\\:mm", CultureInfo.InvariantCulture);
    }

    private static DemoInteraction Interaction(HeroText hero, Cast cast, HeroMoment moment, string key, DateTimeOffset at, Dice dice)
    {
        var english = cast.Account.Language == "en";
        return new DemoInteraction
        {
            Key = key,
            AccountKey = hero.Account,
            ContactKey = hero.Key,
            UserKey = cast.Account.Owner,
            Type = Enum.Parse<InteractionType>(moment.Type),
            Direction = moment.Dir == "Inbound" ? InteractionDirection.Inbound : InteractionDirection.Outbound,
            Outcome = Enum.Parse<InteractionOutcome>(moment.Outcome ?? "Successful"),
            Sentiment = moment.Scheduled ? null : Enum.Parse<Sentiment>(moment.Mood),
            Subject = moment.Subject,
            Language = cast.Account.Language,
            At = at,
            Stage = StageAt(hero, moment),
            Content = ThreadText.IsThread(moment.Text) ? ThreadText.Plain(moment.Text, at, hero.Name, english, dice) : moment.Text,
            DurationSeconds = moment.Minutes * 60,
            Location = moment.Location,
            Address = moment.Address,
            Platform = moment.Platform,
            Participants = [.. moment.With.Select(who => who.Split('|')).Select(who => new Participant(who[0], who.ElementAtOrDefault(1), null, null))],
            NextSteps = moment.Next,
            Topics = moment.Topics,
            Transcript = moment.Transcript,
            Methodology = moment.Method,
            IsScheduled = moment.Scheduled,
            IsImportant = moment.Important,
            IsPrivate = moment.Private,
            IsArchived = moment.Archived,
            FollowUpAt = moment.FollowUp is { } days ? DemoCalendar.Midnight(at).AddDays(days).AddHours(10) : null,
            Attachments = [.. (moment.File is { } kind ? [(kind, moment.FileName!)] : moment.Files.Select(name => (name.Split('.')[^1], name)))
                .Select(file => DemoFiles.Of(file.Item1, file.Item2, $"{cast.Account.Name}\n{moment.Subject}"))],
        };
    }

    /// <summary>A deal that ended was open before its important day; an open one grows with its timeline.</summary>
    private static string StageAt(HeroText hero, HeroMoment moment)
    {
        var order = hero.Timeline.TakeWhile(other => other != moment).ToArray();
        return hero.Stage switch
        {
            "ClosedWon" => "ClosedWon",
            _ when order.Append(moment).Any(m => m.Outcome == "Failed") => hero.Stage,
            _ when order.Any(m => m.Outcome == "Objection") && hero.Stage == "Negotiation" => "Negotiation",
            _ when order.Append(moment).Any(m => m.Type == "Proposal") => "Proposal",
            _ when order.Length > 1 => "Qualification",
            _ => "Prospecting",
        };
    }
}
