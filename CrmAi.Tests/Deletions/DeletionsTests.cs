using CrmAi.Domain.Contacts;
using CrmAi.Domain.Deletions;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Deletions;

public sealed class DeletionsTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!, mate = null!;
    private Acting my = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        mate = await db.AddUserAsync(Role.SalesRep, team);
        my = db.As(rep);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Deleted_OfEveryKind_StandNewestFirstWithWhoseAndByWhom()
    {
        var kept = (await my.Contacts.AddAsync(Samples.Contact("林若溪"), default)).Value.Id;
        var talk = (await my.Interactions.AddAsync(kept, Samples.Interaction("记错了人的电话"), default)).Value.Id;
        var company = (await my.Accounts.AddAsync(new() { Name = "重复的公司", Industry = "制造", City = "苏州" }, default)).Value.Id;
        var person = await AddAsync("张三");
        await DeleteAsync(DeletedKind.Interaction, talk, my);
        await DeleteAsync(DeletedKind.Account, company, my);
        var manager = await db.AddUserAsync(Role.Manager, team);
        await DeleteAsync(DeletedKind.Contact, person, db.As(manager));

        var rows = await AllAsync(my);
        rows.Select(r => (r.Kind, r.Id, r.Name, r.Owner, r.DeletedBy)).ShouldBe([(DeletedKind.Contact, person, "张三", rep.Name, manager.Name), (DeletedKind.Account, company, "重复的公司", rep.Name, rep.Name), (DeletedKind.Interaction, talk, "记错了人的电话", rep.Name, rep.Name)]);
        rows[0].Details.ShouldBe(["采购总监", "沪上精工"]);
        rows[1].Details.ShouldBe(["制造", "苏州"]);
        rows[2].Talk!.ShouldSatisfyAllConditions(t => t.ContactId.ShouldBe(kept), t => t.ContactName.ShouldBe("林若溪"), t => t.Type.ShouldBe(InteractionType.Call));
        rows.ShouldAllBe(r => r.Until == r.DeletedAt.AddDays(IHistory.UndoDays));
        foreach (var kind in Enum.GetValues<DeletedKind>()) (await AllAsync(my, kind)).ShouldBe(rows.Where(r => r.Kind == kind), new ById());
    }

    [Fact]
    public async Task Pages_ReadOn_HoldEachDeletionOnce()
    {
        for (var i = 0; i < 3; i++)
        {
            var person = await AddAsync($"客户{i}");
            await DeleteAsync(DeletedKind.Account, (await my.Accounts.AddAsync(new() { Name = $"公司{i}" }, default)).Value.Id, my);
            await DeleteAsync(DeletedKind.Contact, person, my);
        }
        var read = new List<DeletedRow>();
        string? after = null;
        do
        {
            var page = (await List(my).ListAsync(null, after, 2, default)).Value;
            page.Items.Count.ShouldBe(2);
            read.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        read.Select(r => r.Name).ShouldBe(["客户2", "公司2", "客户1", "公司1", "客户0", "公司0"]);
        foreach (var wrong in (string[])["", "x", "???", new('-', 900)])
            (await List(my).ListAsync(null, wrong, 2, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("cursor.unknown", wrong);
    }

    [Fact]
    public async Task Watchers_OfDeletions_AreToldOfEveryKindDeletedAndRestored()
    {
        var manager = db.As(await db.AddUserAsync(Role.Manager, team));
        var person = await AddAsync("张三");
        var other = await AddAsync("李四");
        var talk = (await my.Interactions.AddAsync(other, Samples.Interaction(), default)).Value.Id;
        var company = (await my.Accounts.AddAsync(new() { Name = "公司" }, default)).Value.Id;
        foreach (var (kind, id) in ((DeletedKind, Guid)[])[(DeletedKind.Contact, person), (DeletedKind.Account, company), (DeletedKind.Interaction, talk)])
        {
            (await ToldAsync(() => DeleteAsync(kind, id, my))).ShouldBe([id]);
            (await ToldAsync(async () => (await (kind switch
            {
                DeletedKind.Contact => my.Contacts.RestoreAsync(id, default),
                DeletedKind.Account => my.Accounts.RestoreAsync(id, default),
                _ => my.Interactions.RestoreAsync(id, default),
            })).Succeeded.ShouldBeTrue())).ShouldBeEmpty();
        }

        // What the manager reads when told.
        async Task<List<Guid>> ToldAsync(Func<Task> change)
        {
            var told = new TaskCompletionSource<List<Guid>>(TaskCreationOptions.RunContinuationsAsynchronously);
            using (db.Get<ILiveUpdates>().Watch(LiveTopic.Deletions, async () => told.TrySetResult([.. (await AllAsync(manager)).Select(r => r.Id)])))
            {
                await change();
                await Eventually.TrueAsync(() => told.Task.IsCompleted, "the manager is told");
                return await told.Task;
            }
        }
    }

    [Fact]
    public async Task Deleted_LongerThanThirtyDaysAgo_IsListedNoMore()
    {
        var (early, late) = (await AddAsync("早"), await AddAsync("晚"));
        await DeleteAsync(DeletedKind.Contact, early, my);
        db.Clock.Advance(TimeSpan.FromDays(1));
        await DeleteAsync(DeletedKind.Contact, late, my);
        db.Clock.Advance(TimeSpan.FromDays(29) + TimeSpan.FromHours(1));
        (await AllAsync(my)).Select(r => r.Id).ShouldBe([late]);
        (await my.Contacts.RestoreAsync(late, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.RestoreAsync(early, default)).Errors.Single().Code.ShouldBe("undo.late");
    }

    [Fact]
    public async Task Restored_IsBackAndListedNoMore_AndDeletedAgainIsOfTheLastWhoDid()
    {
        var person = await AddAsync("张三");
        await DeleteAsync(DeletedKind.Contact, person, my);
        (await my.Contacts.RestoreAsync(person, default)).Succeeded.ShouldBeTrue();
        (await AllAsync(my)).ShouldBeEmpty();
        (await my.Contacts.ListAsync(new(), 0, 5, default)).Items.ShouldHaveSingleItem().Id.ShouldBe(person);
        var manager = await db.AddUserAsync(Role.Manager, team);
        await DeleteAsync(DeletedKind.Contact, person, db.As(manager));
        (await AllAsync(my)).ShouldHaveSingleItem().DeletedBy.ShouldBe(manager.Name);
    }

    [Fact]
    public async Task Conversation_OfADeletedContact_IsListedOnceTheContactIsBack()
    {
        var person = await AddAsync("张三");
        var (gone, kept) = ((await my.Interactions.AddAsync(person, Samples.Interaction("删掉的"), default)).Value.Id, (await my.Interactions.AddAsync(person, Samples.Interaction("留着的"), default)).Value.Id);
        await DeleteAsync(DeletedKind.Interaction, gone, my);
        await DeleteAsync(DeletedKind.Contact, person, my);
        (await AllAsync(my)).Select(r => r.Id).ShouldBe([person]);
        (await my.Contacts.RestoreAsync(person, default)).Succeeded.ShouldBeTrue();
        (await AllAsync(my)).Select(r => r.Id).ShouldBe([gone]);
        (await my.Interactions.GetAsync(kept, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Conversation_DeletedByAColleagueWithWhomTheContactIsShared_IsTheirsToRestore()
    {
        var person = (await my.Contacts.AddAsync(Samples.Contact(visibility: Visibility.Private), default)).Value.Id;
        var talk = (await my.Interactions.AddAsync(person, Samples.Interaction(), default)).Value.Id;
        (await my.Contacts.ShareAsync(person, [new(mate.Id, true)], default)).Succeeded.ShouldBeTrue();
        var their = db.As(mate);
        await DeleteAsync(DeletedKind.Interaction, talk, their);
        (await AllAsync(their)).ShouldHaveSingleItem().DeletedBy.ShouldBe(mate.Name);
        (await their.Interactions.RestoreAsync(talk, default)).Succeeded.ShouldBeTrue();
        // With the share goes what it opened.
        await DeleteAsync(DeletedKind.Interaction, talk, their);
        (await my.Contacts.ShareAsync(person, [], default)).Succeeded.ShouldBeTrue();
        (await AllAsync(their)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Admin, "all")]
    [InlineData(Role.Manager, "own team public")]
    [InlineData(Role.SalesRep, "own")]
    [InlineData(Role.SupportAgent, "")]
    [InlineData(Role.Trainer, "")]
    [InlineData(Role.Analyst, "")]
    [InlineData(Role.Viewer, "")]
    public async Task Deleted_ForARole_IsJustWhatItMayRestore(Role role, string expected)
    {
        var person = await db.AddUserAsync(role, team);
        var stranger = await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("华南"));
        var admin = db.As(await db.AddUserAsync(Role.Admin));
        var standings = new Dictionary<Guid, (DeletedKind Kind, string Standing)>();
        foreach (var (standing, owner, visibility) in ((string, User, Visibility)[])[("own", person, Visibility.Private), ("team", rep, Visibility.Team), ("public", rep, Visibility.Public), ("secret", rep, Visibility.Private), ("other", stranger, Visibility.Team), ("open", stranger, Visibility.Public)])
        {
            // Made past the use cases: some roles own what others gave them.
            var now = db.Clock.Now;
            var contact = new Contact { Name = standing, OwnerId = owner.Id, TeamId = owner.TeamId, Visibility = visibility, CreatedAt = now, UpdatedAt = now };
            var talkedTo = new Contact { Name = $"{standing} still there", OwnerId = owner.Id, TeamId = owner.TeamId, Visibility = visibility, CreatedAt = now, UpdatedAt = now };
            var account = new Domain.Accounts.Account { Name = standing, OwnerId = owner.Id, TeamId = owner.TeamId, Visibility = visibility, CreatedAt = now, UpdatedAt = now };
            var talk = new Interaction { ContactId = talkedTo.Id, AuthorId = owner.Role is Role.SalesRep ? owner.Id : rep.Id, Content = standing, At = now, CreatedAt = now, UpdatedAt = now };
            await db.WriteAsync(d => d.AddRange(contact, talkedTo, account, talk));
            foreach (var (kind, id) in ((DeletedKind, Guid)[])[(DeletedKind.Contact, contact.Id), (DeletedKind.Account, account.Id), (DeletedKind.Interaction, talk.Id)])
            {
                standings[id] = (kind, standing);
                await DeleteAsync(kind, id, admin);
            }
        }
        var their = db.As(person);
        var listed = (await AllAsync(their)).Select(r => r.Id).ToHashSet();
        var wanted = standings.Where(s => expected == "all" || expected.Split(' ').Contains(s.Value.Standing)).Select(s => s.Key);
        listed.Select(id => standings[id]).ShouldBe(wanted.Select(id => standings[id]), ignoreOrder: true);
        foreach (var (id, (kind, standing)) in standings)
        {
            var restored = await RestoreAsync(kind, id, their);
            restored.Succeeded.ShouldBe(listed.Contains(id), $"{role} {kind} {standing}");
        }
        (await AllAsync(their)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Conversation_OfSupport_IsListedForItsAuthor()
    {
        var support = await db.AddUserAsync(Role.SupportAgent, team);
        var person = await AddAsync("张三");
        var talk = (await db.As(support).Interactions.AddAsync(person, Samples.Interaction(), default)).Value.Id;
        var hidden = (await my.Interactions.AddAsync(person, Samples.Interaction("私下说的", isPrivate: true), default)).Value.Id;
        await DeleteAsync(DeletedKind.Interaction, talk, my);
        await DeleteAsync(DeletedKind.Interaction, hidden, my);
        (await AllAsync(db.As(support))).Select(r => r.Id).ShouldBe([talk]);
        (await AllAsync(my)).Select(r => r.Id).ShouldBe([hidden, talk]);
        // A private one is its author's, whoever manages them.
        (await AllAsync(db.As(await db.AddUserAsync(Role.Manager, team)))).Select(r => r.Id).ShouldBe([talk]);
    }

    private static IDeletions List(Acting who) => who.Get<IDeletions>();

    private static async Task<IReadOnlyList<DeletedRow>> AllAsync(Acting who, DeletedKind? kind = null)
    {
        var page = (await List(who).ListAsync(kind, null, 200, default)).Value;
        page.Next.ShouldBeNull();
        return page.Items;
    }

    private async Task<Guid> AddAsync(string name) => (await my.Contacts.AddAsync(Samples.Contact(name), default)).Value.Id;

    private async Task DeleteAsync(DeletedKind kind, Guid id, Acting by)
    {
        db.Clock.Advance(TimeSpan.FromSeconds(1));
        (await (kind switch { DeletedKind.Contact => by.Contacts.DeleteAsync(id, default), DeletedKind.Account => by.Accounts.DeleteAsync(id, default), _ => by.Interactions.DeleteAsync(id, default) })).Succeeded.ShouldBeTrue();
    }

    private static Task<Result<Saved>> RestoreAsync(DeletedKind kind, Guid id, Acting by) =>
        kind switch { DeletedKind.Contact => by.Contacts.RestoreAsync(id, default), DeletedKind.Account => by.Accounts.RestoreAsync(id, default), _ => by.Interactions.RestoreAsync(id, default) };

    private sealed class ById : IEqualityComparer<DeletedRow>
    {
        public bool Equals(DeletedRow? a, DeletedRow? b) => a?.Id == b?.Id && a?.Name == b?.Name;

        public int GetHashCode(DeletedRow row) => row.Id.GetHashCode();
    }
}
