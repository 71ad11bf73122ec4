using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;

namespace CrmAi.Tests.Enrichment;

/// <summary>Both services as they are documented, and all the ways in which they may not answer.</summary>
public sealed class RegistryClientTests
{
    [Fact]
    public async Task Search_OnTheWire_IsADocumentedRequest_AndItsAnswerIsTyped()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        var found = (await stage.Registry.SearchAsync("恒川 & 精密?", stage.Asker, default)).Value;

        var (method, target, authorization, _) = stage.StandIn.Requests.Single();
        (method, authorization).ShouldBe(("GET", StandInRegistry.Key));
        target.ShouldBe("/services/open/search/2.0?word=" + Uri.EscapeDataString("恒川 & 精密?") + "&pageSize=20&pageNum=1");
        found.Source.ShouldBe("tianyancha");
        found.Value[0].ShouldBe(new("101", "恒川精密制造有限公司", CompanyStatus.Active, "存续", "贺长林", "1200万人民币", new(2009, 3, 17), "91DEMO000000000101", "苏州", "https://www.tianyancha.com/company/101"));
        found.Value[1].ShouldBe(new("102", "恒川机电有限公司", CompanyStatus.Cancelled, "注销", null, null, null, null, null, "https://www.tianyancha.com/company/102"));
    }

    [Fact]
    public async Task Profile_Risk_Officers_AndVerification_AreTyped()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        var facts = (await stage.Registry.FactsAsync("101", stage.Asker, default)).Value.Value;
        (facts.Name, facts.Status, facts.Founded, facts.Insured, facts.City, facts.Form).ShouldBe(("恒川精密制造有限公司", CompanyStatus.Active, new DateOnly(2009, 3, 17), 386, "苏州市", "有限责任公司"));
        facts.Industry.ShouldBe(["制造业", "通用设备制造业", "液压件制造"]);
        facts.Scope.ShouldBe(["液压件制造", "货物进出口"]);
        facts.FormerNames.ShouldBe(["恒川五金厂"]);
        var risk = (await stage.Registry.RiskAsync("101", stage.Asker, default)).Value.Value;
        (risk.Level, risk.Count(RiskScope.Own), risk.Count(RiskScope.Around)).ShouldBe((RiskLevel.Medium, 5, 2));
        (await stage.Registry.OfficersAsync("101", stage.Asker, default)).Value.Value.Select(o => (o.Name, string.Join("/", o.Posts))).ShouldBe([("贺长林", "董事长/总经理"), ("云知远", "监事")]);
        (await stage.Registry.VerifyAsync("恒川精密制造有限公司", "91DEMO000000000101", "贺长林", stage.Asker, default)).Value.Value.ShouldBeTrue();
        stage.StandIn.Requests.Last().Target.ShouldStartWith("/services/open/ic/verify/2.0?code=91DEMO000000000101&name=");
    }

    [Fact]
    public async Task PeopleSearch_OnTheWire_IsADocumentedRequest_AndOnlyPagesThatABrowserOpensComeBack()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        var found = (await stage.Database.Get<IPeopleSearch>().SearchAsync("贺长林", "恒川精密", stage.Asker, default)).Value.Value;
        var (method, target, authorization, body) = stage.StandIn.Requests.Single();
        (method, target, authorization).ShouldBe(("POST", "/v2/ai_search/web_search", "Bearer " + StandInRegistry.Key));
        using var sent = System.Text.Json.JsonDocument.Parse(body);
        sent.RootElement.GetProperty("messages")[0].GetProperty("content").GetString().ShouldBe("贺长林 恒川精密");
        sent.RootElement.GetProperty("search_source").GetString().ShouldBe("baidu_search_v2");
        found.Select(p => p.Link).ShouldBe(["https://news.example/a", "https://other.example/b", "https://third.example/c"]);
        (found[0].Published, found[0].Site).ShouldBe((new DateOnly(2026, 5, 4), "行业周刊"));
    }

    public static TheoryData<string, string, int> Faults => new()
    {
        { "401", "enrichment.refused", 1 }, { "403", "enrichment.refused", 1 }, { "404", "enrichment.refused", 1 }, { "429", "enrichment.busy", 3 }, { "500", "enrichment.fault", 3 }, { "503", "enrichment.fault", 3 }, { "dropped", "enrichment.fault", 3 },
        { "302", "enrichment.blocked", 1 }, { "307", "enrichment.blocked", 1 }, { "code 300000", "enrichment.none", 1 }, { "code 300004", "enrichment.busy", 3 }, { "code 300006", "enrichment.quota", 1 }, { "code 300007", "enrichment.quota", 1 },
        { "code 300005", "enrichment.refused", 1 }, { "code 300009", "enrichment.refused", 1 }, { "code 300001", "enrichment.fault", 3 }, { "half JSON", "enrichment.garbage", 1 }, { "HTML", "enrichment.garbage", 1 }, { "nothing", "enrichment.garbage", 1 },
        { "another schema", "enrichment.garbage", 1 }, { "items that are none", "enrichment.garbage", 1 }, { "huge", "enrichment.garbage", 1 }, { "deep", "enrichment.garbage", 1 }, { "null", "enrichment.garbage", 1 }, { "a list", "enrichment.garbage", 1 },
    };

    private static StandInAnswer Fault(string kind) => kind switch
    {
        "dropped" => new(Drops: true),
        "302" or "307" => new(int.Parse(kind, System.Globalization.CultureInfo.InvariantCulture), "", Location: "http://169.254.169.254/latest/meta-data"),
        "half JSON" => new(Body: """{"error_code":0,"result":{"items":[{"id":1"""),
        "HTML" => new(Body: "<html><body>nginx</body></html>"),
        "nothing" => new(Body: ""),
        "null" => new(Body: "null"),
        "a list" => new(Body: "[1,2,3]"),
        "another schema" => new(Body: """{"Status":"200","Result":[{"KeyNo":"1"}]}"""),
        "items that are none" => new(Body: StandInRegistry.Result("""{"items":[{"title":"x"}]}""")),
        "huge" => new(Body: StandInRegistry.Result($$"""{"items":[],"filler":"{{new string('x', 3 << 20)}}"}""")),
        "deep" => new(Body: string.Concat(Enumerable.Repeat("""{"result":""", 2_000)) + "1" + new string('}', 2_000)),
        _ when kind.StartsWith("code ", StringComparison.Ordinal) => new(Body: StandInRegistry.Refusal(int.Parse(kind[5..], System.Globalization.CultureInfo.InvariantCulture))),
        _ => new(int.Parse(kind, System.Globalization.CultureInfo.InvariantCulture)),
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task WhatIsNoAnswer_IsRefusedWithItsCode_AndTriedAgainOnlyWhereThatMayHelp(string kind, string code, int requests)
    {
        await using var stage = await EnrichmentStage.StartAsync();
        stage.StandIn.Next(Fault(kind), Fault(kind), Fault(kind));
        var result = await stage.Registry.SearchAsync("恒川", stage.Asker, default);
        result.Errors.Select(e => e.Code).ShouldBe([code]);
        stage.StandIn.Requests.Count.ShouldBe(requests);
        (await stage.SpentAsync()).ShouldBe(requests); // each request counts, whatever came of it
        (await stage.RunsAsync()).Select(r => (r.Analyst, r.ErrorCode)).ShouldBe([("tianyancha", (string?)code)]);
        (await stage.Database.ReadAsync(db => Task.FromResult(db.OutsideAnswers.Count()))).ShouldBe(0);
    }

    [Fact]
    public async Task ABusyService_ThatAsksForMoreThanOnesPatience_IsAskedNoMore()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        stage.StandIn.Next(new StandInAnswer(429, RetryAfter: "3600"));
        (await stage.Registry.SearchAsync("恒川", stage.Asker, default)).Errors[0].Code.ShouldBe("enrichment.busy");
        stage.StandIn.Requests.Count.ShouldBe(1);
        stage.StandIn.Next(new StandInAnswer(429, RetryAfter: "0"));
        (await stage.Registry.SearchAsync("恒川", stage.Asker, default)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task AServiceThatHangs_IsGivenUp_AndLeftAloneAfterSomeFaults()
    {
        await using var stage = await EnrichmentStage.StartAsync(o => (o.Timeout, o.Attempts, o.BreakerFaults, o.BreakerPause) = (TimeSpan.FromMilliseconds(50), 1, 2, TimeSpan.FromHours(1)));
        var never = new TaskCompletionSource();
        stage.StandIn.Next(new StandInAnswer(Hold: never.Task), new StandInAnswer(Hold: never.Task));
        (await stage.Registry.SearchAsync("一", stage.Asker, default)).Errors[0].Code.ShouldBe("enrichment.timeout");
        (await stage.Registry.SearchAsync("二", stage.Asker, default)).Errors[0].Code.ShouldBe("enrichment.timeout");
        (await stage.Registry.SearchAsync("三", stage.Asker, default)).Errors[0].Code.ShouldBe("enrichment.breaker");
        // Counted by who asks: on a busy machine a request is given up before it arrives.
        (await stage.SpentAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task NotSetUp_NothingIsAsked_AndNothingIsLogged()
    {
        await using var stage = await EnrichmentStage.StartAsync(isConfigured: false);
        stage.Registry.IsConfigured.ShouldBeFalse();
        (await stage.Registry.SearchAsync("恒川", stage.Asker, default)).Errors[0].Code.ShouldBe("enrichment.unset");
        (await stage.As().Get<ILookUps>().BeginAsync(new(LookUpKind.Company, "恒川"), null, default)).Errors[0].Code.ShouldBe("enrichment.unset");
        var status = await stage.As().Get<ILookUps>().StatusAsync(default);
        (status.Registry.IsConfigured, status.Registry.Setting, status.Registry.Left).ShouldBe((false, "CompanyData:Tianyancha:Key", 0));
        stage.StandIn.Requests.ShouldBeEmpty();
        (await stage.RunsAsync()).ShouldBeEmpty();
    }
}
