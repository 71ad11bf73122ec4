using System.Text.Json;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Contacts;

public sealed class ContactsTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private User rep = null!;
    private Acting my = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        rep = await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("华东"));
        my = db.As(rep);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Contact_Added_ReadsBackAsEntered()
    {
        var edit = Samples.Contact() with { Notes = "<script>alert(1)</script>", DealValueMinor = 12_345_00, NextFollowUpAt = new(2027, 1, 2, 3, 4, 5, DateTimeKind.Utc) };
        var saved = (await my.Contacts.AddAsync(edit, default)).Value;
        var read = (await my.Contacts.GetAsync(saved.Id, default))!;
        (read.Version, read.Owner, read.Masked, read.MayChange, read.Company).ShouldBe((1, rep.Name, false, true, "沪上精工"));
        read.Fields.Notes.ShouldBe("<script>alert(1)</script>");
        JsonSerializer.Serialize(read.Fields).ShouldBe(JsonSerializer.Serialize(edit with { AccountId = read.Fields.AccountId }));
    }

    [Fact]
    public async Task Contact_Updated_KeepsIdAndCountsVersion()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var updated = (await my.Contacts.UpdateAsync(saved.Id, saved.Version, Samples.Contact("李四") with { Mobile = null }, default)).Value;
        updated.Version.ShouldBe(2);
        var read = (await my.Contacts.GetAsync(saved.Id, default))!;
        (read.Fields.Name, read.Fields.Mobile, read.Version).ShouldBe(("李四", null, 2));
    }

    [Fact]
    public async Task Contact_SavedFromAStaleVersion_IsRefusedAndNothingOverwritten()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        (await my.Contacts.UpdateAsync(saved.Id, saved.Version, Samples.Contact("李四"), default)).Succeeded.ShouldBeTrue();
        (await db.As(rep).Contacts.UpdateAsync(saved.Id, saved.Version, Samples.Contact("王五"), default)).Errors.ShouldBe([Error.Conflict]);
        (await my.Contacts.GetAsync(saved.Id, default))!.Fields.Name.ShouldBe("李四");
    }

    [Fact]
    public async Task Contact_SavedByManyAtOnce_IsWonByOne()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => db.As(rep).Contacts.UpdateAsync(saved.Id, saved.Version, Samples.Contact($"第{i}个"), default))));
        var won = all.Select((r, i) => (r.Succeeded, i)).Where(r => r.Succeeded).ShouldHaveSingleItem().i;
        all.Where(r => !r.Succeeded).ShouldAllBe(r => r.Errors.Single() == Error.Conflict);
        var read = (await my.Contacts.GetAsync(saved.Id, default))!;
        (read.Fields.Name, read.Version).ShouldBe(($"第{won}个", 2));
    }

    [Fact]
    public async Task Contact_Deleted_IsGoneFromEverywhere()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var talk = (await my.Interactions.AddAsync(saved.Id, Samples.Interaction(), default)).Value;
        (await my.Contacts.DeleteAsync(saved.Id, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.GetAsync(saved.Id, default)).ShouldBeNull();
        (await my.Contacts.ListAsync(new(Search: "张三"), 0, 10, default)).Total.ShouldBe(0);
        (await my.Contacts.PageAsync(new(ContactScope.All, Order: ContactOrder.Created), null, 10, default)).Value.Items.ShouldBeEmpty();
        (await my.Interactions.GetAsync(talk.Id, default)).ShouldBeNull();
        (await my.Contacts.DeleteAsync(saved.Id, default)).Errors.ShouldBe([Error.NotFound]);
        (await my.Contacts.UpdateAsync(saved.Id, 2, Samples.Contact(), default)).Errors.ShouldBe([Error.NotFound]);
    }

    [Fact]
    public async Task Company_NamedTwice_IsMadeOnce()
    {
        var first = (await my.Contacts.AddAsync(Samples.Contact() with { Company = "沪上精工 Ltd" }, default)).Value;
        var second = (await my.Contacts.AddAsync(Samples.Contact("李四") with { Company = " 沪上精工　ＬＴＤ " }, default)).Value;
        var account = (await my.Contacts.GetAsync(first.Id, default))!.Account!;
        (await my.Contacts.GetAsync(second.Id, default))!.Account.ShouldBe(account);
        (await my.Accounts.GetAsync(account.Id, default))!.Contacts.ShouldBe(2);
        (await db.ReadAsync(d => d.Accounts.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Company_OfSomebodyElse_IsNotFoundByNameOrId()
    {
        var stranger = db.As(await db.AddUserAsync(Role.SalesRep));
        var hidden = (await stranger.Accounts.AddAsync(new() { Name = "秘密公司", Visibility = Visibility.Private }, default)).Value;
        var saved = (await my.Contacts.AddAsync(Samples.Contact() with { Company = "秘密公司" }, default)).Value;
        (await my.Contacts.GetAsync(saved.Id, default))!.Account!.Id.ShouldNotBe(hidden.Id);
        Refusal(await my.Contacts.AddAsync(Samples.Contact() with { Company = null, AccountId = hidden.Id }, default)).ShouldBe("account.unknown AccountId");
    }

    [Fact]
    public async Task Contact_InSomebodyElsesFolder_IsRefused()
    {
        var stranger = await db.AddUserAsync(Role.SalesRep);
        var (theirs, mine) = (new Folder { OwnerId = stranger.Id, Name = "x" }, new Folder { OwnerId = rep.Id, Name = "我的" });
        await db.WriteAsync(d => d.Folders.AddRange(theirs, mine));
        Refusal(await my.Contacts.AddAsync(Samples.Contact() with { FolderId = theirs.Id }, default)).ShouldBe("folder.unknown FolderId");
        (await my.Contacts.AddAsync(Samples.Contact() with { FolderId = mine.Id }, default)).Succeeded.ShouldBeTrue();
        (await my.Folders.ListAsync(default)).ShouldBe([new(mine.Id, 1, "我的", null, 0, 1)]);
    }

    [Fact]
    public async Task Contact_WithFaults_IsRefusedWithAllOfThemAndNothingIsWritten()
    {
        var refused = await my.Contacts.AddAsync(Samples.Contact(" ") with { Email = "x", Mobile = "1" }, default);
        refused.Errors.Select(e => e.Code).ShouldBe(["contact.name.empty", "email.invalid", "phone.invalid"]);
        (await db.ReadAsync(d => d.Contacts.CountAsync())).ShouldBe(0);
        (await db.ReadAsync(d => d.Accounts.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Lists_OfOddRanges_AnswerWithinBounds()
    {
        for (var i = 0; i < 5; i++) (await my.Contacts.AddAsync(Samples.Contact($"人{i}"), default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.ListAsync(new(), -5, 2, default)).Items.Count.ShouldBe(2);
        (await my.Contacts.ListAsync(new(), 4, 100_000, default)).Items.Count.ShouldBe(1);
        (await my.Contacts.ListAsync(new(), 50, 10, default)).ShouldSatisfyAllConditions(s => s.Items.ShouldBeEmpty(), s => s.Total.ShouldBe(5));
        (await my.Contacts.ListAsync(new(), 0, -1, default)).Items.ShouldBeEmpty();
        (await my.Contacts.PageAsync(new(ContactScope.All, Order: ContactOrder.Created), null, int.MinValue, default)).Value.Items.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public async Task Pages_ReadToTheEnd_VisitEachContactOnce(int take)
    {
        var made = new List<Guid>();
        for (var i = 0; i < 21; i++) made.Add((await my.Contacts.AddAsync(new() { Name = $"人{i % 3}" }, default)).Value.Id);
        var seen = new List<Guid>();
        for (string? after = null; ;)
        {
            var page = (await my.Contacts.PageAsync(new(ContactScope.All, Order: ContactOrder.Created) { Reversed = true }, after, take, default)).Value;
            seen.AddRange(page.Items.Select(c => c.Id));
            if ((after = page.Next) is null) break;
            page.Items.Count.ShouldBe(take);
        }
        seen.ShouldBe(made);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("________________________________")]
    [InlineData("' or 1=1 --")]
    public async Task Page_AfterSomethingThatIsNoCursor_IsRefused(string after)
    {
        (await my.Contacts.PageAsync(new(ContactScope.All, Order: ContactOrder.Created), after, 10, default)).Errors.Single().Code.ShouldBe("cursor.unknown");
        (await my.Accounts.PageAsync(new(), after, 10, default)).Errors.Single().Code.ShouldBe("cursor.unknown");
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        (await my.Interactions.TimelineAsync(contact.Id, new(), after, 10, default)).Errors.Single().Code.ShouldBe("cursor.unknown");
    }

    [Fact]
    public async Task List_InEachOrder_IsSorted()
    {
        foreach (var (name, days) in (IEnumerable<(string, int?)>)[("赵六", 3), ("安一", null), ("李四", 1)])
            (await my.Contacts.AddAsync(new() { Name = name, NextFollowUpAt = days is { } d ? db.Clock.Now.AddDays(d) : null }, default)).Succeeded.ShouldBeTrue();
        async Task<string> Names(ContactOrder order) => string.Join(' ', (await my.Contacts.ListAsync(new(Order: order), 0, 10, default)).Items.Select(c => c.Name));
        (await Names(ContactOrder.Name)).ShouldBe("安一 李四 赵六");
        (await Names(ContactOrder.Created)).ShouldBe("李四 安一 赵六");
        (await Names(ContactOrder.FollowUp)).ShouldBe("李四 赵六 安一");
    }

    private static string Refusal(Result<Saved> refused) => $"{refused.Errors.Single().Code} {refused.Errors.Single().Field}";
}
