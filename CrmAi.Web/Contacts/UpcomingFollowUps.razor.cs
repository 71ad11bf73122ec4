using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Contacts;

/// <summary>Whom one owes a call: overdue first, then the coming two weeks.</summary>
public sealed partial class UpcomingFollowUps : LiveComponent
{
    private const int Days = 14, Shown = 30;

    private ContactSlice? rows;

    [Inject] private IContacts Contacts { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public ContactFilter Filter { get; set; } = new();
    [Parameter] public Guid? Selected { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Watch(LiveTopic.ContactsOf((await CurrentUser.GetAsync(Gone)).Id));
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct) =>
        rows = await Contacts.ListAsync(new ContactQuery(FollowUpBefore: Clock.UtcNow.AddDays(Days), Order: ContactOrder.FollowUp), 0, Shown, ct);

    private string Due(DateTime due)
    {
        var days = DateOnly.FromDateTime(Clock.Local(due)).DayNumber - Clock.Today.DayNumber;
        return days switch
        {
            < 0 => L["upcoming.late", -days],
            0 => L["upcoming.today", Clock.Hour(due)],
            1 => L["upcoming.tomorrow"],
            _ => Clock.Day(due),
        };
    }
}
