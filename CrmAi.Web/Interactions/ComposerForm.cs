using System.Text.Json;
using CrmAi.Domain.Interactions;
using CrmAi.Web.Shared;

namespace CrmAi.Web.Interactions;

/// <summary>What a note or pasted chat is about to become. What a person set stays; the rest follows the text.</summary>
public sealed class ComposerForm
{
    private HashSet<string> chosen = [];
    private Dictionary<string, ChatSide> answers = [];
    private InteractionEdit kept = new();

    public string Text { get; set; } = "";
    public string? Subject { get; set; }
    public InteractionType Type { get; private set; } = InteractionType.Call;
    public InteractionDirection Direction { get; private set; } = InteractionDirection.Outbound;

    /// <summary>UTC; null is the moment of saving.</summary>
    public DateTime? At { get; private set; }
    public int? Minutes { get; set; }
    public InteractionOutcome? Outcome { get; set; }
    public DateTime? FollowUpAt { get; set; }
    public bool IsImportant { get; set; }
    public bool IsPrivate { get; set; }
    public bool IsScheduled { get; set; }

    /// <summary>The fields that are seldom filled in: place, people, what follows, deal, methodology, transcript.</summary>
    public InteractionEdit More { get; set; } = new();
    public List<AttachmentRow> Files { get; private set; } = [];
    public ParsedChat? Chat { get; private set; }

    public bool IsThread => Chat is { Speakers.Count: > 0 };

    /// <summary>Speakers of whom nobody said yet whose they are, not even "don't know".</summary>
    public IEnumerable<ChatSpeaker> Unanswered => Chat?.Asked.Where(s => !answers.ContainsKey(s.Name)) ?? [];

    /// <summary>Whether any of the seldom filled fields is.</summary>
    public bool HasMore => Subject is { Length: > 0 } || Minutes is not null || Outcome is not null || FollowUpAt is not null
        || More.Participants.Count + More.NextSteps.Count + More.Topics.Count > 0 || (More.Location ?? More.Address ?? More.Platform ?? More.RecordingUrl ?? More.Methodology ?? More.MethodologyNotes) is not null
        || More.DealStage is not null || More.DealValueMinor is not null || More.DealProbability is not null;

    public bool IsEmpty => Text.Length == 0 && string.IsNullOrEmpty(Subject) && Files.Count == 0;

    public static ComposerForm From(TimelineItem item)
    {
        var fields = item.Fields;
        return new()
        {
            kept = fields,
            Text = fields.Content,
            Subject = fields.Subject,
            Type = fields.Type,
            Direction = fields.Direction,
            At = fields.At,
            Minutes = fields.DurationSeconds is { } seconds ? (seconds + 30) / 60 : null,
            Outcome = fields.Outcome,
            FollowUpAt = fields.FollowUpAt,
            IsImportant = fields.IsImportant,
            IsPrivate = fields.IsPrivate,
            IsScheduled = fields.IsScheduled,
            More = Extra(fields),
            Files = [.. item.Attachments],
            answers = fields.Speakers.DistinctBy(s => s.Name).ToDictionary(s => s.Name, s => s.Side),
            chosen = [nameof(Type), nameof(Direction), nameof(At)],
        };
    }

    public void Choose(InteractionType type) => (Type, _) = (type, chosen.Add(nameof(Type)));

    public bool HasChosenType => chosen.Contains(nameof(Type));

    public void Choose(InteractionDirection direction) => (Direction, _) = (direction, chosen.Add(nameof(Direction)));

    public void Choose(DateTime? at)
    {
        At = at;
        if (at is null) chosen.Remove(nameof(At));
        else chosen.Add(nameof(At));
    }

    public ChatSide? AnswerFor(string speaker) => answers.TryGetValue(speaker, out var side) ? side : null;

    public void Answer(string speaker, ChatSide side) => answers[speaker] = side;

    /// <summary>Takes the text apart and fills in what the person did not set themselves.</summary>
    public void Read(ChatContext known)
    {
        var speakers = new Dictionary<string, ChatSide>(known.Speakers);
        foreach (var (name, side) in answers.Where(a => a.Value != ChatSide.Unknown)) speakers[name] = side;
        Chat = string.IsNullOrWhiteSpace(Text) ? null : ChatParser.Parse(Text, known with { Speakers = speakers });
        if (!chosen.Contains(nameof(Type))) Type = Chat?.Type ?? (IsThread ? InteractionType.WeChat : InteractionType.Call);
        if (!chosen.Contains(nameof(Direction))) Direction = Chat?.Direction ?? InteractionDirection.Outbound;
        if (!chosen.Contains(nameof(At))) At = Chat?.StartedAt is { } started && started <= known.ReceivedAt.AddDays(1) ? started.UtcDateTime : null;
    }

    public InteractionEdit ToEdit(DateTime now) => More with
    {
        Participants = [.. More.Participants.Where(p => p.Name.Trim().Length > 0)],
        Type = Type,
        Direction = Direction,
        Subject = string.IsNullOrWhiteSpace(Subject) ? null : Subject.Trim(),
        Content = Text.ReplaceLineEndings("\n"),
        At = At ?? now,
        IsScheduled = IsScheduled,
        DurationSeconds = Minutes == (kept.DurationSeconds + 30) / 60 ? kept.DurationSeconds : Minutes * 60,
        Outcome = Outcome,
        FollowUpAt = FollowUpAt,
        IsImportant = IsImportant,
        IsPrivate = IsPrivate,
        IsArchived = kept.IsArchived,
        Speakers = Chat is null ? kept.Speakers : [.. Chat.Speakers.Select(s => new SpeakerSide(s.Name, answers.GetValueOrDefault(s.Name, s.Side)))],
        AttachmentIds = [.. Files.Select(f => f.Id)],
    };

    /// <summary>All but the texts, which the browser keeps by itself.</summary>
    public string Keep() => JsonSerializer.Serialize(new Kept(Type, Direction, At, Minutes, Outcome, FollowUpAt, IsImportant, IsPrivate, IsScheduled, Files, chosen, answers, More with { Transcript = null }));

    public void Restore(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize<Kept>(json) is not { } draft) return;
            (Type, Direction, At, Minutes, Outcome, FollowUpAt) = (draft.Type, draft.Direction, draft.At, draft.Minutes, draft.Outcome, draft.FollowUpAt);
            (IsImportant, IsPrivate, IsScheduled, Files) = (draft.IsImportant, draft.IsPrivate, draft.IsScheduled, draft.Files);
            (chosen, answers) = (draft.Chosen, draft.Answers);
            if (draft.More is { } more) More = more with { Transcript = More.Transcript };
        }
        catch (JsonException) { } // written by an older version of the page: the text itself is kept apart
    }

    private sealed record Kept(InteractionType Type, InteractionDirection Direction, DateTime? At, int? Minutes, InteractionOutcome? Outcome, DateTime? FollowUpAt,
        bool IsImportant, bool IsPrivate, bool IsScheduled, List<AttachmentRow> Files, HashSet<string> Chosen, Dictionary<string, ChatSide> Answers, InteractionEdit? More);

    // What the form keeps itself is left out.
    private static InteractionEdit Extra(InteractionEdit fields) => fields with { Content = "", Subject = null, Speakers = [], AttachmentIds = [] };
}
