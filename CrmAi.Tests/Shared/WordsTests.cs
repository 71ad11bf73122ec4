using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CrmAi.Tests.Shared;

/// <summary>Every word on the pages comes from the resources, in both languages, and nothing in them is left over.</summary>
public sealed partial class WordsTests
{
    // Keys put together at run time: by an enum's value, by a code, by the library's own names.
    private static readonly string[] Composed =
        ["palette.kind.", "duplicates.kind.", "duplicates.none.text.", "duplicates.score.tip.", "duplicates.not.", "duplicates.dismissed.", "duplicates.warning.", "ai.service.", "import.preset.", "palette.similar.", "error.", "export.column.", "export.format.", "radzen.", "fault.", "field.", "look.", "language.", "pane.", "insight.group.", "settings.password.", "signin.error.", "command.", "share.hint.", "profile.key.", "profile.interest.", "profile.topic.", "profile.why.", "profile.instead.", "profile.answer.", "profile.mitigate.", "standin.ai.", "score.factor.", "score.move.", "score.about.", "score.none.", "step.make.", "prompt.in.", "step.done.", "night.stop.", "night.state.", "script.kind.", "script.part.", "enrichment.source.", "namecard.field.", "namecard.origin.", "import.policy."];

    private static readonly string Root = FindRoot();

    private static readonly string Web = Path.Combine(Root, "CrmAi.Web");

    [Fact]
    public void Resources_BothLanguages_HaveTheSameKeysAndPlaces()
    {
        var (chinese, english) = (Read("Text.resx"), Read("Text.en.resx"));
        chinese.Keys.Except(english.Keys).ShouldBeEmpty();
        english.Keys.Except(chinese.Keys).ShouldBeEmpty();
        chinese.Where(p => string.IsNullOrWhiteSpace(p.Value) || string.IsNullOrWhiteSpace(english[p.Key])).ShouldBeEmpty();
        chinese.Where(p => !Places(p.Value).SetEquals(Places(english[p.Key]))).Select(p => p.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Keys_UsedInTheSource_Exist()
    {
        var keys = Read("Text.resx").Keys;
        var used = Sources().SelectMany(s => UsedKey().Matches(s.Text).Select(m => (s.File, Key: m.Groups["key"].Value))).Where(u => !u.Key.EndsWith('.'));
        used.Where(u => !keys.Contains(u.Key)).Select(u => $"{u.File}: {u.Key}").ShouldBeEmpty();
    }

    [Fact]
    public void Keys_InTheResources_AreUsed()
    {
        var sources = string.Join("\n", Sources().Select(s => s.Text));
        var enums = typeof(CrmAi.Domain.Shared.Result).Assembly.GetTypes().Concat(typeof(CrmAi.Web.Shared.Text).Assembly.GetTypes())
            .Where(t => t.IsEnum).SelectMany(t => Enum.GetNames(t).Select(n => $"{t.Name}.{n}")).ToHashSet();
        Read("Text.resx").Keys
            .Where(k => !sources.Contains($"\"{k}\"", StringComparison.Ordinal) && !enums.Contains(k) && !Composed.Any(p => k.StartsWith(p, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Refusals_AreAllPutIntoWords()
    {
        var keys = Read("Text.resx").Keys;
        var codes = ((string[])["CrmAi.Domain", "CrmAi.Infrastructure"]).SelectMany(project => Directory.EnumerateFiles(Path.Combine(Root, project), "*.cs", SearchOption.AllDirectories)).Where(Ours)
            .SelectMany(f => NewError().Matches(File.ReadAllText(f)).Select(m => m.Groups["code"].Value)).ToHashSet();
        codes.Count.ShouldBeGreaterThan(15);
        codes.Where(c => !keys.Contains("error." + c)).ShouldBeEmpty();
    }

    [Fact]
    public void ComponentLibrary_WordsThatWeGiveIt_AreItsOwnKeys()
    {
        var own = new System.Resources.ResourceManager("Radzen.Blazor.RadzenStrings", typeof(Radzen.DialogService).Assembly);
        Read("Text.resx").Keys.Where(k => k.StartsWith("radzen.", StringComparison.Ordinal) && own.GetString(k["radzen.".Length..], System.Globalization.CultureInfo.InvariantCulture) is null).ShouldBeEmpty();
    }

    [Fact]
    public void Pages_HaveNoWordsOfTheirOwn()
    {
        var found = from source in Sources()
                    where source.File.EndsWith(".razor", StringComparison.Ordinal)
                    let markup = Icon().Replace(Directive().Replace(RazorComment().Replace(source.Text.Split("@code {")[0], ""), ""), "")
                    from match in Chinese().Matches(markup).Concat(EnglishNode().Matches(markup))
                    select $"{source.File}: {match.Value.Trim()}";
        found.ShouldBeEmpty();
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Value)];

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(Web, "Shared", file)).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    private static IEnumerable<(string File, string Text)> Sources() =>
        Directory.EnumerateFiles(Web, "*.*", SearchOption.AllDirectories).Where(f => (f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal)) && Ours(f))
            .Select(f => (Path.GetRelativePath(Web, f), File.ReadAllText(f)));

    private static bool Ours(string file) => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CrmAi.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    // The icon font's names of its pictures, which no screen reader reads.
    [GeneratedRegex("""<i class="notranslate rzi[^>]*>[a-z0-9_]+</i>""")]
    private static partial Regex Icon();

    [GeneratedRegex("""(?:\bL|\bwords|\btext)\["(?<key>[^"]+)"\s*[\],]""")]
    private static partial Regex UsedKey();

    [GeneratedRegex("""new(?: Error)?\("(?<code>[a-z_]+(?:\.[a-z_]+)+|not_found|forbidden|conflict)", """)]
    private static partial Regex NewError();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex RazorComment();

    [GeneratedRegex(@"^@(inject|using|page|attribute|typeparam|inherits|implements|layout) .*$", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"[\u4E00-\u9FFF\u3000-\u303F]+")]
    private static partial Regex Chinese();

    // Words between a closing and an opening bracket on one line.
    [GeneratedRegex(@"(?<![=\-])>\s*[A-Za-z][A-Za-z ,.'!?]{2,}\s*<")]
    private static partial Regex EnglishNode();
}
