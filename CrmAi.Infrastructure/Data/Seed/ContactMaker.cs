namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Makes the people of one account.</summary>
internal sealed class ContactMaker(AccountText account, string rival, DemoNames names, Dice dice)
{
    private static readonly string[] Sources = ["Referral", "Cold", "Inbound", "Event", "CardScan", "Import", "WebForm", "Campaign"];
    private static readonly PeopleText Pool = DemoTexts.People;

    private readonly bool english = account.Language == "en";

    public DemoContact Hero(HeroText hero) => Plain(hero.Key, hero) with
    {
        Stage = hero.Stage,
        Priority = hero.Priority,
        Rating = hero.Rating,
        Lifecycle = hero.Lifecycle,
        Source = hero.Source,
        IsDecisionMaker = hero.DecisionMaker,
        BudgetAuthority = hero.Authority,
        Budget = hero.Budget,
        DecisionProcess = hero.Process,
        CurrentSolutions = hero.Solutions,
        Competitors = hero.Competitors,
        BirthYear = hero.BirthYear,
        Education = hero.Education,
        Interests = hero.Interests,
        Notes = hero.Notes,
        TagKeys = [$"industry-{account.Industry}", hero.Stage == "ClosedWon" ? "renewal" : "champion"],
    };

    public DemoContact Named(PersonText person, int index) => Plain($"{account.Key}-{person.Role}-{index}", person);

    /// <param name="job">Part, title, department, seniority.</param>
    public DemoContact Holder(string[] job, int index)
    {
        var name = names.Next(account.Language);
        var title = PhraseFill.Fill(job[1], slot => slot, dice);
        return Plain($"{account.Key}-{index + 1:D2}", new PersonText(name.Name, name.Latin, job[0], title, job[2], job[3], name.Gender));
    }

    private DemoContact Plain(string key, PersonText person)
    {
        var source = dice.Of(Sources);
        var isBoss = person.Role == "boss";
        return new DemoContact
        {
            Key = key,
            AccountKey = account.Key,
            OwnerKey = account.Owner,
            Name = person.Name,
            Language = account.Language,
            Title = person.Title,
            Department = person.Dept,
            Seniority = person.Level,
            Part = person.Role,
            Mobile = names.Mobile(account),
            Phone = dice.Chance(45) ? names.Landline(account) : null,
            Email = names.Email(person.Latin, account.Key),
            WeChat = english && dice.Chance(70) ? null : names.WeChat(person.Latin),
            SocialProfiles = Profiles(person),
            Priority = Priority(person.Role),
            Rating = Rating(),
            Lifecycle = Lifecycle(),
            Source = source,
            Stage = account.Stage,
            IsDecisionMaker = isBoss,
            BudgetAuthority = (person.Role, person.Level) switch { ("boss", _) => "Full", (_, "VicePresident" or "Director") => "Significant", ("buyer" or "tech", _) => "Limited", _ => "None" },
            Budget = null,
            DecisionProcess = isBoss || dice.Chance(30) ? dice.Of(english ? Pool.ProcessesEn : Pool.Processes) : null,
            CurrentSolutions = dice.Chance(60) ? [dice.Of(english ? Pool.SolutionsEn : Pool.Solutions)] : [],
            Competitors = dice.Chance(55) ? [rival] : [],
            FolderKey = dice.Chance(85) ? DemoStaff.FolderFor(account.Owner, account, source, dice) : null,
            TagKeys = Tags(person.Role),
            Gender = person.Gender,
            BirthYear = dice.Chance(65) ? Born(person.Level) : null,
            City = account.City,
            Education = dice.Chance(50) ? dice.Of(english ? Pool.SchoolsEn : Pool.Schools) : null,
            Interests = [.. dice.Shuffled(english ? Pool.InterestsEn : Pool.Interests).Take(dice.Below(3))],
            Notes = dice.Chance(50) ? Note(person.Dept) : null,
            CreatedAt = default,
        };
    }

    private string Note(string department) => PhraseFill.Fill(
        dice.Of(english ? Pool.NotesEn : Pool.Notes), slot => slot == "rival" ? rival : department, dice);

    private Dictionary<string, string> Profiles(PersonText person)
    {
        var handle = person.Latin.Replace(' ', '-');
        var profiles = new Dictionary<string, string>();
        if (english || dice.Chance(15))
        {
            profiles["LinkedIn"] = $"https://linkedin.example/in/{handle}-{account.Key}";
        }
        else if (dice.Chance(25))
        {
            profiles[dice.Chance(60) ? "\u8109\u8109" : "\u5FAE\u535A"] = $"https://social.example/{handle}-{account.Key}";
        }

        return profiles;
    }

    private string Priority(string part) => (account.IsLost, part) switch
    {
        (true, _) => "Low",
        (_, "boss" or "champion") when account.Class == "A" => "High",
        (_, "user" or "it") => dice.Chance(70) ? "Low" : "Medium",
        _ => "Medium",
    };

    private string Rating() => account.Stage switch
    {
        "Negotiation" or "Proposal" => dice.Chance(70) ? "Hot" : "Warm",
        "ClosedLost" => "Cold",
        _ => dice.Chance(60) ? "Warm" : "Cold",
    };

    private string Lifecycle() => account.Fate switch
    {
        "won" or "renewing" => dice.Chance(4) ? "Partner" : "Customer",
        "lost" or "frozen" or "open:Prospecting" => "Lead",
        _ => "Prospect",
    };

    private string[] Tags(string part)
    {
        var more = new List<string> { $"industry-{account.Industry}" };
        if (part == "buyer" && dice.Chance(50))
        {
            more.Add("price");
        }
        else if (dice.Chance(40))
        {
            more.Add((account.Fate, part) switch
            {
                ("won" or "renewing", _) => dice.Chance(50) ? "renewal" : "reference",
                ("lost" or "frozen", _) => dice.Chance(50) ? "rival" : "nurture",
                (_, "champion") => "champion",
                (_, "tech" or "it") => dice.Chance(50) ? "technical" : "trial",
                (_, "buyer") => "contract",
                _ => "urgent",
            });
        }

        return [.. more];
    }

    private int Born(string level) => level switch
    {
        "CLevel" or "VicePresident" => dice.Between(1964, 1979),
        "Director" => dice.Between(1970, 1985),
        "Manager" => dice.Between(1975, 1992),
        "Senior" => dice.Between(1984, 1997),
        _ => dice.Between(1988, 2003),
    };
}
