using System.Globalization;
using System.Text.Json;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Views;
using CrmAi.Web.Contacts.Lists;
using CrmAi.Web.Profiles;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.History;

/// <summary>A change of one field as a person reads it; null for nothing.</summary>
public sealed record HistoryLine(string Name, string? Before, string? After)
{
    /// <summary>By which the field is put back; null where it cannot be.</summary>
    public string? Key { get; init; }
}

/// <summary>Puts what was recorded into words: values come as they are stored.</summary>
public sealed class HistoryWords(IStringLocalizer<Text> words, UserClock clock, string? recordType = null)
{
    private const int Shown = 400;

    private static readonly Dictionary<string, Type> Kinds = new()
    {
        ["Type"] = typeof(InteractionType),
        ["Direction"] = typeof(InteractionDirection),
        ["Outcome"] = typeof(InteractionOutcome),
        ["Priority"] = typeof(Priority),
        ["Lifecycle"] = typeof(Lifecycle),
        ["Stage"] = typeof(DealStage),
        ["Seniority"] = typeof(Seniority),
        ["Source"] = typeof(ContactSource),
        ["BudgetAuthority"] = typeof(BudgetAuthority),
        ["Visibility"] = typeof(Visibility),
        ["Gender"] = typeof(Gender),
        ["Photos"] = typeof(PhotoKind),
        ["State"] = typeof(TaskState),
        ["Class"] = typeof(AccountClass),
        ["Size"] = typeof(CompanySize),
        ["Registry.Risk"] = typeof(RiskLevel),
    };

    /// <summary>What a reader is told of a change; keys of records and fields without a name are left out.</summary>
    public IEnumerable<HistoryLine> Lines(HistoryEntry entry) => Lines(entry.Fields);

    public IEnumerable<HistoryLine> Lines(IEnumerable<FieldChange> fields) => fields.SelectMany(Lines).Where(l => (l.Before ?? "") != (l.After ?? ""));

    /// <summary>What the command did, in words; of one without words of its own what became of the record.</summary>
    public string Done(HistoryEntry entry)
    {
        var known = words["command." + entry.Command];
        return known.ResourceNotFound ? words.Of(entry.Kind) : known;
    }

    /// <summary>By which door it came: an import is known by its command.</summary>
    public string From(HistoryEntry entry) => From(entry.Command, entry.Origin);

    public string From(string command, ChangeOrigin origin) => command.Split('.')[0] switch
    {
        "import" => words["history.from.import"],
        "bulk" => words["history.from.bulk"],
        "night" or "analysis" => words["history.from.ai"],
        _ => words.Of(origin),
    };

    private IEnumerable<HistoryLine> Lines(FieldChange change)
    {
        if (Object(change.Before) is var before && Object(change.After) is var after && (before ?? after) is not null)
            return Parts(before, after, change.Key);
        if (Guid.TryParse(change.Before, out _) || Guid.TryParse(change.After, out _)) return [];
        return Name(change) is { } name ? [new(name, Value(change, change.Before), Value(change, change.After)) { Key = change.Key }] : [];
    }

    // Of several statements of one kind which it is, where a word tells it.
    private string Statement(string claim)
    {
        var (key, which) = claim.Split('|', 2) is [var one, var rest] ? (one, rest) : (claim, null);
        return which is null || which.Contains(':', StringComparison.Ordinal) ? words.About(key) : $"{words.About(key)} {words.Value(key, which)}";
    }

    private string? Value(FieldChange change, string? stored) => (change.Field, stored) switch
    {
        (FieldChange.Profile, { Length: > 0 } value) => words.Value(change.Label!.Split('|')[0], value),
        (FieldChange.ProfileWrong, not null) => words["history.profile.wrong"],
        (nameof(Folder.ParentId), null) when recordType == nameof(Folder) => words["folder.top"],
        (nameof(SavedView.Filter), not null) when recordType == nameof(SavedView) => FilterWords.Of(stored, words),
        (nameof(BusinessCard.State), not null) when recordType == nameof(BusinessCard) => Enum.TryParse<CardState>(stored, out var state) ? words.Of(state) : stored,
        _ => Value(change.Field, stored),
    };

    // Personal details are kept as one; told one by one.
    private IEnumerable<HistoryLine> Parts(Dictionary<string, JsonElement>? before, Dictionary<string, JsonElement>? after, string? key)
    {
        foreach (var part in (before ?? []).Keys.Union((after ?? []).Keys))
        {
            // Stored in small letters.
            var field = char.ToUpperInvariant(part[0]) + part[1..] is var known && known == "Notes" ? "PersonalNotes" : known;
            var name = words["field." + field];
            if (!name.ResourceNotFound) yield return new(name, Value(field, Raw(before, part)), Value(field, Raw(after, part))) { Key = key is null ? null : $"{key}/{part}" };
        }
    }

