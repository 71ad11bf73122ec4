using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Notifications;

/// <summary>Follows at once wherever the same person reads or is told something.</summary>
public sealed partial class Bell : LiveComponent
{
    private const int PageSize = 50, Most = 200;

    private List<NotificationRow>? rows;
    private string? next, news;
    private Guid? newest;
    private int unread;
    private bool open;

    [Inject] private INotifications Notifications { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public Viewer Viewer { get; set; } = null!;

    private string Count => unread >= INotifications.CountLimit ? "99+" : unread.ToString(System.Globalization.CultureInfo.CurrentCulture);

    protected override async Task OnInitializedAsync()
    {
        Watch(LiveTopic.NotificationsOf(Viewer.Id));
        unread = await Notifications.UnreadAsync(Gone);
        newest = Newest((await Notifications.ListAsync(false, null, 1, Gone)).Value.Items);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        unread = await Notifications.UnreadAsync(ct);
        var read = await Notifications.ListAsync(false, null, open ? Math.Clamp(rows?.Count ?? 0, PageSize, Most) : 1, ct);
        if (!read.Succeeded) return;
        // Said once for however many came together.
        if (read.Value.Items is [{ ReadAt: null } first, ..] && first.Id != newest) news = $"{L["bell.news"]} {L.Of(first.Kind)} {NotificationWords.Text(L, first)}";
        newest = Newest(read.Value.Items);
        if (open) (rows, next) = ([.. read.Value.Items], read.Value.Next);
    }

    private async Task ToggledAsync()
    {
        open = !open;
        if (open) await ReadAsync(Gone);
    }

    private async Task EarlierAsync()
    {
        if (next is null || rows is null) return;
        var read = await Notifications.ListAsync(false, next, PageSize, Gone);
        if (!read.Succeeded) return;
        var known = rows.Select(r => r.Id).ToHashSet();
        rows.AddRange(read.Value.Items.Where(r => !known.Contains(r.Id)));
        next = read.Value.Next;
    }

    private Task ReadOneAsync(NotificationRow row) => row.ReadAt is null ? Notifications.ReadAsync(row.Id, CancellationToken.None) : Task.CompletedTask;

    private Task<Result> ReadAllAsync() => Notifications.ReadAllAsync(CancellationToken.None);

    private static Guid? Newest(IReadOnlyList<NotificationRow> items) => items.Count == 0 ? null : items[0].Id;

    private string When(DateTime at)
    {
        var day = DateOnly.FromDateTime(Clock.Local(at));
        return day == Clock.Today ? Clock.Hour(at) : Clock.Day(day);
    }
}
