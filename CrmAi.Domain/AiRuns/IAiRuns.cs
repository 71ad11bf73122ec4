using CrmAi.Domain.Shared;

namespace CrmAi.Domain.AiRuns;

/// <summary>A result, none that its text supports, or one of the rules because the model could not be asked.</summary>
public enum AiRunState { Done, Refused, StoodIn }

public enum AiRating { Useful, Useless, Unrated }

/// <summary>The ledger of analysts' runs. Each person reads of their own, managers of their teams', administrators and analysts of all; whom and what a run was about is named only to those who may see it.</summary>
public interface IAiRuns
{
    const int MaxTake = 200;

    /// <summary>The latest run first. <paramref name="take"/> from 1 to <see cref="MaxTake"/>. Errors: forbidden, cursor.unknown.</summary>
    Task<Result<Page<AiRunRow>>> PageAsync(AiRunQuery query, string? after, int take, CancellationToken ct);

    /// <summary>Null where there is none that this viewer may see.</summary>
    Task<AiRunDetail?> GetAsync(Guid id, CancellationToken ct);

    /// <summary>Errors: forbidden.</summary>
    Task<Result<AiRunSums>> SumsAsync(AiRunQuery query, CancellationToken ct);

    /// <summary>What charts are drawn from, by days on the viewer's clock, the earliest first. Errors: forbidden.</summary>
    Task<Result<AiRunTrends>> TrendsAsync(AiRunQuery query, CancellationToken ct);

    /// <summary>What there is to choose from among the runs that this viewer may see. Errors: forbidden.</summary>
    Task<Result<AiRunChoices>> ChoicesAsync(CancellationToken ct);
}

/// <summary>Which runs; null is any.</summary>
/// <param name="Analyst">"rules", or the model's name.</param>
/// <param name="ContactId">None where the viewer may not see that contact.</param>
/// <param name="From">UTC, that instant included.</param>
/// <param name="To">UTC, that instant left out.</param>
public sealed record AiRunQuery(AiRunType? Type = null, string? Analyst = null, Guid? UserId = null, Guid? ContactId = null, AiRunState? State = null, AiRating? Rating = null, DateTime? From = null, DateTime? To = null);

/// <param name="Contact">Null where it is about none, or none that the viewer may see.</param>
/// <param name="Conversation">Null where it is about none, or none that the viewer may see.</param>
/// <param name="CostMicros">Millionths of a yuan; null where nothing is paid.</param>
/// <param name="Claims">Those shown; <paramref name="Dropped"/> had no such place in the text.</param>
public sealed record AiRunRow(Guid Id, AiRunType Type, DateTime At, RunPerson Person, RunContact? Contact, Guid? Conversation, string Analyst, string AnalystVersion,
    int? InputTokens, int? OutputTokens, long? CostMicros, int Milliseconds, int Claims, int Dropped, AiRunState State, string? ErrorCode, bool? Useful);

public sealed record RunPerson(Guid Id, string Name);

public sealed record RunContact(Guid Id, string Name);

/// <param name="InputDigest">SHA-256 of all that was read, in hexadecimal digits.</param>
/// <param name="Comment">Null also where what it is about may not be seen.</param>
public sealed record AiRunDetail(AiRunRow Run, string InputDigest, string? PromptVersion, int? Rating, string? Comment, DateTime? RatedAt);

/// <param name="CostMicros">Null where nothing was paid.</param>
/// <param name="MedianMilliseconds">Null where there is no run.</param>
public sealed record AiRunSums(int Runs, long? CostMicros, long InputTokens, long OutputTokens, int? MedianMilliseconds, int Rated, int Useful, long Claims, long Dropped)
{
    /// <summary>Of those rated, the share found useful, 0 to 1; null where none is rated.</summary>
    public double? Acceptance => Rated == 0 ? null : (double)Useful / Rated;

    /// <summary>Of all claims made, the share dropped, 0 to 1; null where none was made.</summary>
    public double? DroppedShare => Claims + Dropped == 0 ? null : (double)Dropped / (Claims + Dropped);
}

public sealed record AiRunTrends(IReadOnlyList<AiRunCell> Cells);

/// <summary>The runs of one task by one analyst on one day.</summary>
public sealed record AiRunCell(DateOnly Day, AiRunType Type, string Analyst, int Runs, long CostMicros, int Rated, int Useful);

/// <param name="People">Whose runs one may see; one's own alone for most.</param>
public sealed record AiRunChoices(IReadOnlyList<RunPerson> People, IReadOnlyList<string> Analysts);
