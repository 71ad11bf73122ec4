using CrmAi.Domain.Accounts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Enrichment;

/// <summary>A person chooses a company's registration; what is known of it stands with its source, and can be asked again and taken off.</summary>
public sealed class RegistryEntriesTests
{
    [Fact]
    public async Task Search_BringsCandidatesWithSourceDateAndReasons_TheLikeliestFirst()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        var view = await stage.CompanySearchedAsync();
        (view.State, view.Source, view.ErrorCode).ShouldBe((LookUpState.Done, "tianyancha", (string?)null));
        view.At!.Value.ShouldBe(stage.Database.Clock.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(1));
        view.Companies[0].Candidate.SourceId.ShouldBe("101");
        view.Companies[0].Match.ShouldSatisfyAllConditions(m => m.Similarity.ShouldBe(1), m => m.Reasons.ShouldContain(MatchReason.SameName));
        view.Companies.Select(c => c.Match.Similarity).ShouldBeInOrder(SortDirection.Descending);
        view.Companies.Single(c => c.Candidate.SourceId == "102").Match.Reasons.ShouldContain(MatchReason.NotActive);
    }

    [Fact]
    public async Task Choice_StandsWithItsSourceAtOnce_AndWholeOnceItsJobIsDone()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        var search = await stage.CompanySearchedAsync();
        var told = new TaskCompletionSource();
        using var watch = stage.Database.Get<ILiveUpdates>().Watch(LiveTopic.Account(stage.AccountId), () => { told.TrySetResult(); return Task.CompletedTask; });
        (await stage.As().Get<IRegistryEntries>().PickAsync(stage.AccountId, search.Id, "101", default)).Succeeded.ShouldBeTrue();
        await told.Task;

        var first = await stage.ViewAsync();
        first.IsRunning.ShouldBeTrue();
        (first.Entry!.Facts.Name, first.Entry.Facts.Capital, first.Entry.Risk).ShouldBe(("恒川精密制造有限公司", "1200万人民币", (CompanyRisk?)null));
        (first.Entry.Source, first.Entry.SourceId, first.Entry.PickedBy, first.Entry.CheckedAt).ShouldBe(("tianyancha", "101", stage.Rep.Name, search.At!.Value));

        await stage.Database.DrainAsync();
        var whole = await stage.ViewAsync();
        (whole.IsRunning, whole.ErrorCode).ShouldBe((false, (string?)null));
        whole.Entry!.Facts.Address.ShouldBe("苏州市相城区登记路1号");
        whole.Entry.Risk!.Level.ShouldBe(RiskLevel.Medium);
        whole.Entry.Officers.Count.ShouldBe(2);
        whole.Entry.Link.ShouldBe("https://www.tianyancha.com/company/101");
    }

    [Fact]
    public async Task OurOwnFields_AreNeverTouched_AndOfferedOneByOne()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        await stage.Database.WriteAsync(db => db.Accounts.Single().Name = "恒川精密");
        var before = (await stage.As().Accounts.GetAsync(stage.AccountId, default))!;
        await stage.PickedAsync();
        var after = (await stage.As().Accounts.GetAsync(stage.AccountId, default))!;
        (after.Version, after.Fields.Name).ShouldBe((before.Version, "恒川精密"));
        var differences = (await stage.ViewAsync()).Differences;
        differences.Select(d => (d.Field, d.Ours, d.Theirs)).ShouldBe([("Name", "恒川精密", "恒川精密制造有限公司"), ("Industry", null, "液压件制造"), ("Addresses", null, "苏州市相城区登记路1号"), ("Employees", null, "386")]);
        foreach (var difference in differences)
        {
            var now = (await stage.As().Accounts.GetAsync(stage.AccountId, default))!;
            (await stage.As().Accounts.UpdateAsync(stage.AccountId, now.Version, RegistryDifferences.Adopt(now.Fields, difference), default)).Succeeded.ShouldBeTrue();
        }
        (await stage.ViewAsync()).Differences.ShouldBeEmpty();
        (await stage.As().Accounts.GetAsync(stage.AccountId, default))!.Fields.ShortName.ShouldBe("恒川精密"); // the name people use stays
    }

    [Fact]
    public async Task Choice_TakenBack_IsGone_AndARemovalTakenBack_IsThereAgainWithAllOfIt()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        var picked = await stage.PickedAsync();
        var removed = (await stage.As().Get<IRegistryEntries>().RemoveAsync(stage.AccountId, default)).Value;
        (await stage.ViewAsync()).Entry.ShouldBeNull();
        (await stage.As().History.UndoAsync(removed.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        var back = (await stage.ViewAsync()).Entry!;
        (back.Facts.Address, back.Risk!.Level, back.Officers.Count, back.PickedBy).ShouldBe(("苏州市相城区登记路1号", RiskLevel.Medium, 2, stage.Rep.Name));
        // Details came by a job since; the choice is still the person's to take back.
        (await stage.As().History.UndoAsync(picked.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await stage.ViewAsync()).Entry.ShouldBeNull();
    }

    [Fact]
    public async Task AnotherChoice_TakesItsPlace_AndTakenBack_TheFormerIsThereWithItsFacts()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        await stage.PickedAsync();
        stage.StandIn.Bodies["/services/open/ic/baseinfo/normal"] = StandInRegistry.Result("""{"name":"恒川机电有限公司","regStatus":"注销"}""");
        var second = await stage.PickedAsync("102");
        (await stage.ViewAsync()).Entry!.Facts.Status.ShouldBe(CompanyStatus.Cancelled);
        (await stage.As().History.UndoAsync(second.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        var back = (await stage.ViewAsync()).Entry!;
        (back.SourceId, back.Facts.Name, back.Facts.Address).ShouldBe(("101", "恒川精密制造有限公司", "苏州市相城区登记路1号"));
    }

    [Fact]
    public async Task History_OfTheCompany_TellsTheChoice_AndWhatARefreshChanged_WhichIsNotTakenBack()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        await stage.PickedAsync();
        stage.StandIn.Bodies["/services/open/ic/baseinfo/normal"] = StandInRegistry.Result("""{"name":"恒川精密制造有限公司","regStatus":"存续","legalPersonName":"云知远","regCapital":"1200万人民币","estiblishTime":1237219200000,"creditCode":"91DEMO000000000101","regLocation":"苏州市相城区登记路1号"}""");
        stage.Database.Clock.Advance(TimeSpan.FromHours(1));
        (await stage.As().Get<IRegistryEntries>().RefreshAsync(stage.AccountId, default)).Succeeded.ShouldBeTrue();
        (await stage.As().Get<IRegistryEntries>().RefreshAsync(stage.AccountId, default)).Errors[0].Code.ShouldBe("enrichment.running");
        await stage.Database.DrainAsync();
        var history = await stage.As().History.OfAsync(nameof(Account), stage.AccountId, default);
        var refresh = history.First(h => h.Command == "registry.refresh");
        refresh.Fields.Select(f => (f.Field, f.Before, f.After)).ShouldBe([("Registry.LegalRepresentative", "贺长林", "云知远")]);
        refresh.Undoable.ShouldBeFalse();
        (await stage.As().History.UndoAsync(refresh.ChangeSetId, default)).Errors[0].Code.ShouldBe("forbidden");
        history.Single(h => h.Command == "registry.pick").Fields.ShouldContain(f => f.Field == "Registry.Name" && f.After == "恒川精密制造有限公司");
    }

    [Fact]
    public async Task WhatTheSourceDoesNotGive_LeavesTheFormerStanding_AndSaysWhy()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        await stage.PickedAsync();
        stage.Database.Clock.Advance(TimeSpan.FromHours(1));
        stage.StandIn.Bodies["/services/open/risk/riskInfo/2.0"] = StandInRegistry.Refusal(300005);
        await stage.As().Get<IRegistryEntries>().RefreshAsync(stage.AccountId, default);
        await stage.Database.DrainAsync();
        var view = await stage.ViewAsync();
        (view.ErrorCode, view.Entry!.Risk!.Level, view.IsRunning).ShouldBe(("enrichment.refused", RiskLevel.Medium, false));
        view.Entry.CheckedAt.ShouldBe(stage.Database.Clock.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Search_ThatFails_SaysWhy_AndCanBeBegunAgain()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        stage.StandIn.Next(new StandInAnswer(403));
        var failed = await stage.CompanySearchedAsync();
        (failed.State, failed.ErrorCode).ShouldBe((LookUpState.Failed, "enrichment.refused"));
        (await stage.CompanySearchedAsync()).State.ShouldBe(LookUpState.Done);
        stage.StandIn.Next(new StandInAnswer(Body: StandInRegistry.Refusal(300000)));
        var none = await stage.SearchedAsync(new(LookUpKind.Company, "没有这家"));
        (none.State, none.Companies.Count).ShouldBe((LookUpState.Done, 0)); // that there is nothing is an answer
    }

    [Fact]
    public async Task Others_SeeWhatTheyMaySee_AndChangeWhatTheyMayChange()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        var search = await stage.CompanySearchedAsync();
        var (stranger, viewer, admin) = (await stage.Database.AddUserAsync(Role.SalesRep), await stage.Database.AddUserAsync(Role.Viewer), await stage.Database.AddUserAsync(Role.Admin));
        (await stage.As(stranger).Get<ILookUps>().GetAsync(search.Id, default)).ShouldBeNull();
        (await stage.As(admin).Get<ILookUps>().GetAsync(search.Id, default)).ShouldBeNull(); // one's own alone
        foreach (var result in (Result<Saved>[])[await stage.As(stranger).Get<IRegistryEntries>().PickAsync(stage.AccountId, search.Id, "101", default), await stage.As(stranger).Get<IRegistryEntries>().RemoveAsync(stage.AccountId, default)])
            result.Errors[0].ShouldBe(Error.NotFound);
        (await stage.As(stranger).Get<IRegistryEntries>().GetAsync(stage.AccountId, default)).ShouldBeNull();
        (await stage.As(stranger).Get<IRegistryEntries>().RefreshAsync(stage.AccountId, default)).Errors[0].ShouldBe(Error.NotFound);
        (await stage.As(stranger).Get<ILookUps>().BeginAsync(new(LookUpKind.Company, "恒川"), stage.AccountId, default)).Errors[0].ShouldBe(Error.NotFound);
        (await stage.As(viewer).Get<ILookUps>().BeginAsync(new(LookUpKind.Company, "恒川"), null, default)).Errors[0].ShouldBe(Error.Forbidden);
        // Somebody else's search gives nobody a candidate.
        (await stage.As(admin).Get<IRegistryEntries>().PickAsync(stage.AccountId, search.Id, "101", default)).Errors[0].Code.ShouldBe("enrichment.candidate");
        (await stage.As().Get<IRegistryEntries>().PickAsync(stage.AccountId, search.Id, "999", default)).Errors[0].Code.ShouldBe("enrichment.candidate");

        await stage.PickedAsync();
        await stage.Database.WriteAsync(db => db.Accounts.Single().Visibility = Visibility.Public);
        var seen = await stage.ViewAsync(stranger);
        (seen.Entry!.Facts.Name, seen.MayChange, seen.MayRefresh, seen.Differences.Count).ShouldBe(("恒川精密制造有限公司", false, false, 0));
        (await stage.As(stranger).Get<IRegistryEntries>().RemoveAsync(stage.AccountId, default)).Errors[0].ShouldBe(Error.Forbidden);
        (await stage.As(stranger).Get<IRegistryEntries>().RefreshAsync(stage.AccountId, default)).Errors[0].ShouldBe(Error.Forbidden);
    }

    [Fact]
    public async Task AJobThatRunsTwice_AsksNothingASecondTime()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        await stage.PickedAsync();
        var asked = stage.StandIn.Requests.Count;
        await stage.Database.WriteAsync(db =>
        {
            foreach (var job in db.Jobs) (job.State, job.Attempts) = (JobState.Waiting, 0);
            foreach (var search in db.LookUps) search.Found = null;
        });
        await stage.Database.DrainAsync();
        stage.StandIn.Requests.Count.ShouldBe(asked);
        (await stage.Database.JobsAsync()).ShouldAllBe(j => j.State == JobState.Done);
        (await stage.Database.ReadAsync(db => db.LookUps.AsNoTracking().SingleAsync())).Found.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public async Task ASearchForNothing_IsRefused(string? name)
    {
        await using var stage = await EnrichmentStage.StartAsync();
        (await stage.As().Get<ILookUps>().BeginAsync(new(LookUpKind.Company, name ?? new string('长', 101)), null, default)).Errors[0].Code.ShouldBe("enrichment.name");
        (await stage.Database.JobsAsync()).ShouldBeEmpty();
    }
}
