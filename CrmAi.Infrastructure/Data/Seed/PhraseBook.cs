using System.Text.Json.Nodes;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>All phrases of one language by path, as "note/trial" or "mail/quote/in".</summary>
internal sealed class PhraseBook
{
    public static PhraseBook Chinese { get; } = new("zh");
    public static PhraseBook English { get; } = new("en");

    private readonly Dictionary<string, string[]> phrases = [];
    private readonly Dictionary<string, int> places = [];

    private PhraseBook(string language)
    {
        foreach (var (kind, file) in new[] { ("note", "notes"), ("chat", "chats"), ("mail", "mails") })
        {
            Gather(kind, DemoTexts.Read<JsonObject>($"{file}-{language}"));
        }
    }

    public static PhraseBook For(string language) => language == "en" ? English : Chinese;

    public IEnumerable<string> Groups => phrases.Keys;

    public IReadOnlyList<string> this[string group] => phrases[group];

    /// <summary>Where the phrase stands in its file.</summary>
    public int PlaceOf(string phrase) => places[phrase];

    /// <summary>Phrases that a person reads as one sentence or exchange.</summary>
    public int Count => phrases.Values.Sum(group => group.Length);

    private void Gather(string path, JsonNode node)
    {
        if (node is JsonArray lines)
        {
            phrases[path] = [.. lines.Select(line => line!.GetValue<string>())];
            foreach (var phrase in phrases[path])
            {
                places[phrase] = places.Count;
            }

            return;
        }

        foreach (var (name, child) in node.AsObject())
        {
            Gather($"{path}/{name}", child!);
        }
    }
}
