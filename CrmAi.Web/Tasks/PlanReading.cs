using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Tasks;
using CrmAi.Web.Interactions;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Tasks;

/// <summary>Whose tasks, about whom.</summary>
/// <param name="Person">Null for one's own.</param>
/// <param name="Everybody">All that one may see.</param>
public sealed record PlanScope(Guid? Person = null, bool Everybody = false, Guid? Contact = null);

/// <summary>Reads what is planned, each part under the person's own rights.</summary>
public sealed class PlanReading(ITasks tasks, IInteractions interactions, IContacts contacts, UserClock clock, IStringLocalizer<Text> words)
{
    private const int PageSize = 200, MostPages = 5, MostOthers = 200;

    /// <summary>All that is open, and what was done today.</summary>
    /// <param name="me">Whose appointments are one's own.</param>
    public async Task<IReadOnlyList<PlanItem>> ByDayAsync(PlanScope scope, Guid me, CancellationToken ct)
    {
        var query = Query(scope);
        var open = await AllAsync(query with { State = TaskState.Open }, ct);
        var done = await AllAsync(query with { State = TaskState.Done, ClosedFrom = clock.Utc(clock.Now.Date) }, ct);
        return [.. open.Concat(done).Select(t => Item(t, scope, me)), .. await OthersAsync(scope, me, clock.WeekEnds.AddDays(7), ct)];
    }

    /// <summary>What that week asks for, done or not, and what the person still owes from before.</summary>
    public async Task<IReadOnlyList<PlanItem>> ByWeekAsync(PlanScope scope, Guid me, DateOnly monday, CancellationToken ct)
    {
        var (from, until) = (clock.Utc(monday.ToDateTime(default)), clock.Utc(monday.AddDays(7).ToDateTime(default)));
        var found = await AllAsync(Query(scope) with { DueFrom = from, DueBefore = until }, ct);
        var others = await OthersAsync(scope, me, until, ct);
        return [.. found.Where(t => t.State != TaskState.Cancelled).Select(t => Item(t, scope, me)), .. others.Where(o => o.At >= from)];
    }

    private static TaskQuery Query(PlanScope scope) => new(scope.Person, scope.Everybody || scope.Contact is not null) { ContactId = scope.Contact };

    private async Task<List<TaskRow>> AllAsync(TaskQuery query, CancellationToken ct)
    {
        var all = new List<TaskRow>();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var read = await tasks.ListAsync(query, after, PageSize, ct);
            if (!read.Succeeded) break;
            all.AddRange(read.Value.Items);
            if ((after = read.Value.Next) is null) break;
        }
        return all;
    }

    // A follow-up on the day of an appointment is that appointment.
    private async Task<IReadOnlyList<PlanItem>> OthersAsync(PlanScope scope, Guid me, DateTime before, CancellationToken ct)
    {
        if (scope.Everybody) return [];
        var mine = scope.Person is null || scope.Person == me;
        var agreed = mine ? await interactions.MyAppointmentsAsync(before, MostOthers, ct) : [];
        var due = await contacts.ListAsync(new ContactQuery(mine ? ContactScope.Mine : ContactScope.Team, FollowUpBefore: before, Order: ContactOrder.FollowUp) { OwnerId = mine ? null : scope.Person }, 0, MostOthers, ct);
        var days = agreed.Select(a => (a.ContactId, Day(a.At))).ToHashSet();
        var items = agreed.Select(a => (a.ContactId, Item: new PlanItem($"a{a.Id}", a.At, true, null, a.Subject is { Length: > 0 } subject ? subject : words.Of(a.Type), Joined(a.ContactName, a.Location), Icons.Of(a.Type), $"/contacts/{a.ContactId}?interaction={a.Id}")))
            .Concat(due.Items.Where(c => c.NextFollowUpAt is { } at && !days.Contains((c.Id, Day(at))))
                .Select(c => (ContactId: c.Id, Item: new PlanItem($"c{c.Id}", c.NextFollowUpAt, true, null, words["plan.followup", c.Name], Joined(c.Title, c.Company), "event_repeat", $"/contacts/{c.Id}"))));
        return [.. items.Where(i => scope.Contact is null || i.ContactId == scope.Contact).Select(i => i.Item)];
    }

    private DateOnly Day(DateTime at) => DateOnly.FromDateTime(clock.Local(at));

    private static PlanItem Item(TaskRow task, PlanScope scope, Guid me)
    {
        var fields = task.Fields;
        var owner = scope.Everybody || scope.Contact is not null ? (fields.OwnerId == me ? null : task.Owner) : null;
        return new($"t{task.Id}", fields.DueAt, fields.HasTime, task, fields.Title, owner, "task_alt", fields.ContactId is { } contact ? $"/contacts/{contact}" : null);
    }

    private static string? Joined(params IEnumerable<string?> parts) => string.Join(" · ", parts.Where(p => !string.IsNullOrEmpty(p))) is { Length: > 0 } text ? text : null;
}
