using System.Globalization;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>One field of a record that a merge decides about.</summary>
/// <param name="Show">As stored; null where it is empty, or says no more than a new record does.</param>
/// <param name="Take">Writes the second record's value into the first.</param>
internal sealed record MergePartOf<T>(string Field, Func<T, string?> Show, Action<T, T> Take)
{
    public bool Joins { get; init; }

    /// <summary>Whether of two values that say the same the longer is proposed, though it is older: a company's whole name.</summary>
    public Func<string, string, bool>? Same { get; init; }
    public string? Label { get; init; }
}

internal static class MergeFields
{
    /// <summary>Fields of which the two say something else, with what a merge would do.</summary>
    public static IReadOnlyList<MergeField> Differing<T>(IEnumerable<MergePartOf<T>> parts, T survivor, T loser, bool loserIsNewer) =>
        [.. parts.Select(p => (Part: p, Mine: p.Show(survivor), Theirs: p.Show(loser))).Where(p => p.Mine != p.Theirs)
            .Select(p => new MergeField(p.Part.Field, p.Mine, p.Theirs, Wins(p.Part, p.Mine, p.Theirs, loserIsNewer)) { Joins = p.Part.Joins, Label = p.Part.Label })];

    private static MergeSide Wins<T>(MergePartOf<T> part, string? mine, string? theirs, bool loserIsNewer)
    {
        if (mine is null || theirs is null) return mine is null ? MergeSide.Loser : MergeSide.Survivor;
        return (part.Same?.Invoke(mine, theirs) == true && mine.Length != theirs.Length ? theirs.Length > mine.Length : loserIsNewer) ? MergeSide.Loser : MergeSide.Survivor;
    }

    /// <summary>Writes what was chosen; answers the field that is none.</summary>
    public static string? Apply<T>(IReadOnlyList<MergePartOf<T>> parts, T survivor, T loser, bool loserIsNewer, IReadOnlyDictionary<string, MergeSide>? chosen)
    {
        if (chosen?.Keys.FirstOrDefault(k => parts.All(p => p.Field != k)) is { } unknown) return unknown;
        var differing = Differing(parts, survivor, loser, loserIsNewer).ToDictionary(d => d.Field);
        foreach (var part in parts)
        {
            if (!differing.TryGetValue(part.Field, out var field)) continue;
            if (part.Joins || (chosen?.TryGetValue(part.Field, out var side) == true ? side : field.Wins) == MergeSide.Loser) part.Take(survivor, loser);
        }
        return null;
    }

    /// <summary>The administrator's own fields that either has.</summary>
    public static async Task<IEnumerable<MergePartOf<T>>> CustomAsync<T>(AppDbContext db, CustomFieldTarget target, Func<T, Dictionary<Guid, string>> of, Action<T, Dictionary<Guid, string>> set, CancellationToken ct)
    {
        var fields = await db.CustomFields.AsNoTracking().Where(f => f.Target == target).OrderBy(f => f.Position).Select(f => new { f.Id, f.Name }).ToListAsync(ct);
        return fields.Select(f => new MergePartOf<T>($"Custom.{f.Id:N}", r => of(r).GetValueOrDefault(f.Id), (survivor, loser) =>
        {
            var values = new Dictionary<Guid, string>(of(survivor));
            if (of(loser).GetValueOrDefault(f.Id) is { } value) values[f.Id] = value;
            else values.Remove(f.Id);
            set(survivor, values);
        })
        { Label = f.Name });
    }

    public static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    public static string? Text<TValue>(TValue? value) where TValue : struct => value is null ? null : value is DateTime at ? at.ToString("O", CultureInfo.InvariantCulture) : value is bool yes ? (yes ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture);

    /// <summary>A choice that stands at its beginning says nothing.</summary>
    public static string? Chosen<TValue>(TValue value, TValue beginning) where TValue : struct, Enum => value.Equals(beginning) ? null : value.ToString();

    public static string? List(IEnumerable<string> items) => Text(string.Join(", ", items));

    public static List<TItem> Joined<TItem>(IEnumerable<TItem> mine, IEnumerable<TItem> theirs, int most) => [.. mine.Concat(theirs).Distinct().Take(most)];

    public static string? Notes(string? mine, string? theirs, int most) =>
        string.IsNullOrWhiteSpace(theirs) || mine?.Contains(theirs, StringComparison.Ordinal) == true ? mine : string.IsNullOrWhiteSpace(mine) ? theirs : mine.Length + theirs.Length + 1 <= most ? $"{mine}\n{theirs}" : mine;
}
