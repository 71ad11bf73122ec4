using CrmAi.Domain.Enrichment;
using CrmAi.Infrastructure.Platform.CompanyData;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.Enrichment;

/// <summary>The gate to outside: what is kept, asked once, counted, and written down.</summary>
public sealed class OutsideCallsTests
{
    [Fact]
    public async Task TheSameQuestion_IsAnsweredFromWhatIsKept_UntilItExpires()
    {
        await using var stage = await EnrichmentStage.StartAsync(o => o.KeepFor = TimeSpan.FromDays(2));
        var first = (await stage.Registry.FactsAsync("101", stage.Asker, default)).Value;
        stage.Database.Clock.Advance(TimeSpan.FromDays(1));
        var second = (await stage.Registry.FactsAsync("101", stage.Asker, default)).Value;
        (second.At, second.Value.Name).ShouldBe((first.At, first.Value.Name)); // with the date of the first
        stage.StandIn.Requests.Count.ShouldBe(1);
        (await stage.Registry.FactsAsync("102", stage.Asker, default)).Succeeded.ShouldBeTrue();
        stage.StandIn.Requests.Count.ShouldBe(2);
        stage.Database.Clock.Advance(TimeSpan.FromDays(1));
        (await stage.Registry.FactsAsync("101", stage.Asker, default)).Value.At.ShouldBeGreaterThan(first.At);
        stage.StandIn.Requests.Count.ShouldBe(3);
        (await stage.RunsAsync()).Count.ShouldBe(3); // what is given again is no call
    }

