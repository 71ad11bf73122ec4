using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Web.Interactions;

/// <summary>Changes of single fields with one click.</summary>
public static class InteractionChanges
{
    /// <summary>Somebody's save in between is no obstacle, unless it was to the same field.</summary>
    /// <param name="field">The field that the change is about.</param>
    public static async Task<Result<Saved>> ApplyAsync(this IInteractions interactions, TimelineItem item, Func<InteractionEdit, object?> field, Func<InteractionEdit, InteractionEdit> change, CancellationToken ct)
    {
        var result = await interactions.UpdateAsync(item.Id, item.Version, change(item.Fields), ct);
        if (result.Errors.All(e => e.Code != Error.Conflict.Code)) return result;
        if (await interactions.GetAsync(item.Id, ct) is not { } latest) return Error.NotFound;
        return Equals(field(latest.Fields), field(item.Fields)) ? await interactions.UpdateAsync(item.Id, latest.Version, change(latest.Fields), ct) : Error.Conflict;
    }
}
