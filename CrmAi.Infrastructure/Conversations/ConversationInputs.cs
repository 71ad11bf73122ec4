using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>Gathers what an analyst may know of a conversation.</summary>
internal static class ConversationInputs
{
    public static async Task<ConversationInput> OfAsync(AppDbContext db, Interaction interaction, CancellationToken ct) => (await OfAsync(db, [interaction], ct))[0];

    /// <summary>The same of several, in the same order. Ask for some dozens at a time.</summary>
    public static async Task<IReadOnlyList<ConversationInput>> OfAsync(AppDbContext db, IReadOnlyList<Interaction> interactions, CancellationToken ct)
    {
        // The caller has already decided that the interactions may be seen.
        var (ids, authorIds) = (interactions.Select(i => i.Id).ToList(), interactions.Select(i => i.AuthorId).ToHashSet());
        var names = await db.Set<Interaction>().Where(i => ids.Contains(i.Id)).Select(i => new { i.Id, i.Contact!.Name, i.Contact.EnglishName }).ToDictionaryAsync(i => i.Id, ct);
        var authors = await db.Users.Where(u => authorIds.Contains(u.Id)).Select(u => new { u.Id, u.Name, u.TimeZone }).ToDictionaryAsync(u => u.Id, ct);
        var around = await NamesAround.OfAsync(db, interactions.Select(i => i.ContactId).ToHashSet(), ct);
        return [.. interactions.Select(i => Of(i, [.. new[] { names[i.Id].Name, names[i.Id].EnglishName }.OfType<string>()], [authors[i.AuthorId].Name], authors[i.AuthorId].TimeZone) with { ContactId = i.ContactId, Names = around[i.ContactId] })];
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
