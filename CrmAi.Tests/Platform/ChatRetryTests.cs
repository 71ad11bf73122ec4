using System.Net;
using System.Net.Sockets;
using CrmAi.Bench.Models;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Platform;

public sealed class ChatRetryTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Question_OnTheWire_IsAChatCompletionWithAStrictSchema()
    {
        await using var stage = await ModelStage.StartAsync(("MaxOutputTokens", "900"));
        stage.StandIn.Next(StandInReply.Answer(ModelStage.Fit) with { InputTokens = 321, OutputTokens = 45 });

        var reply = await stage.AskAsync();

        (reply.Text, reply.InputTokens, reply.OutputTokens, reply.Truncated).ShouldBe((ModelStage.Fit, 321, 45, false));
        var sent = stage.StandIn.Requests.Single();
        (sent.Model, sent.Instructions, sent.Data, sent.Authorization, sent.IsStreamed).ShouldBe(("stand-in-1", "读这段对话", "客户说预算五十万", "Bearer " + ModelStage.Key, false));
        sent.Json.GetProperty("max_tokens").GetInt32().ShouldBe(900);
        var format = sent.Json.GetProperty("response_format");
        format.GetProperty("type").GetString().ShouldBe("json_schema");
        format.GetProperty("json_schema").GetProperty("strict").GetBoolean().ShouldBeTrue();
        format.GetProperty("json_schema").GetProperty("name").GetString().ShouldBe("result");
        format.GetProperty("json_schema").GetProperty("schema").GetProperty("required")[0].GetString().ShouldBe("answer");
    }

    [Fact]
    public async Task Endpoint_ThatKnowsNoSchemas_IsToldItInTheInstructions()
    {
        await using var stage = await ModelStage.StartAsync(("Format", "Json"));
        await stage.AskAsync();
        var sent = stage.StandIn.Requests.Single();
        sent.Json.GetProperty("response_format").GetProperty("type").GetString().ShouldBe("json_object");
        sent.Instructions.ShouldStartWith("读这段对话");
        sent.Instructions.ShouldContain(ModelStage.Schema);
    }

    public static TheoryData<string> Passing => ["429", "500", "503", "dropped", "a proxy's page", "half an answer"];

    private static StandInReply Fault(string kind) => kind switch
    {
        "dropped" => StandInReply.Dropped(),
        "a proxy's page" => StandInReply.Nothing() with { Raw = "<html>502</html>" },
        "half an answer" => StandInReply.Nothing() with { Raw = """{"choices":[{"mess""" },
        _ => StandInReply.Refused(int.Parse(kind, System.Globalization.CultureInfo.InvariantCulture)),
    };

    [Theory, MemberData(nameof(Passing))]
    public async Task Fault_ThatPasses_IsTriedAgainAfterAGrowingWhile(string kind)
    {
        await using var stage = await ModelStage.StartAsync();
        stage.StandIn.Next(Fault(kind), Fault(kind));

        var asked = stage.AskAsync();
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await Eventually.TrueAsync(() => stage.StandIn.Requests.Count == attempt && stage.Clock.Waits.Any(w => w < Limit), "no wait for another attempt");
            stage.StandIn.Requests.Count.ShouldBe(attempt);
            await stage.Clock.PassAsync(w => w < Limit);
        }

        (await asked).Text.ShouldBe(ModelStage.Fit);
        stage.StandIn.Requests.Count.ShouldBe(3);
        stage.StandIn.Requests.Select(r => r.Body).Distinct().Count().ShouldBe(1);
    }

    [Theory, InlineData(400), InlineData(401), InlineData(403), InlineData(404)]
    public async Task Refusal_IsNotTriedAgain(int status)
    {
        await using var stage = await ModelStage.StartAsync();
        stage.StandIn.Script = _ => StandInReply.Refused(status);
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.refused");
        stage.StandIn.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task RetryAfter_InSeconds_IsWaitedForToTheSecond()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.StandIn.Next(StandInReply.Refused(429, "7"));
        var asked = stage.AskAsync();
        await stage.Clock.PassAsync(w => w == TimeSpan.FromSeconds(7));
        (await asked).Text.ShouldBe(ModelStage.Fit);
    }

    [Fact]
    public async Task RetryAfter_AsADate_IsWaitedFor()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.StandIn.Next(StandInReply.Refused(503, stage.Clock.GetUtcNow().AddSeconds(19).ToString("R")));
        var asked = stage.AskAsync();
        await stage.Clock.PassAsync(w => w == TimeSpan.FromSeconds(19));
        (await asked).Text.ShouldBe(ModelStage.Fit);
    }

    [Theory, InlineData("61"), InlineData("date")]
    public async Task RetryAfter_BeyondPatience_EndsIt(string header)
    {
        await using var stage = await ModelStage.StartAsync();
        stage.StandIn.Script = _ => StandInReply.Refused(429, header == "date" ? stage.Clock.GetUtcNow().AddHours(1).ToString("R") : header);
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.busy");
        stage.StandIn.Requests.Count.ShouldBe(1);
    }

    [Theory, InlineData(429, "ai.busy"), InlineData(502, "ai.fault")]
    public async Task Fault_ThatStays_IsToldAfterTheLastAttempt(int status, string code)
    {
        await using var stage = await ModelStage.StartAsync(("Attempts", "3"));
        stage.StandIn.Script = _ => StandInReply.Refused(status);
        var asked = stage.AskAsync();
        for (var wait = 0; wait < 2; wait++) await stage.Clock.PassAsync(w => w < Limit);
        (await ModelStage.CodeAsync(asked)).ShouldBe(code);
        stage.StandIn.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Hanging_IsGivenUpInTimeAndTriedAgain()
    {
        await using var stage = await ModelStage.StartAsync(("Attempts", "2"), ("Timeout", "00:01:30"));
        stage.StandIn.Script = _ => StandInReply.Hang();
        var asked = stage.AskAsync();
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await Eventually.TrueAsync(() => stage.StandIn.Requests.Count == attempt, "it was not asked");
            await stage.Clock.PassAsync(w => w == TimeSpan.FromSeconds(90));
            if (attempt == 1) await stage.Clock.PassAsync(w => w < TimeSpan.FromSeconds(90));
        }
        (await ModelStage.CodeAsync(asked)).ShouldBe("ai.timeout");
        stage.StandIn.Requests.Count.ShouldBe(2);
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 0, "requests that nobody waits for went on");
    }

    [Fact]
    public async Task Address_WhereNobodyListens_IsAFault()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var free = ((IPEndPoint)port.LocalEndpoint).Port;
        port.Stop();
        await using var stage = await ModelStage.StartAsync(("BaseAddress", $"http://127.0.0.1:{free}/v1"), ("Attempts", "1"));
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.fault");
    }

    [Fact]
    public async Task Caller_WhoLeaves_EndsTheRequest()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.StandIn.Script = _ => StandInReply.Hang();
        using var leave = new CancellationTokenSource();
        var asked = stage.AskAsync(ct: leave.Token);
        await Eventually.TrueAsync(() => stage.StandIn.Requests.Count == 1, "it was not asked");
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asked);
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 0, "the request went on");
        stage.StandIn.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Endpoint_ThatLeadsElsewhere_IsNotFollowed()
    {
        await using var elsewhere = await StandInModel.StartAsync(_ => StandInReply.Answer(ModelStage.Fit));
        await using var stage = await ModelStage.StartAsync(("Attempts", "1"));
        stage.StandIn.Next(StandInReply.Refused(307) with { Location = new($"{elsewhere.Address}/chat/completions") });
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.refused");
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Permission_IsAskedBeforeEachAttempt()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.StandIn.Script = _ => StandInReply.Refused(500);
        var times = 0;
        var asked = stage.AskAsync(ModelStage.Question(before: _ => ++times == 2 ? throw new ModelUnavailableException("ai.off") : Task.CompletedTask));
        await stage.Clock.PassAsync(w => w < Limit);
        (await ModelStage.CodeAsync(asked)).ShouldBe("ai.off");
        stage.StandIn.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Log_OfFaults_TellsNeitherKeyNorTexts()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.StandIn.Next(StandInReply.Refused(500), StandInReply.Answer("客户机密的回答") with { Drops = true }, StandInReply.Refused(401));
        var asked = stage.AskAsync();
        for (var wait = 0; wait < 2; wait++) await stage.Clock.PassAsync(w => w < Limit);
        var fault = await Should.ThrowAsync<ModelUnavailableException>(asked);
        var told = string.Join('\n', stage.Log.Lines) + fault;
        told.ShouldContain("stand_in_500");
        foreach (var secret in (string[])[ModelStage.Key, "预算五十万", "读这段对话", "客户机密", "refused by the stand-in"]) told.ShouldNotContain(secret);
    }
}
