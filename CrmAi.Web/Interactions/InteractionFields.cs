using System.Globalization;
using CrmAi.Domain.Interactions;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Interactions;

/// <summary>The fields of an interaction as two people's edits are compared.</summary>
public static class InteractionFields
{
    public static IReadOnlyList<EditField<InteractionEdit>> All(IStringLocalizer<Text> words, UserClock clock) =>
    [
        new(words["field.Content"], e => e.Content, (to, from) => to with { Content = from.Content, Speakers = from.Speakers }),
        new(words["field.Subject"], e => e.Subject, (to, from) => to with { Subject = from.Subject }),
        new(words["field.Type"], e => words.Of(e.Type), (to, from) => to with { Type = from.Type }),
        new(words["field.Direction"], e => words.Of(e.Direction), (to, from) => to with { Direction = from.Direction }),
        new(words["field.At"], e => clock.Full(e.At), (to, from) => to with { At = from.At }),
        new(words["field.DurationSeconds"], e => (e.DurationSeconds / 60)?.ToString(CultureInfo.CurrentCulture), (to, from) => to with { DurationSeconds = from.DurationSeconds }),
        new(words["field.Outcome"], e => words.Of(e.Outcome), (to, from) => to with { Outcome = from.Outcome }),
        new(words["field.FollowUpAt"], e => e.FollowUpAt is { } at ? clock.Full(at) : null, (to, from) => to with { FollowUpAt = from.FollowUpAt }),
        new(words["field.Location"], e => e.Location, (to, from) => to with { Location = from.Location }),
        new(words["field.Address"], e => string.Join(" ", e.Address, Coordinates.Show(e.Latitude, e.Longitude)).Trim(), (to, from) => to with { Address = from.Address, Latitude = from.Latitude, Longitude = from.Longitude }),
        new(words["field.Platform"], e => e.Platform, (to, from) => to with { Platform = from.Platform }),
        new(words["field.Participants"], e => string.Join(", ", e.Participants.Select(p => string.Join(" ", new[] { p.Name, p.Role, p.Email }.Where(t => !string.IsNullOrEmpty(t))))), (to, from) => to with { Participants = from.Participants }),
        new(words["field.Speakers"], e => string.Join(", ", e.Speakers.Select(s => $"{s.Name} {words.Of(s.Side)}")), (to, from) => to with { Speakers = from.Speakers }),
        new(words["field.NextSteps"], e => string.Join(", ", e.NextSteps), (to, from) => to with { NextSteps = from.NextSteps }),
        new(words["field.Topics"], e => string.Join(", ", e.Topics), (to, from) => to with { Topics = from.Topics }),
        new(words["field.Stage"], e => words.Of(e.DealStage), (to, from) => to with { DealStage = from.DealStage }),
        new(words["field.DealValueMinor"], e => e.DealValueMinor is { } value ? Money.Show(value, null) : null, (to, from) => to with { DealValueMinor = from.DealValueMinor }),
        new(words["field.DealProbability"], e => e.DealProbability?.ToString("P0", CultureInfo.CurrentCulture), (to, from) => to with { DealProbability = from.DealProbability }),
        new(words["field.Methodology"], e => string.Join(" · ", new[] { e.Methodology, e.MethodologyStage, e.MethodologyRating?.ToString(CultureInfo.CurrentCulture), e.MethodologyNotes }.Where(t => !string.IsNullOrEmpty(t))),
            (to, from) => to with { Methodology = from.Methodology, MethodologyStage = from.MethodologyStage, MethodologyRating = from.MethodologyRating, MethodologyNotes = from.MethodologyNotes }),
        new(words["field.Transcript"], e => e.Transcript, (to, from) => to with { Transcript = from.Transcript }),
        new(words["field.RecordingUrl"], e => e.RecordingUrl, (to, from) => to with { RecordingUrl = from.RecordingUrl }),
        new(words["field.IsScheduled"], e => YesNo(e.IsScheduled), (to, from) => to with { IsScheduled = from.IsScheduled }),
        new(words["field.IsImportant"], e => YesNo(e.IsImportant), (to, from) => to with { IsImportant = from.IsImportant }),
        new(words["field.IsPrivate"], e => YesNo(e.IsPrivate), (to, from) => to with { IsPrivate = from.IsPrivate }),
        new(words["field.IsArchived"], e => YesNo(e.IsArchived), (to, from) => to with { IsArchived = from.IsArchived }),
        new(words["field.AttachmentIds"], e => string.Join(", ", e.AttachmentIds), (to, from) => to with { AttachmentIds = from.AttachmentIds }),
    ];

    private static string YesNo(bool value) => value ? "✓" : "✗";
}
