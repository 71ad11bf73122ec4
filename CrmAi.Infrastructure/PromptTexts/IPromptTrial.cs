using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Infrastructure.PromptTexts;

/// <summary>Has a task done on a real contact with the prompts that are given, and keeps nothing of it.</summary>
internal interface IPromptTrial
{
    /// <summary>As its prompt is called.</summary>
    string Task { get; }

    /// <summary>It is about one conversation.</summary>
    bool NeedsTalk { get; }

    /// <summary>Null where there is nothing that this viewer may see, or nothing to read.</summary>
    /// <param name="language">In which the model is instructed.</param>
    /// <exception cref="ModelUnavailableException">No answer.</exception>
    Task<PreviewSide?> TryAsync(Prompts prompts, string language, Guid contactId, Guid? interactionId, Viewer viewer, CancellationToken ct);
}
