using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Infrastructure.Conversations.Rules;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>
/// Reads conversations by grammar and vocabulary alone: offline, in Chinese, English and a mix of both. What it knows stands in the
/// lexicon files; a fault in one is a <see cref="LexiconException"/> that names file and line.
/// </summary>
public sealed class RulesConversationAnalyst : IConversationAnalyst
{
    readonly LexiconFiles lexicons;
    readonly FollowUps followUps;
    readonly ClauseFindings clauses;

    public RulesConversationAnalyst()
        : this(LexiconFiles.DefaultFolder)
    {
    }

    /// <param name="folder">Where the lexicon files stand.</param>
    public RulesConversationAnalyst(string folder)
    {
        lexicons = new(folder);
        followUps = new(new(lexicons.Holidays), lexicons);
        clauses = new(lexicons);
        Version = $"1-{lexicons.Fingerprint}";
    }

    public string Name => "rules";

    public string Version { get; }

    public Task<Analysed<ConversationResult>> AnalyseAsync(ConversationInput input, Guid userId, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var conversation = Conversation.Read(input, lexicons);
        ct.ThrowIfCancellationRequested();
        var findings = new List<Finding>();
        var competitors = Competitors.In(conversation, lexicons).ToList();
        findings.AddRange(competitors);
        findings.AddRange(clauses.In(conversation, competitors));
        ct.ThrowIfCancellationRequested();
        findings.AddRange(Budgets.In(conversation, lexicons));
        var deciders = DecisionMakers.In(conversation, lexicons).ToList();
        // "The director has to approve it" tells who decides; that somebody else cannot is said in words of its own.
        findings.RemoveAll(f => f.Objection == ObjectionKind.Authority && deciders.Any(d => d.Evidence == f.Evidence));
        findings.AddRange(deciders);
        findings.AddRange(followUps.In(conversation));
        findings.AddRange(Topics.In(conversation, lexicons));
        ct.ThrowIfCancellationRequested();
        var (stage, stageConfidence, stageFinding) = Stages.Of(conversation, findings, lexicons);
        Signals.KeepStrongest(findings, stage);
        var (sentiment, sentimentConfidence, sentimentFinding) = Sentiments.Of(conversation, findings, stage, lexicons);
        if (stage is null && Stages.IsQualified(findings, sentiment)) (stage, stageConfidence) = (StageHint.Qualification, Stages.Assumed);
        var (disc, discConfidence, discFindings) = DiscHints.Of(conversation, lexicons);
        if (stageFinding is not null) findings.Add(stageFinding);
        if (sentimentFinding is not null) findings.Add(sentimentFinding);
        findings.AddRange(discFindings);
        var summary = Summaries.Of(conversation, findings);
        var action = Rules.NextActions.Of(conversation, findings, stage, lexicons);
        findings.AddRange(Cues.In(conversation, lexicons));
        findings.AddRange(conversation.Injections.Select(s => new Finding(FindingKind.Injection, conversation.Evidence(s.Start, s.End), 0.9)));
        var result = new ConversationResult(sentiment, sentimentConfidence, disc, discConfidence, stage, stageConfidence, conversation.Injections.Count > 0, summary, action, findings);
        return Task.FromResult(new Analysed<ConversationResult>(result, new(Name, Version)));
    }
}
