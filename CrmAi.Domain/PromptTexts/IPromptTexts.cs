using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.PromptTexts;

/// <summary>What models are told, as the company words it. For administrators: everything here answers forbidden to others, and not_found for a task or language without a prompt.</summary>
public interface IPromptTexts
{
    /// <summary>Each task and language that has a prompt.</summary>
    Task<Result<IReadOnlyList<PromptRow>>> ListAsync(CancellationToken ct);

    Task<Result<PromptView>> GetAsync(string task, string language, CancellationToken ct);

    /// <summary>One version in full.</summary>
    /// <param name="number">0 is the file's own text.</param>
    Task<Result<PromptFull>> VersionAsync(string task, string language, int number, CancellationToken ct);

    /// <summary>
    /// Keeps a new version, in one change set with its publication. Errors besides those of <see cref="PromptRules"/>: conflict, prompt.address (a number or an address of somebody's),
    /// prompt.same (an earlier version says the same), prompt.same.file (the file does).
    /// </summary>
    /// <param name="version">Of the view that was read; 0 where nobody changed anything yet.</param>
    Task<Result<Saved>> SaveAsync(string task, string language, int version, PromptEdit edit, CancellationToken ct);

    /// <summary>Any version holds from the next call on, in every process; 0 goes back to the file's own text. Errors: conflict, prompt.unfit (made for a file with other parts).</summary>
    Task<Result<Saved>> PublishAsync(string task, string language, int version, int number, CancellationToken ct);

    Task<Result<PromptPolicyView>> PolicyAsync(CancellationToken ct);

    /// <summary>Whether people may add something of their own. Errors: conflict.</summary>
    Task<Result<Saved>> AllowAdditionsAsync(int version, bool allowed, CancellationToken ct);
}

/// <param name="Parts">The parts that may be worded anew, in order.</param>
/// <param name="Note">What was changed, up to 200 characters.</param>
/// <param name="Publish">It holds at once.</param>
public sealed record PromptEdit(IReadOnlyList<string> Parts, string Note, bool Publish = false);

/// <param name="Published">Number of the version that holds; 0: the file's own text.</param>
public sealed record PromptRow(string Task, AiRunType Type, string Language, int Published, int Latest);

/// <param name="Parts">What holds at present, in full and in order.</param>
/// <param name="Name">As the ledger names what holds, "conversation/zh/c2-3fa94c20".</param>
/// <param name="Versions">The newest first, the file's own text last.</param>
/// <param name="Model">Who would be told; null where no model is configured.</param>
/// <param name="MayPreview">There is a trial for this task.</param>
/// <param name="HeadId">Whose history tells of publications; null where nobody changed anything yet.</param>
public sealed record PromptView(string Task, AiRunType Type, string Language, IReadOnlyList<PromptPart> Parts, string Name, int Published, IReadOnlyList<PromptVersionRow> Versions, string? Model, bool MayPreview, Guid? HeadId, int Version)
{
    /// <summary>A trial is about one conversation.</summary>
    public bool NeedsTalk { get; init; }
}

/// <param name="Number">0: the file's own text, which nobody in particular wrote.</param>
/// <param name="IsFit">It has the parts that the present file has; otherwise the file's own text stands in.</param>
public sealed record PromptVersionRow(int Number, string? Note, string? Author, DateTime? At, bool IsFit);

/// <param name="File">As a file of a prompts folder, for <c>evaluate --prompts</c>.</param>
public sealed record PromptFull(int Number, string Name, IReadOnlyList<PromptPart> Parts, string? Note, string? Author, DateTime? At, string File)
{
    /// <summary>The parts that may be worded anew.</summary>
    public IReadOnlyList<string> Free => [.. Parts.Where(p => p.IsFree).Select(p => p.Text)];
}

/// <param name="InUse">How many people have added something.</param>
public sealed record PromptPolicyView(bool AdditionsAllowed, int InUse, int Version);

/// <summary>What each person asks models to heed besides, beside the company's text. One's own alone.</summary>
public interface IPromptAdditions
{
    Task<AdditionsView> MineAsync(CancellationToken ct);

    /// <summary>Holds from the next call on; an empty text takes it away. Errors: not_found, conflict, prompt.addition.long, prompt.addition.off, prompt.address.</summary>
    Task<Result<Saved>> SaveAsync(string task, int version, string text, CancellationToken ct);
}

/// <param name="Allowed">Otherwise what was added stays and is not heeded.</param>
public sealed record AdditionsView(bool Allowed, IReadOnlyList<AdditionRow> Items);

public sealed record AdditionRow(string Task, AiRunType Type, string Text, int Version);