    private string? Name(FieldChange change)
    {
        if (change is { Label: { } claim, Field: FieldChange.Profile or FieldChange.ProfileNote or FieldChange.ProfileWrong })
        {
            var about = Statement(claim);
            return change.Field == FieldChange.ProfileNote ? words["history.profile.note", about].Value : words["history.profile", about].Value;
        }
        if (change.Field.StartsWith(FieldChange.Card, StringComparison.Ordinal)) return words[$"namecard.field.{change.Field[FieldChange.Card.Length..]}"] is { ResourceNotFound: false } read ? words["history.card.read", read.Value].Value : null;
        if (change.Label is { } label) return change.Field == "MayChange" ? words["history.share", label].Value : label;
        // Fixed as it was made, and told beside its name.
        if (recordType == nameof(CustomField) && change.Field == nameof(CustomField.Type)) return null;
        // A company's name is not called as a person's is, nor a task's title.
        var name = words[(recordType, change.Field) switch
        {
            (nameof(Account), nameof(Account.Name)) => "field.account.Name",
            (nameof(TaskItem), nameof(TaskItem.Title)) => "field.task.Title",
            (nameof(Tag) or nameof(CustomField) or nameof(Folder) or nameof(SavedView), nameof(Tag.Name)) => "fields.name",
            (nameof(Folder), nameof(Folder.ParentId)) => "history.folder.parent",
            (nameof(SavedView), nameof(SavedView.Filter)) => "history.view.filter",
            (nameof(SavedView), nameof(SavedView.IsShared)) => "view.share",
            (nameof(BusinessCard), nameof(BusinessCard.FileName)) => "history.card.file",
            (nameof(BusinessCard), nameof(BusinessCard.PutOffAt)) => "history.card.later",
            _ => "field." + change.Field,
        }];
        return name.ResourceNotFound ? null : name.Value;
    }

    private string? Value(string field, string? stored)
    {
        if (string.IsNullOrEmpty(stored)) return null;
        if (recordType == nameof(Tag) && field == nameof(Tag.Kind)) return Enum.TryParse<TagKind>(stored, out var sort) ? words.Of(sort) : stored;
        if (Kinds.TryGetValue(field, out var kind)) return string.Join(", ", stored.Split(", ").Select(v => words[$"{kind.Name}.{v}"] is { ResourceNotFound: false } word ? word.Value : v));
        if (bool.TryParse(stored, out var yes)) return words[yes ? "yes" : "no"];
        if (field.EndsWith("At", StringComparison.Ordinal) && DateTime.TryParse(stored, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) return clock.Full(at);
        if (field.EndsWith("Minor", StringComparison.Ordinal) && long.TryParse(stored, CultureInfo.InvariantCulture, out var minor)) return (minor / 100m).ToString("#,0.##", CultureInfo.CurrentCulture);
        if (field.EndsWith("Micros", StringComparison.Ordinal) && long.TryParse(stored, CultureInfo.InvariantCulture, out var micros)) return AiRuns.AiWords.Cost(micros);
        if (field == $"Custom.{CustomFieldType.Choices}" && CustomFieldRules.Choices(stored) is { } chosen) stored = string.Join(", ", chosen);
        if (stored is ['{' or '[', ..]) stored = Flat(stored);
        return stored.Length > Shown ? stored[..Shown] + "\u2026" : stored;
    }

    private static string? Raw(Dictionary<string, JsonElement>? parts, string name) =>
        parts is not null && parts.TryGetValue(name, out var value) ? string.Join(", ", Leaves(value)) is { Length: > 0 } text ? text : null : null;

    private static Dictionary<string, JsonElement>? Object(string? stored)
    {
        if (stored is not ['{', .., '}']) return null;
        try { return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(stored); }
        catch (JsonException) { return null; } // a text that only looks like one, or several
    }

    // One or several records in a row.
    private static string Flat(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json[0] == '{' ? $"[{json}]" : json);
            return string.Join(" · ", Leaves(document.RootElement));
        }
        catch (JsonException) { return json; }
    }

    private static IEnumerable<string> Leaves(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Leaves(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
        JsonValueKind.Null => [],
        _ => [element.ToString()],
    };
}
