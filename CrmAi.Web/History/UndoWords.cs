using System.Globalization;
using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.History;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.History;

/// <summary>Commands as the page of what can be undone calls them. A command gets its words by a resource of its name; one without any is told of neutrally.</summary>
public static class UndoWords
{
    public static string Title(IStringLocalizer<Text> words, UndoRow row)
    {
        if (row.IsGroup && row.Command.Split('.') is ["bulk", var action] && Enum.TryParse<BulkAction>(action, ignoreCase: true, out var known)) return words["undoing.bulk", words.Of(known), row.Rows];
        return row.IsGroup ? words["undoing.group", Of(words, row.Command), row.Rows] : Of(words, row.Command);
    }

    // In a history a name stands before it; here nothing does.
    public static string Of(IStringLocalizer<Text> words, string command) =>
        (words["command." + command] is { ResourceNotFound: false } named ? named.Value : words["command.other"].Value) is [var first, .. var rest] ? char.ToUpper(first, CultureInfo.CurrentCulture) + rest : "";
}
