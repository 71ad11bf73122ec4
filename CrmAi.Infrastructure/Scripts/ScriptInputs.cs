using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Profiles;
using CrmAi.Infrastructure.Scoring;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>Gathers what may be known to write the words for a step.</summary>
internal static class ScriptInputs
{
    private const int LatestTexts = 6, OpeningOfText = 400;

    /// <summary>Null where the contact may not be changed any more, or the step is gone.</summary>
    public static async Task<ScriptInput?> OfAsync(AppDbContext db, Viewer viewer, ScriptDraft draft, ProfileView? profile, DateTime now, CancellationToken ct)
    {
        var step = await db.SuggestedActions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == draft.SuggestionId, ct);
        var contact = await db.Contacts.VisibleTo(viewer).AsNoTracking().Include(c => c.Shares).Include(c => c.Account).AsSplitQuery().SingleOrDefaultAsync(c => c.Id == draft.ContactId, ct);
        if (step is null || contact is null || !viewer.MayChange(contact)) return null;
        var known = await ProfileInputs.OfAsync(db, contact.Id, viewer, ct);
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(viewer.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        DateTimeOffset Local(DateTime utc) => TimeZoneInfo.ConvertTime(new DateTimeOffset(utc, TimeSpan.Zero), zone);
        IReadOnlyList<ScriptTalk> talks = known is null ? [] : [.. known.Conversations.Select(c => new ScriptTalk(c.InteractionId, c.Type, c.Direction, TimeZoneInfo.ConvertTime(c.At, zone), c.Text, c.Findings))];
        var cited = step.Evidence is { } place && talks.FirstOrDefault(t => t.InteractionId == place.InteractionId) is { } talk && ScoringSources.Fingerprint(talk.Text) == step.Text ? step.Evidence : null;
        DateTimeOffset? appointment = step.Reason == ActionReason.AppointmentAhead && DateTime.TryParse(step.Value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? Local(at) : null;
        return new(contact.Id, new(step.Reason, step.Kind, step.Value, cited, step.DueOn, appointment), contact.Name, contact.EnglishName, viewer.Name, draft.Channel, draft.Tone, draft.Language, draft.Take, Local(now),
            ScriptStyle.Of(profile), contact.Title, contact.Account?.Industry, talks)
        {
            Names = known?.Names ?? await AiRuns.NamesAround.OfAsync(db, contact.Id, ct),
            OwnChannels = viewer.MayReadChannels(contact) ? [.. new[] { contact.Mobile, contact.Phone, contact.Email, contact.WeChat }.OfType<string>()] : [],
        };
    }

    /// <summary>In which language one talks with the contact: that of the latest conversations; of the name where there are none.</summary>
    public static async Task<string> LanguageAsync(AppDbContext db, Viewer viewer, Contact contact, CancellationToken ct)
    {
        var texts = await db.Interactions.VisibleTo(viewer).Where(i => i.ContactId == contact.Id && !i.IsPrivate && !i.IsScheduled && i.Content != "").OrderByDescending(i => i.At).ThenByDescending(i => i.Id)
            .Take(LatestTexts).Select(i => i.Content.Substring(0, OpeningOfText)).ToListAsync(ct);
        return LanguageOf(texts.Count > 0 ? texts : [contact.Name]);
    }

    // A Chinese character says about as much as three letters.
    public static string LanguageOf(IEnumerable<string> texts)
    {
        var (han, latin) = (0, 0);
        foreach (var c in texts.SelectMany(t => t))
        {
            if (ScriptGuards.IsHan(c)) han++;
            else if (char.IsAsciiLetter(c)) latin++;
        }
        return 3 * han >= latin ? "zh" : "en";
    }
}
