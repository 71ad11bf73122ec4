namespace CrmAi.Web.Shared;

/// <summary>One field of an edit record: what it is called, how its value reads, and how it is taken from one record into another.</summary>
public sealed record EditField<T>(string Name, Func<T, string?> Show, Func<T, T, T> Take);

/// <summary>Brings together two edits of the same record.</summary>
public static class Merge
{
    /// <summary>Where only one side changed a field, that change stands; the fields that both changed are the clashes, theirs for now.</summary>
    public static (T Merged, IReadOnlyList<EditField<T>> Clashes) Of<T>(IEnumerable<EditField<T>> fields, T before, T mine, T theirs)
    {
        var merged = theirs;
        var clashes = new List<EditField<T>>();
        foreach (var field in fields)
        {
            var (was, here, there) = (Value(field, before), Value(field, mine), Value(field, theirs));
            if (here == was || here == there) continue;
            if (there == was) merged = field.Take(merged, mine);
            else clashes.Add(field);
        }
        return (merged, clashes);
    }

    private static string Value<T>(EditField<T> field, T edit) => field.Show(edit) ?? "";
}
