using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Imports;

/// <summary>One row on its way to a record.</summary>
internal abstract class RowDraft
{
    public required int Number { get; init; }

    public List<RowProblem> Problems { get; } = [];

    /// <summary>Something stands against the whole of it.</summary>
    public bool IsRefused { get; set; }

    private int prepared;

    /// <summary>What was said of it until now holds, whatever is decided and decided anew.</summary>
    public void Keep() => prepared = Problems.Count;

    /// <summary>As it was before anything was decided.</summary>
    public void Reset() => Problems.RemoveRange(prepared, Problems.Count - prepared);

    /// <summary>By what it is told from other rows of the file, the surest first.</summary>
    public List<UInt128> Keys { get; } = [];
}

/// <summary>Which keys the rows of a file have had so far, and in which row first: sixteen bytes and a number each. Those of a batch that is being written count already, and are taken back where it is not.</summary>
internal sealed class FileKeys
{
    private readonly Dictionary<UInt128, int> rows = [], staged = [];

    /// <summary>The number of the row that had one of these first; null where none had.</summary>
    public int? RowOf(IEnumerable<UInt128> keys)
    {
        foreach (var key in keys)
            if (rows.TryGetValue(key, out var number) || staged.TryGetValue(key, out number)) return number;
        return null;
    }

    public void Add(RowDraft row)
    {
        foreach (var key in row.Keys) rows.TryAdd(key, row.Number);
    }

    public void Stage(IEnumerable<RowDraft> batch)
    {
        foreach (var row in batch)
            foreach (var key in row.Keys) staged.TryAdd(key, row.Number);
    }

    public void Settle()
    {
        foreach (var (key, number) in staged) rows.TryAdd(key, number);
        staged.Clear();
    }

    public void Drop() => staged.Clear();
}

/// <summary>Puts what stands against a row where the person sees it: at the column, with what stands in the cell.</summary>
internal sealed class RowProblems(ImportMapping mapping, bool dropsBadValues)
{
    private const int Shown = 80;

    // What an edit record calls otherwise than a file.
    private static readonly Dictionary<string, ImportTarget> Named = new()
    {
        ["BudgetMinor"] = ImportTarget.Budget, ["DealValueMinor"] = ImportTarget.DealValue, ["RevenueMinor"] = ImportTarget.Revenue, ["NextFollowUpAt"] = ImportTarget.NextFollowUp, ["FollowUpAt"] = ImportTarget.FollowUp,
        ["SocialProfiles"] = ImportTarget.Social, ["TagIds"] = ImportTarget.Tags, ["Addresses"] = ImportTarget.Address, ["DurationSeconds"] = ImportTarget.Duration,
    };

    /// <summary>What of the row could not be read: refused, or left out where the person wishes it so.</summary>
    public void Unread(RowDraft draft, FileRow row, IEnumerable<Error> errors)
    {
        foreach (var error in errors)
        {
            draft.Problems.Add(Of(row, error, error.Field is null || error.Code.StartsWith("value.", StringComparison.Ordinal) ? error.Args : [.. error.Args.Skip(1)]));
            if (error.Field is null || !dropsBadValues) draft.IsRefused = true;
        }
    }

    /// <summary>What a record as a whole must be.</summary>
    public void Refuse(RowDraft draft, FileRow row, Error error)
    {
        draft.Problems.Add(Of(row, error, error.Args));
        draft.IsRefused = true;
    }

    public static RowProblem Whole(string code, params string[] args) => new(-1, null, code, args);

    private RowProblem Of(FileRow row, Error error, object[] args)
    {
        var column = ColumnOf(row, error.Field);
        return new(column, column >= 0 && column < row.Cells.Count ? Cut(row.Cells[column]) : null, error.Code, [.. args.Select(a => Cut(a as string ?? FormattableString.Invariant($"{a}")))]);
    }

    // The column that has something in it, of those mapped to the field.
    private int ColumnOf(FileRow row, string? field)
    {
        if (field is null) return -1;
        var fitting = mapping.Columns.Where(c => NameOf(c.Field) == field || (Named.TryGetValue(field, out var target) ? c.Field.Target == target : c.Field.Target.ToString() == field)).Select(c => c.Index).ToList();
        return fitting.Count == 0 ? -1 : fitting.FirstOrDefault(i => i < row.Cells.Count && row.Cells[i].Length > 0, fitting[0]);
    }

    private static string? NameOf(ImportField field) => field.CustomFieldId is { } id ? Domain.CustomFields.CustomFieldRules.FieldName(id) : null;

    private static string Cut(string text) => Search.SearchTerms.Cut(OneLine.Of(text), Shown);
}
