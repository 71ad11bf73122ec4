using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Shared;

/// <summary>Says what was done and offers to take it back.</summary>
public sealed class Undo(IHistory history, Toasts toasts, IStringLocalizer<Text> words)
{
    /// <param name="after">What the page does once the command was taken back.</param>
    /// <param name="slot">The next offer of the same slot takes its place.</param>
    public void Offer(string done, Saved saved, Func<Task>? after = null, string? slot = null) => Offer(done, [saved.ChangeSetId], after, slot);

    /// <summary>As above, of several commands that a person did by one click: the last is taken back first.</summary>
    public void Offer(string done, IReadOnlyList<Guid> changeSets, Func<Task>? after = null, string? slot = null) =>
        toasts.Show(done, words["undo"], () => TakeBackAsync(changeSets, after), slot);

    public Task<bool> TakeBackAsync(Guid changeSetId, Func<Task>? after = null) => TakeBackAsync([changeSetId], after);

    private async Task<bool> TakeBackAsync(IReadOnlyList<Guid> changeSets, Func<Task>? after)
    {
        foreach (var set in changeSets.Reverse())
        {
            var result = await history.UndoAsync(set, CancellationToken.None);
            if (result.Succeeded) continue;
            toasts.Problem(words.Of(result.Errors));
            return false;
        }
        toasts.Show(words["undone"]);
        if (after is not null) await after();
        return true;
    }
}
