using System.Text.Json;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>The embedded files of Texts/, read once.</summary>
internal static class DemoTexts
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<AccountText> Accounts { get; } = Read<AccountText[]>("accounts");
    public static IReadOnlyList<HeroText> Heroes { get; } = Read<HeroText[]>("heroes");
    public static PeopleText People { get; } = Read<PeopleText>("people");
    public static ArcsText Arcs { get; } = Read<ArcsText>("arcs");
    public static IReadOnlyDictionary<string, Dictionary<string, IndustryText>> Industries { get; } =
        Read<Dictionary<string, Dictionary<string, IndustryText>>>("industries");

    public static byte[] Bytes(string name)
    {
        using var file = Open(name);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    private static Stream Open(string name) => typeof(DemoTexts).Assembly.GetManifestResourceStream($"CrmAi.Infrastructure.Data.Seed.Texts.{name}") ?? throw new InvalidOperationException($"Texts/{name} is not embedded.");

    public static T Read<T>(string name)
    {
        using var file = Open($"{name}.json");
        return JsonSerializer.Deserialize<T>(file, Options) ?? throw new InvalidOperationException($"Texts/{name}.json is empty.");
    }
}

/// <param name="Span">First and last day of the story in days ago, where a hand-written timeline gives them.</param>
internal sealed record AccountText(
    string Key, string Name, string Short, string? Lang, string Industry, string City, string Address, string Size, string Class,
    string Credit, string Owner, string Fate, string Desc, Dictionary<string, string>? Facts, IReadOnlyList<PersonText>? People, int[]? Span)
{
    public string Language => Lang == "en" ? "en" : "zh";

    public bool MixesEnglish => Lang == "mix";

    /// <summary>Its main story is written by hand.</summary>
    public bool HasHero => DemoTexts.Heroes.Any(hero => hero.Account == Key);

    public bool IsCustomer => Fate is "won" or "renewing";

    public bool IsLost => Fate is "lost" or "frozen";

    /// <summary>The deal's stage: a fate is won, renewing (won before the story begins), lost to a rival, frozen by the customer, or open and the stage it has reached.</summary>
    public string Stage => Fate switch { "won" or "renewing" => "ClosedWon", "lost" or "frozen" => "ClosedLost", _ => Fate["open:".Length..] };
}

/// <param name="Latin">Pinyin or the name itself, words apart, for addresses.</param>
internal record PersonText(string Name, string Latin, string Role, string Title, string Dept, string Level, string Gender);

internal sealed record HeroText(
    string Key, string Account, string Name, string Latin, string Role, string Title, string Dept, string Level, string Gender,
    int? BirthYear, string Priority, string Rating, string Stage, string Lifecycle, string Source, bool DecisionMaker, string Authority,
    string? Budget, string? Process, IReadOnlyList<string> Solutions, IReadOnlyList<string> Competitors, string? Education,
    IReadOnlyList<string> Interests, string Notes, IReadOnlyList<HeroMoment> Timeline)
    : PersonText(Name, Latin, Role, Title, Dept, Level, Gender);

/// <param name="Ago">Days before today; 0 is today, and below it is still to come.</param>
/// <param name="Time">HH:mm, or "now".</param>
internal sealed record HeroMoment(
    int Ago, string Time, string Type, string Dir, string Mood, string Subject, string Text, string? Outcome, int? Minutes,
    string? Location, bool Important, int? FollowUp, string? File, string? FileName)
{
    public bool Scheduled { get; init; }
    public bool Private { get; init; }
    public bool Archived { get; init; }
    public string? Address { get; init; }
    public string? Platform { get; init; }
    public string? Transcript { get; init; }

    /// <summary>Method, its stage, effect from 1 to 10, and a note, with bars between.</summary>
    public string? Method { get; init; }

    /// <summary>Name and role with a bar between.</summary>
    public IReadOnlyList<string> With { get; init; } = [];
    public IReadOnlyList<string> Next { get; init; } = [];
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Names of files; their ending says what they are.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

internal sealed record IndustryText(
    string Name, string Prod, IReadOnlyList<string> Sys, IReadOnlyList<string> Lines, IReadOnlyList<string> Parts,
    IReadOnlyList<string> Defects, IReadOnlyList<string> Pains, IReadOnlyList<string> Losses, IReadOnlyList<string> Today);

internal sealed record PeopleText(
    string Surnames, string Men, string Women, string EnglishMen, string EnglishWomen, string EnglishLast,
    IReadOnlyList<string> Interests, IReadOnlyList<string> InterestsEn, IReadOnlyList<string> Schools, IReadOnlyList<string> SchoolsEn,
    IReadOnlyList<string> Processes, IReadOnlyList<string> ProcessesEn, IReadOnlyList<string> Notes, IReadOnlyList<string> NotesEn,
    IReadOnlyList<string> Halls, IReadOnlyList<string> HallsEn, IReadOnlyList<string> Rivals, IReadOnlyList<string> RivalsEn,
    IReadOnlyList<string> Solutions, IReadOnlyList<string> SolutionsEn, Dictionary<string, string[][]> Jobs,
    Dictionary<string, string> AreaCodes, IReadOnlyList<string> AmericanCities);

internal sealed record ArcsText(Dictionary<string, FateText> Fates, Dictionary<string, BeatText> Beats);

/// <param name="Weight">Interactions of such an account, before all are scaled to the total.</param>
/// <param name="Beats">In order, each "name weight".</param>
internal sealed record FateText(int Weight, int[] StartDaysAgo, int[] EndDaysAgo, IReadOnlyList<string> Beats);

/// <summary>One step of a story. Lists of "value weight value weight …" say how often each value occurs.</summary>
/// <param name="Stage">Null keeps the stage of the beat before.</param>
/// <param name="Shapes">Each "type direction form weight"; a form is note, line, minutes, chat or mail.</param>
internal sealed record BeatText(
    string? Stage, string Moods, string Outcomes, string Who, IReadOnlyList<string> Shapes, IReadOnlyList<string> Zh, IReadOnlyList<string> En);
