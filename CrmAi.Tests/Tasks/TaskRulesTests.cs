using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Web.Tasks;

namespace CrmAi.Tests.Tasks;

public sealed class TaskRulesTests
{
    private const string Shanghai = "Asia/Shanghai";

    [Fact]
    public void Fields_OutOfBounds_AreNamed()
    {
        TaskRules.Check(new() { Title = "回电" }).ShouldBeEmpty();
        TaskRules.Check(new() { Title = " ", Note = new('记', 2_001), DueAt = new(1989, 1, 1, 0, 0, 0, DateTimeKind.Utc) }).Select(e => $"{e.Code} {e.Field}")
            .ShouldBe(["task.title.empty Title", "text.long Note", "task.due.range DueAt"]);
        TaskRules.Check(new() { Title = new('字', 200) }).ShouldBeEmpty();
        TaskRules.Check(new() { Title = new('字', 201) }).Single().Args.ShouldBe([200]);
    }

    [Theory]
    [InlineData(Role.SalesRep, false, true, false, false)]
    [InlineData(Role.Manager, false, true, true, false)]
    [InlineData(Role.Admin, false, true, true, true)]
    [InlineData(Role.Admin, true, false, false, false)]
    public void Giving_ByRole_ReachesOneselfTheTeamOrAll(Role role, bool left, bool self, bool mate, bool stranger)
    {
        var (team, other) = (Guid.NewGuid(), Guid.NewGuid());
        var me = Person(Role.SalesRep, team);
        var viewer = new Viewer(me.Id, "", role, team, [team], "zh-CN", Shanghai, ChangeOrigin.Page);
        (TaskRules.MayGive(viewer, me), TaskRules.MayGive(viewer, Person(Role.SalesRep, team)), TaskRules.MayGive(viewer, Person(Role.SalesRep, other))).ShouldBe((self, mate, stranger));
        TaskRules.MayGive(viewer, Person(Role.Viewer, team)).ShouldBeFalse("whoever only reads has no tasks");

        User Person(Role of, Guid at) => new() { Email = "", Name = "", Role = of, TeamId = at, IsActive = !left };
    }

    [Fact]
    public void Day_WithoutATime_EndsOnItsOwnersClock()
    {
        var day = new DateOnly(2026, 11, 23);
        var end = TaskTimes.EndOfDay(day, Shanghai);
        end.ShouldBe(new(2026, 11, 23, 15, 59, 59, DateTimeKind.Utc));
        TaskTimes.DayOf(end, Shanghai).ShouldBe(day);
        TaskTimes.DayOf(end.AddSeconds(1), Shanghai).ShouldBe(day.AddDays(1));
        // On 29 March the clocks of Berlin skip an hour.
        TaskTimes.At(new(2026, 3, 29), new(2, 30), "Europe/Berlin").ShouldBe(new(2026, 3, 29, 1, 30, 0, DateTimeKind.Utc));
    }

    [Fact]
    public void Reminder_IsAtItsTimeOrWhenWorkBegins_AndNeverInThePast()
    {
        var (due, start) = (new DateTime(2026, 11, 23, 7, 0, 0, DateTimeKind.Utc), new TimeOnly(9, 0));
        var task = new TaskItem { Title = "", DueAt = due, HasTime = true };
        TaskTimes.Reminder(task, start, Shanghai, due.AddMinutes(-1)).ShouldBe(due);
        TaskTimes.Reminder(task, start, Shanghai, due).ShouldBeNull();
        (task.HasTime, task.DueAt) = (false, TaskTimes.EndOfDay(new(2026, 11, 23), Shanghai));
        TaskTimes.Reminder(task, start, Shanghai, due.AddDays(-1)).ShouldBe(new(2026, 11, 23, 1, 0, 0, DateTimeKind.Utc));
        task.State = TaskState.Done;
        TaskTimes.Reminder(task, start, Shanghai, due.AddDays(-1)).ShouldBeNull();
        (task.State, task.DueAt) = (TaskState.Open, null);
        TaskTimes.Reminder(task, start, Shanghai, due).ShouldBeNull();
    }

    [Fact]
    public void Plan_OfManyDays_StandsInGroupsInOrder()
    {
        var today = new DateOnly(2026, 11, 24); // a Tuesday
        DateTime On(int days, int hour) => today.AddDays(days).ToDateTime(new(hour, 0));
        PlanItem Of(string title, DateTime? at, bool hasTime = true, Priority priority = Priority.Medium, TaskState state = TaskState.Open) =>
            new(title, at, hasTime, new(Guid.NewGuid(), 1, new() { Title = title, DueAt = at, HasTime = hasTime, Priority = priority }, "", null, false, null, state, TaskOrigin.Person, null, null, null, Guid.Empty, "", default), title, null, "", null);
        var groups = Plan.ByDay(
        [
            Of("later", On(6, 9)), Of("some day", null), Of("afternoon", On(0, 15)), Of("any time", On(0, 23), false), Of("urgent", On(0, 23), false, Priority.High), Of("morning", On(0, 9)),
            Of("late", On(-1, 9)), Of("sunday", On(5, 9)), Of("tomorrow", On(1, 9)), Of("did it", On(-3, 9), state: TaskState.Done),
        ], today, DateOnly.FromDateTime);
        groups.Select(g => $"{g.Group}: {string.Join(", ", g.Items.Select(i => i.Title))}").ShouldBe(
            ["Overdue: late", "Today: morning, afternoon, urgent, any time", "Tomorrow: tomorrow", "Week: sunday", "Later: later", "Undated: some day", "Done: did it"]);
    }
}
