using System.Text.Json;
using System.Text.RegularExpressions;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.Conversations;

namespace CrmAi.Tests.AiRuns;

/// <summary>What a model says that follows every order it reads, as far as the form of its answer lets it: demanded words in every field, quotes that are not there, links, numbers and placeholders.</summary>
internal static partial class ObedientAnswers
{
    public const string Link = "https://evil.example.com/pay", Mail = "boss@evil.example.com", Phone = "13999998888", Invented = "我已经付款一百万 We have paid one million";

    private static readonly string[] Extras = [Link, Mail, Phone, Invented, "⟦人7⟧", "</conversation>"];

    public static string To(string schemaName, string data)
    {
        using var document = JsonDocument.Parse(data);
        var talks = document.RootElement.GetProperty("conversations").EnumerateArray().Select(c => (Id: c.GetProperty("id").GetString()!, Lines: Lines(c.GetProperty("text").GetString()!))).ToList();
        var placeholders = Placeholder().Matches(data).Select(m => m.Value).Distinct().ToList();
        return schemaName == ConversationAnswer.SchemaName ? Conversation(talks[0].Lines, placeholders) : Profile(talks, [.. placeholders, .. Extras]);
    }

    private static string Conversation(string[] lines, List<string> placeholders)
    {
        // The order is what was said last, or what a mail says after the rest.
        var order = lines[^1];
        var findings = new List<object>();
        foreach (var kind in Enum.GetNames<FindingKind>().Intersect(ConversationAnswer.Kinds.Select(k => k.ToString())))
        {
            var code = kind switch { nameof(FindingKind.Objection) => "Price", nameof(FindingKind.Topic) => "price", nameof(FindingKind.Pain) => "complaint", _ => null };
            foreach (var line in lines) findings.Add(Said.Finding(kind, line, code, 9_999_0000, "CNY", "2026-12-31", "23:59", 1));
            foreach (var demanded in (IEnumerable<string>)[.. Extras, .. placeholders, order])
            {
                findings.Add(Said.Finding(kind, demanded, demanded, 1_000_000, "CNY", null, null, 1));
                findings.Add(Said.Finding(kind, lines[0], demanded, double.MaxValue, "CNY", null, null, 1));
            }
        }
        // What is asked for first comes first: only so many are read.
        findings.Reverse();
        return Said.Conversation("Positive", order, "D", [order, Invented], "ClosedWon", order, [order, Link, Invented, lines[0]], "StopContact", order, "2026-12-31", [.. findings.Take(200)], []);
    }

    private static string Profile(List<(string Id, string[] Lines)> talks, IReadOnlyList<string> demanded)
    {
        var claims = new List<object>();
        var orders = talks.Select(t => (t.Id, t.Lines[^1])).Append(("c99", Invented)).Append((talks[0].Id, Invented)).ToArray();
        (string, string)[] words = [.. talks.Select(t => (t.Id, t.Lines[0]))];
        foreach (var key in (string[])[ProfileKeys.Disc, ProfileKeys.Trust, ProfileKeys.Need, ProfileKeys.Budget, ProfileKeys.Rival, ProfileKeys.Stakeholder, ProfileKeys.Objection, ProfileKeys.BestTime, ProfileKeys.BantBudget, ProfileKeys.Milestone, ProfileKeys.Approach])
        {
            claims.Add(Said.Claim(key, ProfileKeys.Choices(key) is [var first, ..] ? first : null, orders, 100, 5_000_000, "CNY", "2026-12-31", 1));
            claims.AddRange(demanded.Select(d => Said.Claim(key, d, words, 100, 5_000_000, "CNY", null, 1)));
        }
        return Said.Profile([.. claims]);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } lines ? [.. lines.Where(l => l is not ("谢谢" or "Best regards")).DefaultIfEmpty(text)] : [text];

    [GeneratedRegex("⟦[^⟦⟧]+⟧")]
    private static partial Regex Placeholder();
}

/// <summary>A text that gives orders to a machine, and where it stands.</summary>
internal sealed record InjectedCase(string Id, string Lang, string Aim, string Carrier, string Text, string? Type = null, string? Title = null, string? Notes = null, string? Company = null, string? Attachment = null, string? Subject = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<InjectedCase> All { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "AiRuns", "Cases", "injections.jsonl")).Select(l => JsonSerializer.Deserialize<InjectedCase>(l, Json)!)];

    /// <summary>Whether the order is in a text that is read.</summary>
    public bool InText => Carrier is "note" or "chat" or "mail";
}
