namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>One account, its people and what is at stake.</summary>
internal sealed record Cast(AccountText Account, IReadOnlyList<DemoContact> People, DealFacts Facts);

/// <summary>Fills the accounts with people: heroes and named colleagues first, then jobs in the order of their weight in a purchase.</summary>
internal sealed class DemoCast(DateTimeOffset now, Dice dice)
{
    private const int ChinesePeople = 340;
    private const int EnglishPeople = 60;

    private readonly DemoNames names = new(dice);

    public IReadOnlyList<Cast> Gather()
    {
        foreach (var known in DemoTexts.Heroes.Concat(DemoTexts.Accounts.SelectMany(a => a.People ?? [])))
        {
            names.Reserve(known.Name);
        }

        return [.. Casts("zh", ChinesePeople), .. Casts("en", EnglishPeople)];
    }

    private IEnumerable<Cast> Casts(string language, int people)
    {
        var accounts = DemoTexts.Accounts.Where(account => account.Language == language).ToArray();
        var counts = Shares.Of(people, [.. accounts.Select(a => a.Size switch { "Small" => 5, "Medium" => 6, "Large" => 8, _ => 9 })]);
        return accounts.Zip(counts, Fill);
    }

    private Cast Fill(AccountText account, int count)
    {
        var rival = account.Facts?.GetValueOrDefault("rival") ?? dice.Of(account.Language == "en" ? DemoTexts.People.RivalsEn : DemoTexts.People.Rivals);
        var maker = new ContactMaker(account, rival, names, dice);
        var people = DemoTexts.Heroes.Where(hero => hero.Account == account.Key).Select(maker.Hero).ToList();
        people.AddRange((account.People ?? []).Select((person, index) => maker.Named(person, index)));

        var jobs = DemoTexts.People.Jobs[account.Language == "en" ? "en" : DemoTexts.People.Jobs.ContainsKey(account.Industry) ? account.Industry : "default"];
        var open = jobs.Where(job => people.All(person => person.Part != job[0] || job[0] == "user"));
        people.AddRange(open.Concat(jobs.Where(job => job[0] == "user")).Take(count - people.Count).Select(maker.Holder).ToArray());
        return new Cast(account, people, new DealFacts(account, people, rival, now, dice));
    }
}
