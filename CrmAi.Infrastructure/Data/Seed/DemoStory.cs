namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>The invented team that a newcomer finds: 60 accounts, 400 contacts and 2,500 interactions up to now.</summary>
public static class DemoStory
{
    private const int InteractionCount = 2500;
    private const int ScheduledCount = 26;
    private const int Attempts = 12;

    private static readonly string[] Languages = ["zh", "en"];
    private static readonly string[] Objections = ["Price", "Timing", "Authority", "Need", "Trust", "Competitor", "Risk"];

    /// <summary>The same time and seed give the same story.</summary>
    public static DemoData Create(DateTimeOffset now, int seed = 7)
    {
        var casts = new DemoCast(now, Dice.For(seed, "cast")).Gather();
        var interactions = Interactions(casts, now, seed).OrderBy(i => i.At).ThenBy(i => i.Key, StringComparer.Ordinal).ToArray();
        var byAccount = interactions.ToLookup(i => i.AccountKey);
        var byContact = interactions.ToLookup(i => i.ContactKey);
        var dice = Dice.For(seed, "dates");

        return new DemoData(
            DemoStaff.Users,
            DemoStaff.Teams,
            [.. casts.Select(cast => StoryEnd.Account(cast, [.. byAccount[cast.Account.Key]], now))],
            [.. casts.SelectMany(cast => cast.People.Select(person => StoryEnd.Contact(person, cast, [.. byAccount[cast.Account.Key]], [.. byContact[person.Key]], now, dice)))],
            DemoStaff.Folders,
            DemoStaff.Tags,
            interactions);
    }

    private static IEnumerable<DemoInteraction> Interactions(IReadOnlyList<Cast> casts, DateTimeOffset now, int seed)
    {
        var dice = Dice.For(seed, "story");
        var decks = Languages.ToDictionary(language => language, language => new PhraseDeck(PhraseBook.For(language), dice));
        var texts = new HashSet<string>();

        var byKey = casts.ToDictionary(cast => cast.Account.Key);
        var heroes = DemoTexts.Heroes.SelectMany(hero => HeroStory.Tell(hero, byKey[hero.Account], now, dice)).ToArray();
        var ahead = casts.Where(cast => !cast.Account.IsLost).Take(ScheduledCount).ToHashSet();
        var counts = Shares.Of(InteractionCount - heroes.Length - ahead.Count, [.. casts.Select(cast => StoryPlan.Weight(cast.Account))]);

        var told = casts.Zip(counts).SelectMany((pair, index) =>
        {
            var (cast, count) = pair;
            string[] objections = cast.Account.HasHero ? ["Price", "Competitor"] : [Objections[index % Objections.Length], Objections[((index * 3) + 2) % Objections.Length]];
            var plan = new StoryPlan(cast, now, dice);
            var writer = new StoryWriter(cast, decks[cast.Account.Language], objections, dice);
            var moments = ahead.Contains(cast) ? plan.Past(count).Append(plan.Coming()) : plan.Past(count);
            return moments.Select((moment, number) => Distinct(writer, moment, $"{cast.Account.Key}-i{number + 1:D3}", texts)).ToArray();
        });
        return heroes.Concat(told);
    }

    private static DemoInteraction Distinct(StoryWriter writer, Moment moment, string key, HashSet<string> texts)
    {
        var interaction = writer.Write(moment, key);
        for (var attempt = 1; attempt < Attempts && !texts.Add(interaction.Content); attempt++)
        {
            interaction = writer.Write(moment, key);
        }

        texts.Add(interaction.Content);
        return interaction;
    }
}
