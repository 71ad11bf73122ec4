using System.Text.Json;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>Moves rows from one record to another within one change set. Rows whose changes are not recorded otherwise are recorded here, so that the change set alone takes all back.</summary>
internal sealed class MergeMoves(AppDbContext db, ChangeRecorder recorder, ChangeSet command)
{
    /// <param name="property">Points to the loser.</param>
    public void Move<T>(IEnumerable<T> rows, string property, Guid from, Guid to) where T : class
    {
        foreach (var row in rows)
        {
            var entry = db.Entry(row);
            entry.Property(property).CurrentValue = to;
            if (row is not IRecorded) command.Entries.Add(recorder.Moved(entry.Metadata.ShortName(), (Guid)entry.Property("Id").CurrentValue!, property, from, to));
        }
    }
}

/// <summary>What becomes of each table that points to a contact or a company when two are merged. A test holds this complete.</summary>
internal static class MergePlan
{
    /// <summary>Moved, row by row, and back with an undo.</summary>
    public static readonly Dictionary<string, string> Moved = new()
    {
        ["Interaction.ContactId"] = "with attachments; analyses and findings follow their conversation",
        ["TaskItem.ContactId"] = "",
        ["TaskItem.AccountId"] = "",
        ["BusinessCard.ContactId"] = "",
        ["ContactPhoto.ContactId"] = "as many as a contact may have",
        ["ProfileCorrection.ContactId"] = "of statements that the survivor has none of",
        ["SuggestedAction.ContactId"] = "that the survivor does not have",
        ["ScriptDraft.ContactId"] = "with their suggestion",
        ["ContactScore.ContactId"] = "of days that the survivor has none of",
        ["Notification.ContactId"] = "",
        ["LookUp.ContactId"] = "",
        ["LookUp.AccountId"] = "",
        ["Contact.AccountId"] = "",
        ["Account.PrimaryContactId"] = "",
        ["ConversationAnalysis.ContactId"] = "follows its conversation",
        ["ConversationFinding.ContactId"] = "follows its conversation",
    };

    /// <summary>Made for the survivor too, where it has none like it.</summary>
    public static readonly Dictionary<string, string> Copied = new()
    {
        ["ContactTag.ContactId"] = "",
        ["ContactShare.ContactId"] = "only by those who may share both",
        ["NameConfirmation.Id"] = "where the survivor has none",
        ["RegistryEntry.Id"] = "where the survivor has none",
    };

    /// <summary>Left with the loser, whose address leads to the survivor.</summary>
    public static readonly Dictionary<string, string> Left = new()
    {
        ["ContactProfile.ContactId"] = "versions of a profile made of the loser's conversations alone; the survivor's is made anew",
        ["ContactReview.ContactId"] = "when the night looked at the loser",
        ["NightFailure.ContactId"] = "the report of a night",
        ["BulkItem.ContactId"] = "what a bulk edit did to the loser, to take it back by",
        ["JobRun.ContactId"] = "waiting ones find the loser gone",
        ["AiRun.ContactId"] = "the ledger says what was asked then",
        ["AiCall.ContactId"] = "the ledger says what was asked then",
        ["PromptPreview.ContactId"] = "an administrator's trial",
        ["ChangeEntry.ContactId"] = "history is not rewritten",
        ["Contact.MergedIntoId"] = "older losers lead on over the loser",
        ["Account.MergedIntoId"] = "older losers lead on over the loser",
    };

    /// <summary>Made anew with every save.</summary>
    public static readonly Dictionary<string, string> Derived = new()
    {
        ["ContactSearchTerm.ContactId"] = "", ["AccountSearchTerm.AccountId"] = "",
    };
}
