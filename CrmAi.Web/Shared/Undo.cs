using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Shared;

/// <summary>Says what was done and offers to take it back.</summary>
public sealed class Undo(IHistory history, Toasts toasts, IStringLocalizer<Text> words)
{
    /// <param name="after">What the page does once the command was taken back.</param>
    /// <param name="slot">The next offer of the same slot takes its place.</param>
    public void Offer(string done, Saved saved, Func<Task>? after = null, string? slot = null) => toasts.Show(done, words["undo"], () => TakeBackAsync(saved.ChangeSetId, after), slot);

    public async Task<bool> TakeBackAsync(Guid changeSetId, Func<Task>? after = null)
    {
        var result = await history.UndoAsync(changeSetId, CancellationToken.None);
        if (!result.Succeeded)
        {
            toasts.Problem(words.Of(result.Errors));
            return false;
        }
        toasts.Show(words["undone"]);
        if (after is not null) await after();
        return true;
    }
}
