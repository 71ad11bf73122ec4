using CrmAi.Domain.Accounts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Duplicates;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Duplicates;

/// <summary>Companies that stand in the books twice, and who is told of them.</summary>
public sealed class CompanyDuplicatesTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private Acting my = null!, theirs = null!;
    private User rep = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        (my, theirs) = (db.As(rep), db.As(await db.AddUserAsync(Role.SalesRep, team)));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Saved_Twice_IsSuspected_UntilItHasAnotherName_AndPeopleAreNotMixedIn()
    {
        var (a, b) = (await AddAsync(my, new() { Name = "恒川精密机械有限公司" }), await AddAsync(my, new() { Name = "恒川精密机械", City = "上海" }));
        (await my.Contacts.AddAsync(new() { Name = "恒川精密机械" }, default)).Succeeded.ShouldBeTrue();
        await CompareAsync();
        var pair = (await PairsAsync(my)).ShouldHaveSingleItem();
        (pair.FirstId, pair.SecondId).ShouldBe(DuplicatePair.Ordered(a, b));
        pair.Reasons.ShouldContain(DuplicateReason.CompanyName);
        (await Use(my).CountAsync(default)).ShouldBe(new(0, 1));
        (await Use(theirs).CountAsync(default)).ShouldBe(new(0, 0));
        (await Use(my).PairsAsync(DuplicateScope.All, null, 9, default)).Value.Items.ShouldBeEmpty("those are contacts");
        var group = (await Use(my).CompanyGroupsAsync(DuplicateScope.Mine, default)).ShouldHaveSingleItem();
        group.Companies.Select(c => c.Id).ShouldBe([a, b]);

        var read = (await my.Accounts.GetAsync(b, default))!;
        (await my.Accounts.UpdateAsync(b, read.Version, read.Fields with { Name = "盛泰电子" }, default)).Succeeded.ShouldBeTrue();
        await CompareAsync();
        (await PairsAsync(my)).ShouldBeEmpty();
        (await db.ReadAsync(d => d.DuplicatePairs.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Check_WhileTyping_FindsOnlyWhatOneSees()
    {
        await AddAsync(theirs, new() { Name = "盛泰电子有限公司", Website = "https://shengtai.example", Visibility = Visibility.Private });
        await CompareAsync();
        (await Use(my).CheckCompanyAsync(new() { Name = "盛泰电子", Website = "www.shengtai.example" }, null, default)).ShouldBeEmpty();
        var own = await AddAsync(my, new() { Name = "盛泰电子（苏州）有限公司", Website = "https://www.shengtai.example/about" });
        await CompareAsync();
        var found = (await Use(my).CheckCompanyAsync(new() { Name = "苏州盛泰电子", Website = "shengtai.example" }, null, default)).ShouldHaveSingleItem();
        (found.Company.Id, found.Company.MayChange).ShouldBe((own, true));
        found.Reasons.ShouldBe([DuplicateReason.CompanyName, DuplicateReason.Website, DuplicateReason.City]);
        (await Use(my).CheckCompanyAsync(new() { Name = "苏州盛泰电子" }, own, default)).ShouldBeEmpty("not itself");
        (await Use(my).CheckCompanyAsync(new() { Name = new string('盛', 5_000) }, null, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pairs_AreOfThoseWhoSeeBoth()
    {
        await AddAsync(my, new() { Name = "恒川精密机械有限公司", Visibility = Visibility.Team });
        await AddAsync(theirs, new() { Name = "恒川精密机械", Visibility = Visibility.Private });
        await CompareAsync();
        (await PairsAsync(my)).ShouldBeEmpty();
        (await Use(my).CompanyGroupsAsync(DuplicateScope.All, default)).ShouldBeEmpty();
        (await PairsAsync(theirs)).ShouldHaveSingleItem();
        (await PairsAsync(db.As(await db.AddUserAsync(Role.SalesRep)))).ShouldBeEmpty();
    }

    [Fact]
    public async Task NotADuplicate_IsRemembered_AndTakenBackThroughHistory()
    {
        var (a, b) = (await AddAsync(my, new() { Name = "恒川精密机械有限公司" }), await AddAsync(my, new() { Name = "恒川精密机械" }));
        await CompareAsync();
        (await Use(db.As(await db.AddUserAsync(Role.SalesRep))).DismissAsync(a, b, default, MergeKind.Account)).Errors.Single().Code.ShouldBe("not_found");
        (await Use(my).DismissAsync(a, b, default)).Errors.Single().Code.ShouldBe("not_found", "no contacts");
        var said = (await Use(my).DismissAsync(b, a, default, MergeKind.Account)).Value;
        (await PairsAsync(my)).ShouldBeEmpty();
        (await Use(my).DismissAsync(a, b, default, MergeKind.Account)).Errors.Single().Code.ShouldBe("duplicate.dismissed");
        (await my.History.UndoAsync(said.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await PairsAsync(my)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Registration_ThatWasPicked_TellsCompaniesApart_AndTogether()
    {
        var (a, b) = (await AddAsync(my, new() { Name = "恒川精密机械有限公司" }), await AddAsync(my, new() { Name = "恒川智能装备" }));
        await CompareAsync();
        (await PairsAsync(my)).ShouldBeEmpty();
        foreach (var id in (Guid[])[a, b]) await db.WriteAsync(d => d.RegistryEntries.Add(Entry(id, "91DEMO000000000101")));
        await CompareAsync();
        (await PairsAsync(my)).ShouldHaveSingleItem().Reasons[0].ShouldBe(DuplicateReason.CreditCode);
        await db.WriteAsync(d => d.RegistryEntries.Single(e => e.Id == b).Facts = Facts("91DEMO000000000202"));
        await CompareAsync();
        (await PairsAsync(my)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Merged_IsNoPairAnyMore_AndIsOneAgainWhenTakenBack()
    {
        var (a, b) = (await AddAsync(my, new() { Name = "恒川精密机械有限公司" }), await AddAsync(my, new() { Name = "恒川精密机械" }));
        await CompareAsync();
        var merged = (await my.Get<IMerges>().MergeAsync(MergeKind.Account, new(a, 1, b, 1), default)).Value;
        (await PairsAsync(my)).ShouldBeEmpty("at once");
        await CompareAsync();
        (await my.Get<IMerges>().UndoAsync(merged.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        await CompareAsync();
        (await PairsAsync(my)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Scan_PutsRightWhatWasWrittenPastIt_PeopleAndCompaniesInOneJob_AndGoesOnWhereItStopped()
    {
        await AddAsync(my, new() { Name = "恒川精密机械有限公司" });
        await AddAsync(my, new() { Name = "恒川精密机械" });
        foreach (var name in (string[])["张三丰", "三丰张"]) (await my.Contacts.AddAsync(new() { Name = name, Mobile = "13812345678" }, default)).Succeeded.ShouldBeTrue();
        await using (var past = db.Open())
        {
            await past.DuplicateMarks.ExecuteDeleteAsync();
            await past.DuplicateKeys.ExecuteDeleteAsync();
        }
        var manager = db.As(await db.AddUserAsync(Role.Manager, team));
        (await Use(manager).ScanAsync(default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        var job = (await db.JobsAsync()).Single(j => j.Kind == DuplicateScanJob.Kind);
        (job.State, job.Done, job.Total).ShouldBe((JobState.Done, 8, 8));
        (await PairsAsync(my)).ShouldHaveSingleItem();
        (await Use(my).PairsAsync(DuplicateScope.All, null, 9, default)).Value.Items.ShouldHaveSingleItem();

        // As if its worker had died when all that was left was to compare the companies.
        await db.WriteAsync(d => d.DuplicatePairs.RemoveRange(d.DuplicatePairs));
        (await Use(manager).ScanAsync(default)).Succeeded.ShouldBeTrue();
        await db.WriteAsync(d => d.Jobs.Single(j => j.Kind == DuplicateScanJob.Kind && j.State == JobState.Waiting).Done = 6);
        await db.DrainAsync();
        (await PairsAsync(my)).ShouldHaveSingleItem();
        (await Use(my).PairsAsync(DuplicateScope.All, null, 9, default)).Value.Items.ShouldBeEmpty("those were done");
    }

    private RegistryEntry Entry(Guid id, string code) => new() { Id = id, Source = "demo", SourceId = "1", PickedBy = rep.Id, PickedAt = db.Clock.Now, CheckedAt = db.Clock.Now, Facts = Facts(code) };

    private static CompanyFacts Facts(string code) => new() { Name = "恒川", CreditCode = code };

    private static IDuplicates Use(Acting who) => who.Get<IDuplicates>();

    private static async Task<IReadOnlyList<DuplicateRow>> PairsAsync(Acting who) => (await Use(who).PairsAsync(DuplicateScope.All, null, 200, default, MergeKind.Account)).Value.Items;

    private static async Task<Guid> AddAsync(Acting who, AccountEdit edit) => (await who.Accounts.AddAsync(edit, default)).Value.Id;

    private Task<int> CompareAsync() => db.Get<DuplicateChecks>().RunAsync(default);
}
