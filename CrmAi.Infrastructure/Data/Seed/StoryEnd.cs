using System.Globalization;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Completes accounts and contacts with what follows from their told story: dates, deals, next steps.</summary>
internal static class StoryEnd
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(600);

    public static DemoAccount Account(Cast cast, DemoInteraction[] told, DateTimeOffset now)
    {
        var account = cast.Account;
        var english = account.Language == "en";
        var past = told.Where(i => !i.IsScheduled).ToArray();
        var closed = past.FirstOrDefault(i => i.Stage.StartsWith("Closed", StringComparison.Ordinal))?.At;
        var primary = cast.People.FirstOrDefault(p => p.Part == "champion") ?? cast.People[0];
        var staff = Staff(account);
        return new DemoAccount
        {
            Key = account.Key,
            Name = account.Name,
            ShortName = account.Short,
            Language = account.Language,
            Industry = DemoTexts.Industries[account.Industry][account.Language].Name,
            City = account.City,
            Address = account.Address,
            Size = account.Size,
            Class = account.Class,
            CreditRating = account.Credit,
            Website = $"https://www.{account.Key}.example",
            Description = account.Desc,
            Lifecycle = account.Fate switch { "won" or "renewing" => "Customer", "lost" or "frozen" or "open:Prospecting" => "Lead", _ => "Prospect" },
            OwnerKey = account.Owner,
            CreatedAt = Earlier(past[0].At, 5, now),
            PrimaryContactKey = primary.Key,
            Phone = Phone(account),
            Employees = staff,
            RevenueMinor = staff * (english ? 90_000_00L : 620_000_00L) / 1_000_000_00 * 1_000_000_00,
            Currency = cast.Facts.Currency,
            Deal = new DemoDeal(
                english ? $"{account.Short}: {cast.Facts["n"]} {cast.Facts["prod"]}" : $"{account.Short}{cast.Facts["n"]}套{cast.Facts["prod"]}",
                account.Stage, cast.Facts.AmountMinor, cast.Facts.Currency, Probability(account.Stage), past[0].At,
                closed ?? DemoCalendar.Workday(DemoCalendar.Midnight(now).AddDays(account.Stage == "Negotiation" ? 20 : 75)), closed,
                cast.Facts["rival"], cast.Facts["pain"]),
        };
    }

    public static DemoContact Contact(DemoContact person, Cast cast, DemoInteraction[] account, DemoInteraction[] own, DateTimeOffset now, Dice dice)
    {
        var past = own.Where(i => !i.IsScheduled).ToArray();
        var first = past.Length > 0 ? past[0].At : account[dice.Below(account.Length / 2)].At;
        var next = own.FirstOrDefault(i => i.IsScheduled && i.At > now)?.At ?? past.LastOrDefault()?.FollowUpAt;
        var late = next is null && !cast.Account.IsLost && dice.Chance(35) ? DemoCalendar.Workday(DemoCalendar.Midnight(now).AddDays(dice.Between(-6, 18))).AddHours(dice.Between(9, 17)) : next;
        return person with
        {
            CreatedAt = Earlier(first, dice.Between(0, 12), now),
            NextFollowUpAt = late > now.AddDays(-14) ? late : null,
            Budget = person.Budget ?? (person.BudgetAuthority is "Full" or "Significant" && cast.Account.Stage != "Prospecting" ? cast.Facts["budget"] : null),
        };
    }

    // By size, the same each time; where the description speaks of a number, that one.
    private static int Staff(AccountText account)
    {
        var (least, span) = account.Size switch { "Small" => (36, 60), "Medium" => (150, 300), "Large" => (640, 1_800), _ => (3_000, 6_000) };
        return account.Facts?.GetValueOrDefault("staff") is { } said ? int.Parse(said, CultureInfo.InvariantCulture) : (least + (account.Key.Sum(c => c) * 41 % span)) / 10 * 10;
    }

    // Numbers kept free for stories.
    private static string? Phone(AccountText account)
    {
        var number = account.Key.Sum(c => c) * 13 % 1_000;
        return account.Language == "en" ? DemoTexts.People.AmericanCities.Contains(account.City) ? null : FormattableString.Invariant($"+44 20 7946 0{number:D3}")
            : FormattableString.Invariant($"{DemoTexts.People.AreaCodes[account.City]}-5550 7{number:D3}");
    }

    private static DateTimeOffset Earlier(DateTimeOffset at, int days, DateTimeOffset now)
    {
        var made = at.AddDays(-days).AddMinutes(-15);
        return made < now - Longest ? now - Longest : made;
    }

    private static double Probability(string stage) => stage switch
    {
        "Prospecting" => 0.1,
        "Qualification" => 0.25,
        "Proposal" => 0.45,
        "Negotiation" => 0.7,
        "ClosedWon" => 1,
        _ => 0,
    };
}
