using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>Gathers what an analyst may know of a conversation.</summary>
internal static class ConversationInputs
{
    public static async Task<ConversationInput> OfAsync(AppDbContext db, Interaction interaction, CancellationToken ct)
    {
        // The caller has already decided that the interaction may be seen.
        var names = await db.Set<Interaction>().Where(i => i.Id == interaction.Id).Select(i => new { i.Contact!.Name, i.Contact.EnglishName }).SingleAsync(ct);
        var author = await db.Users.Where(u => u.Id == interaction.AuthorId).Select(u => new { u.Name, u.TimeZone }).SingleAsync(ct);
        var around = await NamesAround.OfAsync(db, interaction.ContactId, ct);
        return Of(interaction, [.. new[] { names.Name, names.EnglishName }.OfType<string>()], [author.Name], author.TimeZone) with { ContactId = interaction.ContactId, Names = around };
    }

    public static ConversationInput Of(Interaction interaction, IReadOnlyList<string> contactNames, IReadOnlyList<string> repNames, string timeZone)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        var at = TimeZoneInfo.ConvertTime(new DateTimeOffset(interaction.At), zone);
        var sides = new Dictionary<string, ChatSide>();
        foreach (var speaker in interaction.Speakers) sides[speaker.Name] = speaker.Side;
        return new(interaction.Id, interaction.Type, interaction.Direction, at, interaction.Content, new(at, repNames, contactNames, sides));
    }
}
