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
        new(words["field.IsScheduled"], e => YesNo(e.IsScheduled), (to, from) => to with { IsScheduled = from.IsScheduled }),
        new(words["field.IsImportant"], e => YesNo(e.IsImportant), (to, from) => to with { IsImportant = from.IsImportant }),
        new(words["field.IsPrivate"], e => YesNo(e.IsPrivate), (to, from) => to with { IsPrivate = from.IsPrivate }),
        new(words["field.AttachmentIds"], e => string.Join(", ", e.AttachmentIds), (to, from) => to with { AttachmentIds = from.AttachmentIds }),
    ];

    private static string YesNo(bool value) => value ? "✓" : "✗";
}
