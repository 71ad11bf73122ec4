using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Interactions;

/// <summary>Between an interaction's row and what people see and enter.</summary>
internal static class InteractionMapping
{
    /// <summary>Line ends are made alike before anything counts characters, so that evidence points to the same place everywhere; fields of one line hold none.</summary>
    public static InteractionEdit Normal(InteractionEdit edit) => edit with
    {
        Content = Lines(edit.Content),
        Transcript = edit.Transcript is null ? null : Lines(edit.Transcript),
        At = Instants.Utc(edit.At),
        FollowUpAt = Instants.Utc(edit.FollowUpAt),
        Subject = OneLine.OrNone(edit.Subject),
        Location = OneLine.OrNone(edit.Location),
        Address = OneLine.OrNone(edit.Address),
        Platform = OneLine.OrNone(edit.Platform),
        Participants = [.. edit.Participants.Select(p => p with { Name = OneLine.Of(p.Name), Role = OneLine.OrNone(p.Role), Email = OneLine.OrNone(p.Email) })],
        NextSteps = OneLine.Each(edit.NextSteps),
        Topics = OneLine.Each(edit.Topics),
        RecordingUrl = OneLine.OrNone(edit.RecordingUrl),
        Methodology = OneLine.OrNone(edit.Methodology),
        MethodologyStage = OneLine.OrNone(edit.MethodologyStage),
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
        interaction.Latitude = edit.Latitude;
        interaction.Longitude = edit.Longitude;
        interaction.Platform = Text(edit.Platform);
        interaction.Participants = [.. edit.Participants];
        interaction.Speakers = [.. edit.Speakers];
        interaction.Outcome = edit.Outcome;
        interaction.NextSteps = [.. edit.NextSteps];
        interaction.FollowUpAt = edit.FollowUpAt;
        interaction.DealStage = edit.DealStage;
        interaction.DealProbability = edit.DealProbability;
        interaction.DealValueMinor = edit.DealValueMinor;
        interaction.Topics = [.. edit.Topics];
        interaction.Transcript = Text(edit.Transcript);
        interaction.RecordingUrl = Text(edit.RecordingUrl);
        interaction.Methodology = Text(edit.Methodology);
        interaction.MethodologyStage = Text(edit.MethodologyStage);
        interaction.MethodologyRating = edit.MethodologyRating;
        interaction.MethodologyNotes = Text(edit.MethodologyNotes);
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
        Latitude = i.Latitude,
        Longitude = i.Longitude,
        Platform = i.Platform,
        Participants = i.Participants,
        Speakers = i.Speakers,
        Outcome = i.Outcome,
        NextSteps = i.NextSteps,
        FollowUpAt = i.FollowUpAt,
        DealStage = i.DealStage,
        DealProbability = i.DealProbability,
        DealValueMinor = i.DealValueMinor,
        Topics = i.Topics,
        Transcript = i.Transcript,
        RecordingUrl = i.RecordingUrl,
        Methodology = i.Methodology,
        MethodologyStage = i.MethodologyStage,
        MethodologyRating = i.MethodologyRating,
        MethodologyNotes = i.MethodologyNotes,
        IsImportant = i.IsImportant,
        IsPrivate = i.IsPrivate,
        IsArchived = i.IsArchived,
        AttachmentIds = [.. i.Attachments.Select(a => a.Id)],
    };

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
