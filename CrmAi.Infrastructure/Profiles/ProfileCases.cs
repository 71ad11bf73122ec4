using System.Runtime.CompilerServices;
using System.Text.Json;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.Conversations;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>Conversations with one customer, and what a person read out of them. Thin: too little to judge a person by.</summary>
/// <param name="Name">The customer's, as they stand in the texts; <paramref name="Rep"/> is ours.</param>
public sealed record ProfileCase(string Id, bool Thin, string Name, string Rep, string? Title, string? Seniority, IReadOnlyList<ProfileCaseTalk> Interactions, ProfileCaseLabels Labels)
{
    /// <summary>The same for every run, so that predictions can be told apart by place.</summary>
    public static Guid IdOf(int interaction) => new(interaction + 1, 0, 0, new byte[8]);

    /// <summary>Each conversation is read by <paramref name="reader"/> first, as the job does.</summary>
    public async Task<ProfileInput> InputAsync(IConversationAnalyst reader, CancellationToken ct)
    {
        var talks = new List<ProfileConversation>();
        foreach (var (talk, index) in Interactions.Select((t, i) => (t, i)))
        {
            var input = new ConversationInput(IdOf(index), Known(talk.Type, InteractionType.Other), Known(talk.Direction, InteractionDirection.Inbound), talk.Date, talk.Text,
                new(talk.Date, [Rep], [Name], new Dictionary<string, ChatSide> { [Rep] = ChatSide.Us, [Name] = ChatSide.Customer }));
            var result = ConversationCheck.Apply(input, (await reader.AnalyseAsync(input, Guid.Empty, ct)).Result)?.Result;
            talks.Add(new(input.InteractionId, input.Type, input.Direction, talk.Date, talk.Text, result?.Sentiment ?? Sentiment.Neutral, result?.Stage,
                result is { Summary: [var first, ..] } ? first : new(input.InteractionId, 0, Math.Min(40, talk.Text.Length)), result?.Findings ?? []));
        }
        return new(Guid.Empty, talks[^1].At, new(Title, Enum.TryParse<Seniority>(Seniority, out var rank) ? rank : null, null, null, DealStage.Prospecting, null, "CNY", null), talks);
    }

    private static T Known<T>(string name, T otherwise) where T : struct, Enum => Enum.TryParse<T>(name, ignoreCase: true, out var known) ? known : otherwise;
}

public sealed record ProfileCaseTalk(string Type, string Direction, DateTimeOffset Date, string Text);

/// <param name="Interaction">Which of the case's, from 0.</param>
public sealed record ProfileCaseQuote(int Interaction, string Quote, string? Kind = null);

public sealed record ProfileCaseBant(string Budget, string Authority, string Need, string Timeline);

/// <summary>Classes in lower case, "none" where the evidence does not carry one.</summary>
public sealed record ProfileCaseLabels(string Disc, string Style, string Decision, ProfileCaseBant Bant, IReadOnlyList<ProfileCaseQuote> Needs, IReadOnlyList<ProfileCaseQuote> Objections)
{
    /// <summary>What an analyst says, in the cases' own form.</summary>
    public static ProfileCaseLabels Of(IReadOnlyList<ProfileClaim> claims, ProfileInput input)
    {
        string Value(string key, string otherwise) => claims.FirstOrDefault(c => c.Key == key)?.Value?.ToLowerInvariant() ?? otherwise;
        IEnumerable<ProfileCaseQuote> Quotes(ProfileClaim claim) => claim.Evidence.Select(e =>
        {
            var at = input.Conversations.ToList().FindIndex(c => c.InteractionId == e.InteractionId);
            return new ProfileCaseQuote(at, e.QuoteIn(input.Conversations[at].Text)!, claim.Key == ProfileKeys.Objection ? claim.Value!.ToLowerInvariant() : null);
        });
        return new(Value(ProfileKeys.Disc, "none") is { Length: 1 } disc ? disc.ToUpperInvariant() : "none", Value(ProfileKeys.Style, "none"), Value(ProfileKeys.DecisionStyle, "none"),
            new(Value(ProfileKeys.BantBudget, "unknown"), Value(ProfileKeys.BantAuthority, "unknown"), Value(ProfileKeys.BantNeed, "unknown"), Value(ProfileKeys.BantTimeline, "unknown")),
            [.. claims.Where(c => c.Key is ProfileKeys.Need or ProfileKeys.Pain).SelectMany(Quotes)], [.. claims.Where(c => c.Key == ProfileKeys.Objection).SelectMany(Quotes)]);
    }

    /// <summary>Every line in turn: a case, or what is wrong with the line.</summary>
    public static async IAsyncEnumerable<(int Line, ProfileCase? Case, string? Fault)> ReadAsync(string file, [EnumeratorCancellation] CancellationToken ct)
    {
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file, ct))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            ProfileCase? read = null;
            string? fault = null;
            try
            {
                read = JsonSerializer.Deserialize<ProfileCase>(line, LabelledCases.Json);
                if (read is { Interactions.Count: 0 }) (read, fault) = (null, "a case without interactions");
            }
            catch (JsonException e)
            {
                fault = e.Message;
            }
            yield return (number, read, read is null ? fault ?? "null" : null);
        }
    }
}
