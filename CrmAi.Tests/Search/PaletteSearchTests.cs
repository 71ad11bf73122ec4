using System.Diagnostics;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Search;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Search;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Search;

public sealed class PaletteSearchTests : IAsyncLifetime
{
    private const string Said = "客户嫌报价太高，希望先试用一条产线。验收标准由质量部定，联系人是 Michael Chen。";

    private TestDatabase db = null!;
    private User rep = null!;
    private User colleague = null!;
    private Acting my = null!;
    private Guid contact, talk;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        var team = await db.AddTeamAsync("华东");
        (rep, colleague) = (await db.AddUserAsync(Role.SalesRep, team), await db.AddUserAsync(Role.SalesRep, team));
        my = db.As(rep);
        contact = (await my.Contacts.AddAsync(Samples.Contact() with { EnglishName = "Michael Chang" }, default)).Value.Id;
        talk = (await my.Interactions.AddAsync(contact, Samples.Interaction(Said), default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Theory]
    [InlineData("张三"), InlineData("张"), InlineData("zhangsan"), InlineData("zs"), InlineData("6620"), InlineData("Micha"), InlineData("采购 张")]
    public async Task Person_IsFound_HoweverOneTypes(string typed) => (await FindAsync(my, typed, FoundKind.Contact))!.ShouldSatisfyAllConditions(g => g.Items.ShouldHaveSingleItem().Id.ShouldBe(contact), g => g.IsSimilar.ShouldBeFalse());

    [Theory]
    [InlineData("zhangsna"), InlineData("zhansan"), InlineData("zhagnsam"), InlineData("hangsan"), InlineData("micheal"), InlineData("zhng"), InlineData("zhangsnn")]
    public async Task Slip_OfOneLetterOrTwoOfALongWord_IsForgiven(string typed) => (await FindAsync(my, typed, FoundKind.Contact))!.ShouldSatisfyAllConditions(g => g.Items.ShouldHaveSingleItem().Id.ShouldBe(contact), g => g.IsSimilar.ShouldBeTrue());

    [Fact]
    public async Task More_IsSaidOfWhatOneMaySee()
    {
        var hidden = (await db.As(colleague).Contacts.AddAsync(Samples.Contact("他人", Visibility.Private), default)).Value.Id;
        await db.WriteAsync(d =>
        {
            for (var i = 0; i < 70; i++) d.Interactions.Add(new() { ContactId = i < 4 ? contact : hidden, AuthorId = i < 4 ? rep.Id : colleague.Id, Content = $"代号云雀 {i}", At = db.Clock.Now.AddMinutes(-i), CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now });
            d.Interactions.Add(new() { ContactId = contact, AuthorId = rep.Id, Content = "代号云雀", At = db.Clock.Now, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now });
        });
        while (await db.Get<TextSweep>().RunAsync(default) > 0) { }
        (await FindAsync(my, "云雀", FoundKind.Interaction))!.ShouldSatisfyAllConditions(g => g.Items.Count.ShouldBe(5), g => g.HasMore.ShouldBeFalse());
    }

    [Fact]
    public async Task TwoWords_AreFound_BehindManyThatHoldBothApart()
    {
        await db.WriteAsync(d =>
        {
            for (var i = 0; i < 40; i++) d.Interactions.Add(new() { ContactId = contact, AuthorId = rep.Id, Content = i == 39 ? "the budget of the crm" : $"budget {i}", At = db.Clock.Now.AddMinutes(-i), CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now });
        });
        while (await db.Get<TextSweep>().RunAsync(default) > 0) { }
        (await FindAsync(my, "budg crm", FoundKind.Interaction))!.Items.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("zhx"), InlineData("xxxngsan"), InlineData("zxxxgsan"), InlineData("mxcyael"), InlineData("饕餮")]
    public async Task MoreThanThat_IsNot(string typed) => (await FindAsync(my, typed, FoundKind.Contact)).ShouldBeNull();

    [Theory]
    [InlineData("报价", "报价"), InlineData("价", "价"), InlineData("验收标准", "验收标准"), InlineData("michael", "Michael"), InlineData("产线 质量", "产线|质量"), InlineData("试用一条", "试用一条")]
    public async Task WhatWasSaid_IsFound_BeforeAndAfterItsTermsAreWritten(string typed, string marked)
    {
        foreach (var written in (bool[])[false, true])
        {
            (await db.ReadAsync(d => d.InteractionTerms.AnyAsync())).ShouldBe(written);
            var found = (await FindAsync(my, typed, FoundKind.Interaction))!.Items.ShouldHaveSingleItem();
            (found.Id, found.ContactId, found.Name.Text).ShouldBe((talk, contact, "张三"));
            var excerpt = found.Details.Single();
            string.Join('|', excerpt.Marks.Select(m => excerpt.Text.Substring(m.Start, m.Length))).ShouldBe(marked);
            (await db.Get<TextSweep>().RunAsync(default)).ShouldBe(written ? 0 : 1);
        }
    }

    [Fact]
    public async Task WhatWasSaid_FollowsItsText()
    {
        await db.Get<TextSweep>().RunAsync(default);
        await my.Interactions.UpdateAsync(talk, 1, Samples.Interaction("改约下周参观工厂"), default);
        (await FindAsync(my, "报价", FoundKind.Interaction)).ShouldBeNull();
        (await FindAsync(my, "参观工厂", FoundKind.Interaction)).ShouldNotBeNull();
        (await db.ReadAsync(d => d.InteractionTerms.AnyAsync(t => t.Term == "报价"))).ShouldBeFalse("a text that is gone leaves nothing behind");
        var deleted = (await my.Interactions.DeleteAsync(talk, default)).Value;
        (await FindAsync(my, "参观工厂", FoundKind.Interaction)).ShouldBeNull();
        (await db.ReadAsync(d => d.InteractionTerms.AnyAsync())).ShouldBeFalse();
        await my.History.UndoAsync(deleted.ChangeSetId, default);
        (await FindAsync(my, "参观工厂", FoundKind.Interaction)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Unseen_IsNotFound_NorCounted()
    {
        var secret = (await my.Contacts.AddAsync(Samples.Contact("隐秘人", Visibility.Private), default)).Value.Id;
        await my.Interactions.AddAsync(secret, Samples.Interaction("机密条款"), default);
        await my.Interactions.AddAsync(contact, Samples.Interaction("私下说的暗号", isPrivate: true), default);
        await db.WriteAsync(d => d.Tasks.Add(new() { Title = "机密任务", OwnerId = rep.Id, CreatedBy = rep.Id, CreatedAt = db.Clock.Now }));
        var theirs = db.As(colleague);
        foreach (var _ in (int[])[1, 2])
        {
            foreach (var typed in (string[])["机密条款", "暗号", "隐秘人", "yinmiren", "yinmirne", "机密任务", "机"]) (await theirs.Get<IPalette>().FindAsync(typed, null, default)).ShouldBeEmpty(typed);
            (await FindAsync(my, "机密条款", FoundKind.Interaction)).ShouldNotBeNull();
            (await FindAsync(my, "暗号", FoundKind.Interaction)).ShouldNotBeNull();
            await db.Get<TextSweep>().RunAsync(default);
        }
        // Masked numbers are found by their end alone.
        (await FindAsync(theirs, "13800006620", FoundKind.Contact)).ShouldBeNull();
        (await FindAsync(my, "13800006620", FoundKind.Contact)).ShouldNotBeNull();
    }

    [Fact]
    public async Task CompaniesTasksAndLabels_AreFoundBesides_InTheirGroups()
    {
        await db.WriteAsync(d => { d.Add(new Tag { Name = "沪上老客户" }); d.Tasks.Add(new() { Title = "去沪上精工", OwnerId = rep.Id, CreatedBy = rep.Id, CreatedAt = db.Clock.Now }); });
        var found = await my.Get<IPalette>().FindAsync("沪上", null, default);
        found.Select(g => g.Kind).ShouldBe([FoundKind.Contact, FoundKind.Account, FoundKind.Task, FoundKind.Tag]);
        (await FindAsync(my, "hslkh", FoundKind.Tag))!.Items.Single().Name.Marks.ShouldBe([new(0, 5)]);
        (await my.Get<IPalette>().FindAsync("沪上", FoundKind.Tag, default)).ShouldHaveSingleItem();
        (await my.Get<IPalette>().FindAsync("  ", null, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_AreCountedUpToALimit_TheBestNameFirst()
    {
        for (var i = 0; i < 60; i++) await my.Contacts.AddAsync(Samples.Contact(i == 30 ? "王采购" : $"李{(char)('一' + i)}"), default);
        var group = (await FindAsync(my, "采购", FoundKind.Contact))!;
        (group.Count, group.HasMore, group.Items[0].Name.Text).ShouldBe((FoundGroup.CountLimit, true, "王采购"));
    }

    [Fact]
    public async Task Recent_IsEachPersonsOwn_WithoutWhatMayNoLongerBeSeen()
    {
        var palette = my.Get<IPalette>();
        var other = (await my.Contacts.AddAsync(Samples.Contact("李四"), default)).Value.Id;
        var company = (await my.Accounts.SuggestAsync("沪上", default)).Single().Id;
        await palette.OpenedAsync(FoundKind.Contact, contact, default);
        db.Clock.Advance(TimeSpan.FromSeconds(1));
        await palette.OpenedAsync(FoundKind.Account, company, default);
        db.Clock.Advance(TimeSpan.FromSeconds(1));
        await palette.OpenedAsync(FoundKind.Contact, other, default);
        db.Clock.Advance(TimeSpan.FromSeconds(1));
        await palette.OpenedAsync(FoundKind.Contact, contact, default);
        await palette.OpenedAsync(FoundKind.Contact, Guid.CreateVersion7(), default);
        (await palette.RecentAsync(5, default)).Select(r => r.Name.Text).ShouldBe(["张三", "李四", "沪上精工"]);
        await my.Contacts.DeleteAsync(other, default);
        (await palette.RecentAsync(5, default)).Select(r => r.Name.Text).ShouldBe(["张三", "沪上精工"]);
        (await db.As(colleague).Get<IPalette>().RecentAsync(5, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_LeavesTheThreadThatAsks_ToTheNextLetter()
    {
        var asked = new List<(int Thread, string Sql)>();
        using var listening = new Commands((thread, sql) => { lock (asked) asked.Add((thread, sql)); }).Listen();
        await my.Get<IPalette>().FindAsync("张", null, default);
        var (thread, answered, found) = (0, new TaskCompletionSource(), (Task<IReadOnlyList<FoundGroup>>?)null);
        using var over = new ManualResetEventSlim();
        // A thread of its own, which runs nothing else until all is found.
        new Thread(() =>
        {
            thread = Environment.CurrentManagedThreadId;
            found = my.Get<IPalette>().FindAsync("张", null, default);
            answered.SetResult();
            over.Wait();
        })
        { IsBackground = true }.Start();
        await answered.Task;
        (await found!).ShouldNotBeEmpty();
        over.Set();
        lock (asked)
        {
            asked.ShouldContain(a => a.Sql.Contains("ContactTerms"), "the listener hears");
            asked.ShouldNotContain(a => a.Thread == thread && a.Sql.Contains("Terms"));
        }
    }

    private sealed class Commands(Action<int, string> heard) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public IDisposable Listen() => DiagnosticListener.AllListeners.Subscribe(this);

        public void OnNext(DiagnosticListener listener)
        {
            if (listener.Name == DbLoggerCategory.Name) listener.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> told)
        {
            if (told.Value is Microsoft.EntityFrameworkCore.Diagnostics.CommandExecutedEventData command) heard(Environment.CurrentManagedThreadId, command.Command.CommandText);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    [Fact]
    public async Task DatabaseOfBefore_IsFilledAtItsStart()
    {
        await db.SqlAsync("DELETE FROM SimilarTerms; DELETE FROM PendingTexts; DELETE FROM InteractionTerms;");
        (await FindAsync(my, "报价", FoundKind.Interaction)).ShouldBeNull();
        await db.Get<TextSweep>().BeginAsync(default);
        (await FindAsync(my, "报价", FoundKind.Interaction)).ShouldNotBeNull();
        (await FindAsync(my, "zhangsna", FoundKind.Contact)).ShouldNotBeNull();
    }

    private static async Task<FoundGroup?> FindAsync(Acting who, string typed, FoundKind kind) => (await who.Get<IPalette>().FindAsync(typed, null, default)).SingleOrDefault(g => g.Kind == kind);
}
