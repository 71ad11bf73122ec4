using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Notifications;
using CrmAi.Tests.Jobs;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.Notifications;

public sealed class NotificationsTests : IAsyncLifetime
{
    private readonly ScriptedAnalyst analyst = new();
    private TestDatabase db = null!;
    private User rep = null!, manager = null!;

    private INotifications Mine => db.As(rep).Get<INotifications>();

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync(services => services.Replace(ServiceDescriptor.Singleton<IConversationAnalyst>(analyst)));
        var team = await db.AddTeamAsync("华东");
        (rep, manager) = (await db.AddUserAsync(Role.SalesRep, team), await db.AddUserAsync(Role.Manager, team));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Contact_GivenAndShared_IsToldToWhoeverGetsIt()
    {
        var mate = await db.AddUserAsync(Role.SalesRep);
        var contact = (await db.As(manager).Contacts.AddAsync(Samples.Contact("李四"), default)).Value.Id;
        (await db.As(manager).Contacts.AssignAsync(contact, rep.Id, default)).Succeeded.ShouldBeTrue();
        (await Rows(rep)).ShouldBe(["ContactAssigned 李四"]);
        (await db.As(rep).Contacts.ShareAsync(contact, [new(mate.Id, false)], default)).Succeeded.ShouldBeTrue();
        (await Rows(mate)).ShouldBe(["ContactShared 李四"]);
        // what is no longer for them to see is not named
        (await db.As(rep).Contacts.ShareAsync(contact, [], default)).Succeeded.ShouldBeTrue();
        var gone = (await db.As(mate).Get<INotifications>().ListAsync(false, null, 10, default)).Value.Items.Single();
        gone.ShouldSatisfyAllConditions(n => n.Gone.ShouldBeTrue(), n => n.Contact.ShouldBeNull(), n => n.ContactId.ShouldBeNull());
        (await Rows(manager)).ShouldBeEmpty("one's own doing is no news");
    }

    [Fact]
    public async Task Contacts_GivenInBulk_AreToldOnceTogether()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 30; i++) ids.Add((await db.As(manager).Contacts.AddAsync(Samples.Contact($"客户{i}"), default)).Value.Id);
        (await db.As(manager).Get<IBulkEdits>().StartAsync(new(BulkAction.Assign, rep.Id, Ids: ids), default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await db.As(rep).Contacts.ListAsync(new(), 0, 1, default)).Total.ShouldBe(30);
        (await Rows(rep)).ShouldBe(["ContactAssigned "]);
    }

    [Fact]
    public async Task Analysis_GivenUp_IsToldOnce()
    {
        analyst.FailTimes(20);
        var contact = (await db.As(rep).Contacts.AddAsync(Samples.Contact("李四"), default)).Value.Id;
        var talk = (await db.As(rep).Interactions.AddAsync(contact, Samples.Interaction() with { Subject = "电话" }, default)).Value.Id;
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await db.DrainAsync();
            db.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        var told = (await Mine.ListAsync(false, null, 10, default)).Value.Items.Single();
        (told.Kind, told.Contact, told.SubjectId, told.Subject).ShouldBe((NotificationKind.AnalysisFailed, "李四", talk, "电话"));
    }

    [Fact]
    public async Task SameKey_TwiceInOneSaveAndLater_IsOneRow()
    {
        for (var i = 0; i < 2; i++)
        {
            await using var context = db.Open();
            foreach (var _ in Enumerable.Range(0, 2)) NotificationRows.Add(context, rep.Id, NotificationKind.MorningBrief, "brief:2026-11-22", null, "3", db.Clock.Now);
            NotificationRows.Add(context, manager.Id, NotificationKind.MorningBrief, "brief:2026-11-22", null, "5", db.Clock.Now);
            await context.SaveChangesAsync();
        }
        (await Rows(rep)).ShouldHaveSingleItem();
        (await Rows(manager)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Reading_MarksOnesOwnAlone_AndIsHeardLive()
    {
        await TellAsync(5);
        var heard = new TaskCompletionSource();
        using var watch = db.Get<ILiveUpdates>().Watch(LiveTopic.NotificationsOf(rep.Id), () => { heard.TrySetResult(); return Task.CompletedTask; });
        var rows = (await Mine.ListAsync(true, null, 10, default)).Value.Items;
        (await db.As(manager).Get<INotifications>().ReadAsync(rows[0].Id, default)).Errors.ShouldBe([Error.NotFound]);
        (await Mine.UnreadAsync(default)).ShouldBe(5, "nobody reads for another");
        (await Mine.ReadAsync(Ids.Next(), default)).Errors.ShouldBe([Error.NotFound]);
        (await Mine.ReadAsync(rows[0].Id, default)).Succeeded.ShouldBeTrue();
        await heard.Task.WaitAsync(TimeSpan.FromMinutes(4));
        (await Mine.UnreadAsync(default)).ShouldBe(4);
        (await Mine.ReadAsync(rows[0].Id, default)).Succeeded.ShouldBeTrue("read already");
        (await Mine.ListAsync(true, null, 10, default)).Value.Items.Count.ShouldBe(4);
        await Mine.ReadAllAsync(default);
        (await Mine.UnreadAsync(default)).ShouldBe(0);
    }

    [Fact]
    public async Task Pages_ReadOnToTheOldest()
    {
        await TellAsync(7);
        var first = (await Mine.ListAsync(false, null, 3, default)).Value;
        var second = (await Mine.ListAsync(false, first.Next, 3, default)).Value;
        var last = (await Mine.ListAsync(false, second.Next, 3, default)).Value;
        string.Join(",", first.Items.Concat(second.Items).Concat(last.Items).Select(n => n.Text)).ShouldBe("6,5,4,3,2,1,0");
        last.Next.ShouldBeNull();
        (await Mine.ListAsync(false, "x", 3, default)).Errors.Single().Code.ShouldBe("cursor.unknown");
    }

    [Fact]
    public async Task Old_AreRemovedAfterThirtyDays_InBatches()
    {
        await TellAsync(450);
        db.Clock.Advance(TimeSpan.FromDays(29));
        await TellAsync(3, "later");
        (await db.Get<OldNotifications>().RemoveAsync(default)).ShouldBe(0);
        db.Clock.Advance(TimeSpan.FromDays(2));
        (await db.Get<OldNotifications>().RemoveAsync(default)).ShouldBe(450);
        (await Mine.UnreadAsync(default)).ShouldBe(3);
    }

    private async Task TellAsync(int many, string key = "brief")
    {
        await using var context = db.Open();
        for (var i = 0; i < many; i++) NotificationRows.Add(context, rep.Id, NotificationKind.MorningBrief, $"{key}:{i}", null, $"{i}", db.Clock.Now.AddSeconds(i - many));
        await context.SaveChangesAsync();
    }

    private async Task<List<string>> Rows(User person) => [.. (await db.As(person).Get<INotifications>().ListAsync(false, null, 50, default)).Value.Items.Select(n => $"{n.Kind} {n.Contact}")];
}
