using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;

namespace CrmAi.Domain.Imports;

/// <summary>Telephone numbers, e-mails and WeChat ids of a row: the first that is one goes into its field, the others into the notes.</summary>
internal sealed class ContactChannels(Func<ImportField, string, string, object?> refuse)
{
    private readonly List<(ImportTarget? Target, string Text, string Label, int Column)> found = [];

    public void Take(MappedColumn column, string text, string label)
    {
        var target = column.Field.Target;
        Func<string, bool> isOne = target switch { ImportTarget.Email => ContactRules.IsEmail, ImportTarget.WeChat => IsWeChat, _ => ContactRules.IsPhone };
        foreach (var one in ImportValues.Several(text, isOne))
        {
            var value = Shared.OneLine.Of(target == ImportTarget.Email ? one.Replace("mailto:", "", StringComparison.OrdinalIgnoreCase).Replace('＠', '@') : one);
            if (!isOne(value)) refuse(column.Field, target switch { ImportTarget.Email => "value.email", ImportTarget.WeChat => "value.wechat", _ => "value.phone" }, one);
            else found.Add((column.LabelIndex is null || target is ImportTarget.Email or ImportTarget.WeChat ? target : ByLabel(label, value), value, label.TrimStart('*', ' '), column.Index));
        }
    }

    public void Into(List<ImportedValue> values, NotesOfRow notes)
    {
        var seen = new HashSet<string>();
        foreach (var (target, text, label, column) in found)
        {
            if (target is { } field && !values.Exists(v => v.Field.Target == field))
            {
                values.Add(new(new(field), text, column));
                seen.Add(Key(text));
            }
            else if (seen.Add(Key(text))) notes.Add(ImportTarget.Notes, label.Length > 0 ? label : null, text, column);
        }
    }

    private static string Key(string text) => text.Contains('@', StringComparison.Ordinal) ? ContactKeys.Email(text)! : ContactKeys.Phone(text) ?? text;

    // A fax is nobody's telephone.
    private static ImportTarget? ByLabel(string label, string number)
    {
        var key = label.ToLowerInvariant();
        if (key.Contains("fax", StringComparison.Ordinal) || key.Contains("传真", StringComparison.Ordinal)) return null;
        if (key.Contains("mobile", StringComparison.Ordinal) || key.Contains("cell", StringComparison.Ordinal) || key.Contains("iphone", StringComparison.Ordinal) || key.Contains("手机", StringComparison.Ordinal) || key.Contains("移动", StringComparison.Ordinal)) return ImportTarget.Mobile;
        return CellForms.IsMobile(number) ? ImportTarget.Mobile : ImportTarget.Phone;
    }

    // WeChat's own rule, as ContactRules has it.
    private static bool IsWeChat(string text) => text.Length is >= 4 and <= 40 && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '+');
}

/// <summary>Long texts of a row, each from several columns: what a column says is called by its name.</summary>
internal sealed class NotesOfRow
{
    private readonly List<(ImportTarget Target, string Line, int Column)> lines = [];

    public void Add(ImportTarget target, string? label, string text, int column) => lines.Add((target, label is null ? text : $"{label}: {text}", column));

    public void Into(List<ImportedValue> values, ImportKind kind)
    {
        foreach (var group in lines.GroupBy(l => Held(l.Target, kind)))
            values.Add(new(new(group.Key), string.Join('\n', group.Select(l => l.Line).Distinct()), group.First().Column));
    }

    private static ImportTarget Held(ImportTarget target, ImportKind kind) => (kind, target) switch
    {
        (ImportKind.Accounts, ImportTarget.Notes) => ImportTarget.Description,
        (ImportKind.Interactions, ImportTarget.Notes) => ImportTarget.Content,
        _ => target,
    };
}

/// <summary>A company's addresses: street, city and state of one kind are one.</summary>
internal static class AddressParts
{
    public static void Add(List<ImportedValue> values, MappedColumn column, string text)
    {
        // "Office: 88 Century Avenue ::: Plant: …", as we write them ourselves.
        var several = text.Split(":::", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (several.Length > 1 || (column.Label is null && text.IndexOf(": ", StringComparison.Ordinal) is > 0 and < AccountRules.MaxKind))
        {
            foreach (var one in several)
            {
                var cut = one.IndexOf(": ", StringComparison.Ordinal) is > 0 and < AccountRules.MaxKind and var at1 ? at1 : -1;
                values.Add(new(column.Field, cut < 0 ? new PostalAddress("", Shared.OneLine.Of(one)) : new PostalAddress(Shared.OneLine.Of(one[..cut]), Shared.OneLine.Of(one[(cut + 2)..])), column.Index));
            }
            return;
        }
        var kind = column.Label is { } label && label.Split(' ', '地')[0] is { Length: <= 20 } first && first != label ? first : column.Label ?? "";
        if (kind.Length > AccountRules.MaxKind) kind = kind[..AccountRules.MaxKind];
        var at = values.FindIndex(v => v.Field == column.Field && ((PostalAddress)v.Value).Kind == kind);
        if (at < 0) values.Add(new(column.Field, new PostalAddress(kind, Shared.OneLine.Of(text)), column.Index));
        else if (values[at].Value is PostalAddress before) values[at] = values[at] with { Value = before with { Text = $"{before.Text}, {Shared.OneLine.Of(text)}" } };
    }
}
