using System.Text.RegularExpressions;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Contacts;

/// <summary>What a label must be. Errors: tag.name.empty, text.long (args: limit), tag.colour.</summary>
public static partial class TagRules
{
    /// <summary>Characters of a name; labels of the company; contacts from which one may be taken off at once.</summary>
    public const int MaxName = 50, MaxTags = 500, MaxUsed = 5_000;

    public static IReadOnlyList<Error> Check(TagEdit edit)
    {
        var errors = new List<Error>();
        if (string.IsNullOrWhiteSpace(edit.Name)) errors.Add(new("tag.name.empty", nameof(edit.Name)));
        if (edit.Name.Trim().Length > MaxName) errors.Add(new("text.long", nameof(edit.Name), MaxName));
        if (!Colour().IsMatch(edit.Colour)) errors.Add(new("tag.colour", nameof(edit.Colour)));
        return errors;
    }

    public static string Normal(string colour) => colour.ToLowerInvariant();

    [GeneratedRegex(@"\A#[0-9a-fA-F]{6}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Colour();
}
