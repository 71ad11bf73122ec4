using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Interactions;

/// <summary>Between an interaction's row and what people see and enter.</summary>
internal static class InteractionMapping
{
    /// <summary>Line ends are made alike before anything counts characters, so that evidence points to the same place everywhere.</summary>
    public static InteractionEdit Normal(InteractionEdit edit) => edit with
    {
        Content = Lines(edit.Content),
        Transcript = edit.Transcript is null ? null : Lines(edit.Transcript),
        At = Instants.Utc(edit.At),
        FollowUpAt = Instants.Utc(edit.FollowUpAt),
    };

    public static void Apply(Interaction interaction, InteractionEdit edit)
    {
        interaction.Type = edit.Type;
        interaction.Direction = edit.Direction;
        interaction.Subject = Text(edit.Subject);
        interaction.Content = edit.Content;
        interaction.At = edit.At;
        interaction.IsScheduled = edit.IsScheduled;
        interaction.DurationSeconds = edit.DurationSeconds;
        interaction.Location = Text(edit.Location);
        interaction.Address = Text(edit.Address);
        interaction.Platform = Text(edit.Platform);
        interaction.Participants = [.. edit.Participants];
        interaction.Speakers = [.. edit.Speakers];
        interaction.Outcome = edit.Outcome;
        interaction.NextSteps = [.. edit.NextSteps];
        interaction.FollowUpAt = edit.FollowUpAt;
        interaction.Topics = [.. edit.Topics];
        interaction.Transcript = Text(edit.Transcript);
        interaction.RecordingUrl = Text(edit.RecordingUrl);
        interaction.IsImportant = edit.IsImportant;
        interaction.IsPrivate = edit.IsPrivate;
        interaction.IsArchived = edit.IsArchived;
    }

    public static InteractionEdit Edit(Interaction i) => new()
    {
        Type = i.Type,
        Direction = i.Direction,
        Subject = i.Subject,
        Content = i.Content,
        At = i.At,
        IsScheduled = i.IsScheduled,
        DurationSeconds = i.DurationSeconds,
        Location = i.Location,
        Address = i.Address,
        Platform = i.Platform,
        Participants = i.Participants,
        Speakers = i.Speakers,
        Outcome = i.Outcome,
        NextSteps = i.NextSteps,
        FollowUpAt = i.FollowUpAt,
        Topics = i.Topics,
        Transcript = i.Transcript,
        RecordingUrl = i.RecordingUrl,
        IsImportant = i.IsImportant,
        IsPrivate = i.IsPrivate,
        IsArchived = i.IsArchived,
        AttachmentIds = [.. i.Attachments.Select(a => a.Id)],
    };

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
