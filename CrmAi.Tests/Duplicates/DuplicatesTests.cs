using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Duplicates;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.Duplicates;

/// <summary>What is stored of duplicates, and who is told of them.</summary>
public sealed class DuplicatesTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!, mate = null!;
    private Acting my = null!, theirs = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync(s => s.Configure<CardOptions>(o => o.TellsDuplicateOwners = true));
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        mate = await db.AddUserAsync(Role.SalesRep, team);
        (my, theirs) = (db.As(rep), db.As(mate));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Saved_Twice_IsSuspectedWithinMoments_AndNoLongerOnceItIsAnother()
    {
        var first = await AddAsync(my, new() { Name = "张三丰", Mobile = "13812345678", Company = "恒川精密机械有限公司" });
        var second = await AddAsync(my, new() { Name = "Zhang Sanfeng", Mobile = "+86 138 1234 5678" });
        (await PairsAsync(my)).ShouldBeEmpty("nothing was compared yet");
        await CompareAsync();
        var pair = (await PairsAsync(my)).ShouldHaveSingleItem();
        (pair.FirstId, pair.SecondId).ShouldBe(DuplicatePair.Ordered(first, second));
        pair.Reasons.ShouldBe([DuplicateReason.Mobile, DuplicateReason.NameLatin]);
        pair.Score.ShouldBeGreaterThanOrEqualTo(DuplicateMatch.Strong);
        (await Use(my).CountAsync(default)).ShouldBe(new(1, 0));
        (await Use(theirs).CountAsync(default)).ShouldBe(new(0, 0));

        var read = (await my.Contacts.GetAsync(second, default))!;
        (await my.Contacts.UpdateAsync(second, read.Version, read.Fields with { Name = "李四光", Mobile = "13900001111" }, default)).Succeeded.ShouldBeTrue();
        await CompareAsync();
        (await PairsAsync(my)).ShouldBeEmpty();
        (await db.ReadAsync(d => d.DuplicatePairs.CountAsync())).ShouldBe(0, "stale pairs are gone for good");
    }

    [Fact]
    public async Task Deleted_IsNobodysDuplicate_AndIsAgainWhenRestored()
    {
        await AddAsync(my, new() { Name = "张三丰", Mobile = "13812345678" });
        var second = await AddAsync(my, new() { Name = "张三丰", Mobile = "13812345678" });
        await CompareAsync();
        (await my.Contacts.DeleteAsync(second, default)).Succeeded.ShouldBeTrue();
        (await PairsAsync(my)).ShouldBeEmpty("at once");
        await CompareAsync();
        (await db.ReadAsync(d => d.DuplicateKeys.CountAsync(k => k.RecordId == second))).ShouldBe(0);
        (await my.Contacts.RestoreAsync(second, default)).Succeeded.ShouldBeTrue();
        await CompareAsync();
        (await PairsAsync(my)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Keys_TellNothingThatCanBeRead()
    {
        await AddAsync(my, new() { Name = "张三丰", Mobile = "13812345678", Email = "zhang@a.example" });
        var stored = await db.ReadAsync(d => d.DuplicateKeys.Select(k => k.Key).ToListAsync());
        stored.Count.ShouldBeGreaterThan(4);
        await using var other = await TestDatabase.CreateAsync();
        var unkeyed = MatchKeys.Of(MatchIndex.Form(new() { Name = "张三丰", Mobile = "13812345678", Email = "zhang@a.example" }));
        stored.ShouldBe(unkeyed.Select(k => MatchIndex.Digest(k, db.Cipher)), ignoreOrder: true);
        stored.ShouldNotContain(13812345678L);
    }

    [Fact]
    public async Task Check_WhileTyping_FindsOnlyWhomOneSees_AndTellsOwnersWhereTheCompanyAllows()
    {
        await AddAsync(theirs, new() { Name = "张三丰", Mobile = "13812345678", Company = "恒川精密机械", Visibility = Visibility.Private });
        var hidden = await Use(my).CheckAsync(new() { Name = "张三丰", Mobile = "138 1234 5678", Company = "恒川精密机械" }, null, default);
        hidden.Candidates.ShouldBeEmpty();
        hidden.Elsewhere.ShouldBe([mate.Name]);
        (await Use(my).CheckAsync(new() { Name = "张三丰", Company = "恒川精密机械" }, null, default)).Elsewhere.ShouldBeEmpty("a name alone tells nothing of others' contacts");

        var own = await AddAsync(my, new() { Name = "张三丰", Mobile = "13812345678", Company = "恒川精密机械" });
        var seen = (await Use(my).CheckAsync(new() { Name = "三丰张", Mobile = "13812345678" }, null, default)).Candidates.ShouldHaveSingleItem();
        (seen.Contact.Id, seen.Contact.Mobile).ShouldBe((own, "13812345678"));
        (await Use(my).CheckAsync(new() { Name = "张三丰", Mobile = "13812345678" }, own, default)).Candidates.ShouldBeEmpty("not itself");
    }

    [Fact]
    public async Task Check_OfTheVerySameNumberAddressOrWeChatAlone_ShowsWhoHasIt_HoweverManyDo_AndWhateverNameIsTyped()
    {
        await AddAsync(my, new() { Name = "张三丰", Mobile = "13812345678", Email = "zhang@a.example", WeChat = "zsf_88" });
        await AddAsync(my, new() { Name = "Zhang Sanfeng", Mobile = "13812345678", Email = "zhang@a.example", WeChat = "zsf_88" });
        foreach (var typed in (MatchFields[])[new() { Name = "", Mobile = "138 1234 5678" }, new() { Name = "", Email = "Zhang@a.example" }, new() { Name = "", WeChat = "ZSF_88" }, new() { Name = "李四光", Mobile = "13812345678" }])
        {
            var found = (await Use(my).CheckAsync(typed, null, default)).Candidates;
            found.Count(c => c.IsExact).ShouldBe(2, typed.ToString());
        }
        (await Use(my).CheckAsync(new() { Name = "", Mobile = "13812345679" }, null, default)).Candidates.ShouldBeEmpty();
        await AddAsync(my, new() { Name = "王芳", Email = "info@b.example" });
        (await Use(my).CheckAsync(new() { Name = "刘洋", Email = "info@b.example" }, null, default)).Candidates.ShouldBeEmpty("a company's post is nobody's own");
    }

    [Fact]
    public async Task Check_OfAMaskedContact_IsNoOracleForItsNumber()
    {
        await AddAsync(theirs, new() { Name = "张三丰", Mobile = "13812345678", Company = "恒川精密机械", Visibility = Visibility.Team });
        (await my.Contacts.ListAsync(new(ContactScope.Team), 0, 5, default)).Items.ShouldHaveSingleItem();
        (await Use(my).CheckAsync(new() { Name = "李四光", Mobile = "13812345678", WeChat = "13812345678" }, null, default)).Candidates.ShouldBeEmpty();
        var right = (await Use(my).CheckAsync(new() { Name = "张三丰", Company = "恒川精密机械", Mobile = "13812345678" }, null, default)).Candidates.ShouldHaveSingleItem();
        var wrong = (await Use(my).CheckAsync(new() { Name = "张三丰", Company = "恒川精密机械", Mobile = "13999999999" }, null, default)).Candidates.ShouldHaveSingleItem();
        (right.Score, right.Contact.Mobile).ShouldBe((wrong.Score, "138****5678"));
        right.Reasons.ShouldBe(wrong.Reasons);
    }

    [Fact]
    public async Task Pairs_AreOfThoseWhoSeeBoth_AndOfMaskedOnesByWhatIsOpenAlone()
    {
        await AddAsync(my, new() { Name = "张三丰", Mobile = "13812345678", Visibility = Visibility.Team });
        await AddAsync(theirs, new() { Name = "张三丰", Mobile = "13812345678", Visibility = Visibility.Team });
        await AddAsync(theirs, new() { Name = "张三丰", Mobile = "13812345678", Visibility = Visibility.Private });
        await CompareAsync();
        (await PairsAsync(db.As(await db.AddUserAsync(Role.Admin)))).Count.ShouldBe(3);
        (await PairsAsync(db.As(await db.AddUserAsync(Role.Manager, team)))).ShouldHaveSingleItem();
        (await PairsAsync(theirs)).ShouldHaveSingleItem("both their own");
        (await PairsAsync(my)).ShouldBeEmpty("the same number of a contact whose number is masked is not told");
    }

    [Fact]
    public async Task NotADuplicate_IsRememberedForBoth_AndTakenBackThroughHistory()
    {
        var (a, b) = (await AddAsync(my, new() { Name = "张三丰", Mobile = "13812345678" }), await AddAsync(my, new() { Name = "张三丰", Mobile = "13812345678" }));
        await CompareAsync();
        var stranger = db.As(await db.AddUserAsync(Role.SalesRep));
        (await Use(stranger).DismissAsync(a, b, default)).Errors.Single().Code.ShouldBe("not_found");
        (await Use(theirs).DismissAsync(a, b, default)).Errors.Single().Code.ShouldBe("forbidden");
        var said = (await Use(my).DismissAsync(b, a, default)).Value;
        (await PairsAsync(my)).ShouldBeEmpty();
        (await Use(my).DismissAsync(a, b, default)).Errors.Single().Code.ShouldBe("duplicate.dismissed");
        await CompareAsync(all: true);
        (await PairsAsync(my)).ShouldBeEmpty("found again, and still not one");
        (await my.History.UndoAsync(said.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await PairsAsync(my)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Three_OfOnePerson_AreOneGroup_TheBusiestFirst()
    {
        foreach (var name in (string[])["张三丰", "Zhang Sanfeng", "三丰张"]) await AddAsync(my, new() { Name = name, Mobile = "13812345678" });
        var busy = (await my.Contacts.ListAsync(new(), 0, 10, default)).Items.Single(c => c.Name == "三丰张").Id;
        await my.Interactions.AddAsync(busy, Samples.Interaction(), default);
        await CompareAsync();
        var group = (await Use(my).GroupsAsync(DuplicateScope.Mine, default)).ShouldHaveSingleItem();
        group.Contacts.Count.ShouldBe(3);
        group.Pairs.Count.ShouldBe(3);
        group.Contacts[0].Id.ShouldBe(busy);
    }

    [Fact]
    public async Task Pairs_ReadOn_HoldEachOnce_TheLikeliestFirst()
    {
        for (var i = 0; i < 3; i++)
        {
            await AddAsync(my, new() { Name = $"张三{"丰国民"[i]}", Mobile = $"1381234567{i}" });
            await AddAsync(my, new() { Name = $"张三{"丰国民"[i]}", Mobile = $"1381234567{i}", WeChat = i == 1 ? "13812345671" : null, Email = $"{i}@a.example" });
        }
        await CompareAsync();
        var (read, after) = (new List<DuplicateRow>(), (string?)null);
        do
        {
            var page = (await Use(my).PairsAsync(DuplicateScope.Mine, after, 1, default)).Value;
            read.AddRange(page.Items);
            after = page.Next;
        } while (after is not null);
        read.Select(r => (r.FirstId, r.SecondId)).Distinct().Count().ShouldBe(3);
        read.Select(r => r.Score).ShouldBe(read.Select(r => r.Score).OrderDescending());
        foreach (var wrong in (string[])["", "x", "1-2-3", new('-', 900)]) (await Use(my).PairsAsync(DuplicateScope.Mine, wrong, 1, default)).Errors.Single().Code.ShouldBe("cursor.unknown");
    }

    [Fact]
    public async Task Scan_PutsRightWhatWasWrittenPastIt_GoesOnWhereItStopped_AndIsForManagers()
    {
        var (a, b) = (await AddAsync(my, new() { Name = "张三丰", Mobile = "13812345678" }), await AddAsync(my, new() { Name = "张三丰", Mobile = "13812345678" }));
        await using (var past = db.Open())
        {
            await past.DuplicateMarks.ExecuteDeleteAsync();
            await past.DuplicateKeys.ExecuteDeleteAsync();
            past.DuplicatePairs.Add(new() { FirstId = DuplicatePair.Ordered(a, b).First, SecondId = DuplicatePair.Ordered(a, b).Second, Score = 1, FoundAt = db.Clock.Now });
            await past.SaveChangesAsync();
        }
        (await Use(my).ScanAsync(default)).Errors.Single().Code.ShouldBe("forbidden");
        var manager = db.As(await db.AddUserAsync(Role.Manager, team));
        (await Use(manager).ScanAsync(default)).Succeeded.ShouldBeTrue();
        (await Use(manager).ScanAsync(default)).Errors.Single().Code.ShouldBe("duplicate.scanning");
        // As if its worker had died after the first contact.
        await db.WriteAsync(d => d.Jobs.Single(j => j.Kind == DuplicateScanJob.Kind).Done = 1);
        await db.DrainAsync();
        (await db.JobsAsync()).Single(j => j.Kind == DuplicateScanJob.Kind).State.ShouldBe(JobState.Done);
        (await PairsAsync(my)).ShouldBeEmpty("the first one's keys were noted as put right already");
        (await Use(manager).ScanAsync(default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await PairsAsync(my)).ShouldHaveSingleItem().Score.ShouldBeGreaterThan(80);
        (await Use(manager).StateAsync(default)).ShouldSatisfyAllConditions(s => s.IsRunning.ShouldBeFalse(), s => s.FinishedAt.ShouldNotBeNull(), s => s.MayScan.ShouldBeTrue());
    }

    [Fact]
    public async Task Schedule_AsksOnceWhereNothingWasEverCompared()
    {
        await db.AddUserAsync(Role.Admin);
        await AddAsync(my, new() { Name = "张三丰" });
        var checks = db.Get<DuplicateChecks>();
        await using (var past = db.Open()) await past.DuplicateKeys.ExecuteDeleteAsync();
        (await checks.ScheduleAsync(default)).ShouldBeTrue();
        (await checks.ScheduleAsync(default)).ShouldBeFalse("one waits");
        await db.DrainAsync();
        (await db.ReadAsync(d => d.DuplicateKeys.AnyAsync())).ShouldBeTrue();
    }

    [Fact]
    public async Task Company_Renamed_HasItsPeopleComparedAnew()
    {
        await AddAsync(my, new() { Name = "张三丰", Company = "恒川精密机械" });
        await AddAsync(my, new() { Name = "张三丰", Company = "另一家" });
        await CompareAsync();
        (await PairsAsync(my)).ShouldBeEmpty();
        var other = (await my.Accounts.PageAsync(new("另一家"), null, 1, default)).Value.Items.Single();
        (await my.Accounts.UpdateAsync(other.Id, other.Version, other.Fields with { Name = "恒川精密机械有限公司" }, default)).Succeeded.ShouldBeTrue();
        await CompareAsync();
        (await PairsAsync(my)).ShouldHaveSingleItem().Reasons.ShouldContain(DuplicateReason.Company);
    }

    private static IDuplicates Use(Acting who) => who.Get<IDuplicates>();

    private static async Task<IReadOnlyList<DuplicateRow>> PairsAsync(Acting who) => (await Use(who).PairsAsync(DuplicateScope.All, null, 200, default)).Value.Items;

    private static async Task<Guid> AddAsync(Acting who, ContactEdit edit) => (await who.Contacts.AddAsync(edit, default)).Value.Id;

    private async Task CompareAsync(bool all = false)
    {
        if (all) await db.WriteAsync(d => MatchIndex.Mark(d, MergeKind.Contact, [.. d.Contacts.Select(c => c.Id)]));
        await db.Get<DuplicateChecks>().RunAsync(default);
    }
}