    [Fact]
    public async Task WhoWantsItNewerThanATime_HasItAskedAnew_Once()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        await stage.Registry.FactsAsync("101", stage.Asker, default);
        stage.Database.Clock.Advance(TimeSpan.FromHours(1));
        var since = stage.Database.Clock.GetUtcNow().UtcDateTime;
        await stage.Registry.FactsAsync("101", stage.Asker with { Since = since }, default);
        await stage.Registry.FactsAsync("101", stage.Asker with { Since = since }, default);
        stage.StandIn.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Many_WhoAskTheSameAtOnce_HaveItAskedOnce()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        var held = new TaskCompletionSource();
        stage.StandIn.Next(new StandInAnswer(Hold: held.Task));
        var asked = Enumerable.Range(0, 12).Select(_ => stage.Registry.SearchAsync("恒川", stage.Asker, default)).ToList();
        await Eventually.TrueAsync(() => stage.StandIn.Requests.Count == 1, "nobody asked");
        held.SetResult();
        (await Task.WhenAll(asked)).ShouldAllBe(r => r.Succeeded);
        stage.StandIn.Requests.Count.ShouldBe(1);
        (await stage.SpentAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task TwoProcesses_WhoAskTheSameAtOnce_PayOnce()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        await using var other = Other(stage);
        var held = new TaskCompletionSource();
        stage.StandIn.Next(new StandInAnswer(Hold: held.Task));
        var first = stage.Registry.SearchAsync("恒川", stage.Asker, default);
        await Eventually.TrueAsync(() => stage.StandIn.Requests.Count == 1, "nobody asked");
        var second = other.GetRequiredService<ICompanyRegistry>().SearchAsync("恒川", stage.Asker, default);
        held.SetResult();
        (await Task.WhenAll(first, second)).ShouldAllBe(r => r.Succeeded && r.Value.Value.Count == 3);
        (stage.StandIn.Requests.Count, await stage.SpentAsync(), (await stage.RunsAsync()).Count).ShouldBe((1, 1, 1));
        (await stage.Database.ReadAsync(db => db.OutsideHolds.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Question_OfAProcessThatDied_IsAskedByTheNext_AndOneThatFailedIsFree()
    {
        await using var stage = await EnrichmentStage.StartAsync(o => o.Attempts = 1);
        await using var other = Other(stage);
        stage.StandIn.Next(new StandInAnswer(500));
        (await stage.Registry.SearchAsync("恒川", stage.Asker, default)).Errors[0].Code.ShouldBe("enrichment.fault");
        (await other.GetRequiredService<ICompanyRegistry>().SearchAsync("恒川", stage.Asker, default)).Succeeded.ShouldBeTrue();
        var held = new TaskCompletionSource();
        stage.StandIn.Next(new StandInAnswer(Hold: held.Task));
        using var leave = new CancellationTokenSource();
        var dying = stage.Registry.FactsAsync("101", stage.Asker, leave.Token);
        await Eventually.TrueAsync(() => stage.StandIn.Requests.Count == 3, "nobody asked");
        await stage.Database.WriteAsync(db => db.OutsideHolds.Single().Until = stage.Database.Clock.Now.AddSeconds(-1));
        (await other.GetRequiredService<ICompanyRegistry>().FactsAsync("101", stage.Asker, default)).Succeeded.ShouldBeTrue();
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(dying);
    }

    [Fact]
    public async Task Person_WhoAsksWhatTheNightIsAsking_IsNotRefusedForItsShare()
    {
        await using var stage = await EnrichmentStage.StartAsync(o => (o.DailyQuota, o.PeopleShare, o.Attempts) = (2, 0.5, 2));
        var held = new TaskCompletionSource();
        stage.StandIn.Next(new StandInAnswer(500, Hold: held.Task));
        var night = stage.Registry.FactsAsync("101", stage.Asker with { IsWaiting = false }, default);
        await Eventually.TrueAsync(() => stage.StandIn.Requests.Count == 1, "the night did not ask");
        var person = stage.Registry.FactsAsync("101", stage.Asker, default);
        held.SetResult();
        (await night).Errors[0].Code.ShouldBe("enrichment.quota", "its share went with the first attempt");
        (await person).Succeeded.ShouldBeTrue();
    }

    private static ServiceProvider Other(EnrichmentStage stage) => TestDatabase.Services(stage.Database.Folder, services =>
    {
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(stage.Database.Clock));
        EnrichmentStage.Configure(services, stage.StandIn, null);
    });

    [Fact]
    public async Task WhatIsKept_IsEncryptedAtRest()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        await stage.SearchedAsync(new(LookUpKind.Person, "贺长林", Company: "恒川精密"));
        await stage.Registry.OfficersAsync("101", stage.Asker, default);
        var bytes = System.Text.Encoding.UTF8.GetBytes("贺长林");
        foreach (var (table, column) in ((string, string)[])[("OutsideAnswers", "Body"), ("LookUps", "Ask"), ("LookUps", "Found")])
        {
            var stored = (byte[])(await stage.Database.SqlAsync($"SELECT {column} FROM {table} LIMIT 1"))!;
            stored.AsSpan().IndexOf(bytes).ShouldBe(-1, $"{table}.{column}");
        }
    }

    [Fact]
    public async Task TwoProcesses_TogetherStayWithinTheDaysQuota_ToTheLastRequest()
    {
        await using var stage = await EnrichmentStage.StartAsync(o => (o.DailyQuota, o.Attempts) = (25, 1));
        await using var other = TestDatabase.Services(stage.Database.Folder, services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(stage.Database.Clock));
            EnrichmentStage.Configure(services, stage.StandIn, o => (o.DailyQuota, o.Attempts) = (25, 1));
        });
        var registries = (ICompanyRegistry[])[stage.Registry, other.GetRequiredService<ICompanyRegistry>()];
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => registries[i % 2].FactsAsync($"{1000 + i}", stage.Asker, default))));
        results.Count(r => r.Succeeded).ShouldBe(25);
        results.Where(r => !r.Succeeded).ShouldAllBe(r => r.Errors[0].Code == "enrichment.quota");
        stage.StandIn.Requests.Count.ShouldBe(25);
        (await stage.SpentAsync()).ShouldBe(25);
        stage.Database.Clock.Advance(TimeSpan.FromDays(1));
        (await stage.Registry.FactsAsync("9", stage.Asker, default)).Succeeded.ShouldBeTrue(); // another day
    }

    [Fact]
    public async Task TheNight_LeavesPeopleTheirShare()
    {
        await using var stage = await EnrichmentStage.StartAsync(o => (o.DailyQuota, o.PeopleShare) = (10, 0.7));
        var night = stage.Asker with { IsWaiting = false };
        for (var i = 0; i < 3; i++) (await stage.Registry.FactsAsync($"{i}", night, default)).Succeeded.ShouldBeTrue();
        (await stage.Registry.FactsAsync("4", night, default)).Errors[0].Code.ShouldBe("enrichment.quota");
        for (var i = 0; i < 7; i++) (await stage.Registry.FactsAsync($"p{i}", stage.Asker, default)).Succeeded.ShouldBeTrue();
        (await stage.Registry.FactsAsync("p7", stage.Asker, default)).Errors[0].Code.ShouldBe("enrichment.quota");
    }

    [Fact]
    public async Task TheSwitchForAllCalls_StopsTheseToo()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        await stage.Database.WriteAsync(db => db.AiSettings.Single().Enabled = false);
        (await stage.Registry.SearchAsync("恒川", stage.Asker, default)).Errors[0].Code.ShouldBe("enrichment.off");
        stage.StandIn.Requests.ShouldBeEmpty();
        (await stage.RunsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task EachCall_IsARunInTheLedger()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        await stage.Registry.SearchAsync("恒川", stage.Asker, default);
        var run = (await stage.RunsAsync()).Single();
        (run.UserId, run.Analyst, run.AnalystVersion, run.Claims, run.ErrorCode, run.InputDigest.Length).ShouldBe((stage.Rep.Id, "tianyancha", "open/search/2.0", 3, (string?)null, 32));
        var ledger = (await stage.As().Get<Domain.AiRuns.IAiRuns>().PageAsync(new(Domain.AiRuns.AiRunType.Enrichment), null, 10, default)).Value;
        ledger.Items.Single().Id.ShouldBe(run.Id);
    }

    [Theory]
    [InlineData("http://register.example", false, false, "https")]
    [InlineData("register", false, false, "scheme and host")]
    [InlineData("https://user:word@register.example", false, false, "scheme and host")]
    [InlineData("https://register.example/path?x=1", false, false, "scheme and host")]
    [InlineData("ftp://register.example", false, false, "scheme and host")]
    [InlineData("http://127.0.0.1:5000", true, true, "production refuses")]
    [InlineData("http://127.0.0.1:5000", true, false, null)]
    [InlineData("https://register.example", false, true, null)]
    public void Settings_ThatCouldNotWork_AreRefusedAtStart(string address, bool allowsPrivate, bool isProduction, string? fault)
    {
        var options = new CompanyDataOptions();
        (options.Tianyancha.BaseAddress, options.Tianyancha.Key, options.Tianyancha.AllowPrivateTargets) = (address, "k", allowsPrivate);
        var checkedOptions = new CompanyDataOptionsCheck(isProduction).Validate(null, options);
        if (fault is null) checkedOptions.Succeeded.ShouldBeTrue(checkedOptions.FailureMessage);
        else checkedOptions.FailureMessage!.ShouldContain(fault);
    }
}
