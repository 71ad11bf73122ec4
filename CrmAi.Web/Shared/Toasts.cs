namespace CrmAi.Web.Shared;

public enum ToastTone { Done, Problem }

/// <param name="ActionText">What the button says; null for none.</param>
/// <param name="Slot">The next of the same slot takes its place; null for none.</param>
public sealed record Toast(Guid Id, ToastTone Tone, string Text, string? ActionText, Func<Task>? Action, string? Slot = null);

/// <summary>Short notices that offer to take back what was just done.</summary>
public sealed class Toasts
{
    private readonly List<Toast> shown = [];

    public event Action? Changed;

    public IReadOnlyList<Toast> Shown => shown;

    public void Show(string text, string? actionText = null, Func<Task>? action = null, string? slot = null) => Add(new(Guid.NewGuid(), ToastTone.Done, text, actionText, action, slot));

    public void Problem(string text, string? actionText = null, Func<Task>? action = null) => Add(new(Guid.NewGuid(), ToastTone.Problem, text, actionText, action));

    public void Remove(Guid id)
    {
        shown.RemoveAll(t => t.Id == id);
        Changed?.Invoke();
    }

    private void Add(Toast toast)
    {
        shown.RemoveAll(t => (t.Tone == toast.Tone && t.Text == toast.Text) || (t.Slot is not null && t.Slot == toast.Slot));
        if (shown.Count == 4) shown.RemoveAt(0);
        shown.Add(toast);
        Changed?.Invoke();
    }
}
