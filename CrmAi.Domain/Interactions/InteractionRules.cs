using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Interactions;

/// <summary>
/// What an interaction's fields must be. Errors, each with its field: interaction.content.empty, interaction.content.long (args: limit, length),
/// text.long, interaction.at.range, interaction.at.future, interaction.scheduled.past, follow_up.range, duration.range, place.range, list.long, email.invalid, url.invalid,
/// money.range, probability.range, rating.range, attachment.many.
/// </summary>
public static class InteractionRules
{
    /// <param name="before">What is being changed: a time that was in order once stays in order while nobody changes it.</param>
    public static IReadOnlyList<Error> Check(InteractionEdit edit, DateTime now, InteractionEdit? before = null)
    {
        var errors = new List<Error>();
        if (string.IsNullOrWhiteSpace(edit.Content) && string.IsNullOrWhiteSpace(edit.Subject) && edit.AttachmentIds.Count == 0) errors.Add(new("interaction.content.empty", nameof(edit.Content)));
        if (edit.Content.Length > Interaction.MaxContent) errors.Add(new("interaction.content.long", nameof(edit.Content), Interaction.MaxContent, edit.Content.Length));
        if (edit.Transcript?.Length > Interaction.MaxContent) errors.Add(new("interaction.content.long", nameof(edit.Transcript), Interaction.MaxContent, edit.Transcript.Length));
        Limit(edit.Subject, nameof(edit.Subject), ContactRules.MaxShort);
        Limit(edit.Location, nameof(edit.Location), ContactRules.MaxShort);
        Limit(edit.Address, nameof(edit.Address), ContactRules.MaxShort);
        Limit(edit.Platform, nameof(edit.Platform), ContactRules.MaxShort);
        Limit(edit.RecordingUrl, nameof(edit.RecordingUrl), 2000);
        Limit(edit.Methodology, nameof(edit.Methodology), ContactRules.MaxShort);
        Limit(edit.MethodologyStage, nameof(edit.MethodologyStage), ContactRules.MaxShort);
        Limit(edit.MethodologyNotes, nameof(edit.MethodologyNotes), ContactRules.MaxNotes);
        if (before is not null && (before.At, before.IsScheduled) == (edit.At, edit.IsScheduled)) { }
        else if (edit.At < new DateTime(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc) || edit.At > now.AddYears(5)) errors.Add(new("interaction.at.range", nameof(edit.At)));
        else if (edit.IsScheduled && edit.At < now.AddDays(-1)) errors.Add(new("interaction.scheduled.past", nameof(edit.At)));
        else if (!edit.IsScheduled && edit.At > now.AddDays(1)) errors.Add(new("interaction.at.future", nameof(edit.At)));
        if (edit.FollowUpAt is { } follow && !ContactRules.IsDate(follow)) errors.Add(new("follow_up.range", nameof(edit.FollowUpAt)));
        if (edit.DurationSeconds is < 0 or > 7 * 24 * 3600) errors.Add(new("duration.range", nameof(edit.DurationSeconds)));
        if (edit.Latitude is null != edit.Longitude is null || edit.Latitude is not (null or (>= -90 and <= 90)) || edit.Longitude is not (null or (>= -180 and <= 180))) errors.Add(new("place.range", nameof(edit.Latitude)));
        if (edit.DealValueMinor is < 0 or > 100_000_000_000_000) errors.Add(new("money.range", nameof(edit.DealValueMinor)));
        if (edit.DealProbability is not (null or (>= 0 and <= 1))) errors.Add(new("probability.range", nameof(edit.DealProbability)));
        if (edit.MethodologyRating is < 1 or > 10) errors.Add(new("rating.range", nameof(edit.MethodologyRating)));
        if (edit.RecordingUrl is { Length: > 0 } url && !ContactRules.IsWebAddress(url)) errors.Add(new("url.invalid", nameof(edit.RecordingUrl)));
        if (edit.Participants.Any(p => p.Email is { Length: > 0 } mail && !ContactRules.IsEmail(mail))) errors.Add(new("email.invalid", nameof(edit.Participants)));
        Items([.. edit.Participants.Select(p => p.Name)], nameof(edit.Participants), 100);
        if (edit.Participants.Any(p => p.Role?.Length > ContactRules.MaxShort)) errors.Add(new("text.long", nameof(edit.Participants), ContactRules.MaxShort));
        Items([.. edit.Speakers.Select(s => s.Name)], nameof(edit.Speakers), 100);
        Items(edit.NextSteps, nameof(edit.NextSteps), ContactRules.MaxList);
        Items(edit.Topics, nameof(edit.Topics), ContactRules.MaxList);
        if (edit.AttachmentIds.Count > Attachment.MaxPerInteraction) errors.Add(new("attachment.many", nameof(edit.AttachmentIds), Attachment.MaxPerInteraction));
        return errors;

        void Limit(string? text, string field, int limit)
        {
            if (text?.Length > limit) errors.Add(new("text.long", field, limit));
        }

        void Items(IReadOnlyList<string> items, string field, int limit)
        {
            if (items.Count > limit) errors.Add(new("list.long", field, limit));
            if (items.Any(i => i.Length > ContactRules.MaxShort)) errors.Add(new("text.long", field, ContactRules.MaxShort));
        }
    }
}
