using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrmAi.Tests.Enrichment;

/// <summary>Stands in for Tianyancha and Baidu: speaks both protocols on a port of its own, and fails as it is told.</summary>
internal sealed class StandInRegistry : IAsyncDisposable
{
    public const string Key = "key-of-the-test";

    private readonly WebApplication server;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<StandInAnswer> next = new();

    private StandInRegistry(WebApplication server) => this.server = server;

    public Uri Address => new(server.Urls.First());

    /// <summary>Method, path with query, and Authorization of each request.</summary>
    public ConcurrentQueue<(string Method, string Target, string Authorization, string Body)> Requests { get; } = new();

    /// <summary>What is answered where nothing else is told; by path.</summary>
    public Dictionary<string, string> Bodies { get; } = new()
    {
        ["/services/open/search/2.0"] = Result("""{"total":3,"items":[{"id":101,"name":"<em>恒川精密</em>制造有限公司","regStatus":"存续","legalPersonName":"贺长林","regCapital":"1200万人民币","estiblishTime":"2009-03-17 00:00:00.0","creditCode":"91DEMO000000000101","base":"苏州","type":1},{"id":"102","name":"恒川机电有限公司","regStatus":"注销","legalPersonName":"-","estiblishTime":null},{"id":103,"name":"苏州恒川精密制造有限公司无锡分公司","regStatus":"在业"}]}"""),
        ["/services/open/ic/baseinfo/normal"] = Result("""{"id":101,"name":"恒川精密制造有限公司","regStatus":"存续","legalPersonName":"贺长林","regCapital":"1200万人民币","estiblishTime":1237219200000,"creditCode":"91DEMO000000000101","industry":"制造","industryAll":{"category":"制造业","categoryBig":"通用设备制造业","categoryMiddle":"液压件制造"},"businessScope":"液压件制造；货物进出口。","regLocation":"苏州市相城区登记路1号","city":"苏州市","staffNumRange":"100-499人","socialStaffNum":386,"historyNameList":["恒川五金厂"],"companyOrgType":"有限责任公司"}"""),
        ["/services/open/risk/riskInfo/2.0"] = Result("""{"riskLevel":"中","riskList":[{"type":1,"name":"自身风险","count":5,"list":[{"title":"开庭公告","total":4,"tag":"提示信息"},{"title":"经营异常","total":1,"tag":"警示信息"}]},{"type":2,"name":"周边风险","count":2,"list":[{"title":"被执行人","total":2,"tag":"警示信息"}]}]}"""),
        ["/services/open/ic/staff/2.0"] = Result("""{"total":2,"items":[{"id":1,"name":"贺长林","typeJoin":["董事长","总经理"]},{"id":2,"name":"云知远","typeJoin":["监事"]}]}"""),
        ["/services/open/ic/verify/2.0"] = Result("""{"result":1,"remark":""}"""),
        ["/v2/ai_search/web_search"] = """{"request_id":"r1","references":[{"id":1,"url":"https://news.example/a","title":"恒川精密制造有限公司总经理贺长林谈质量","content":"贺长林说……","date":"2026-05-04 08:00:00","website":"行业周刊","type":"web"},{"id":2,"url":"https://other.example/b","title":"运动会名单","content":"参赛者贺长林","type":"web"},{"id":3,"url":"javascript:alert(1)","title":"贺长林","content":"x"},{"id":4,"url":"https://third.example/c","title":"别人","content":"没有这个人"}]}""",
    };

    public static async Task<StandInRegistry> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var registry = new StandInRegistry(app);
        app.Run(registry.HandleAsync);
        await app.StartAsync();
        return registry;
    }

    public static string Result(string result) => $$"""{"error_code":0,"reason":"ok","result":{{result}}}""";

    public static string Refusal(int code) => $$"""{"error_code":{{code}},"reason":"refused","result":null}""";

    /// <summary>Answers to the next requests.</summary>
    public void Next(params ReadOnlySpan<StandInAnswer> answers)
    {
        foreach (var answer in answers) next.Enqueue(answer);
    }

    /// <summary>The settings under which the product asks it.</summary>
    public Dictionary<string, string?> Settings(params (string Name, string Value)[] more)
    {
        var all = new Dictionary<string, string?>();
        foreach (var service in (string[])["Tianyancha", "Baidu"])
        {
            (all[$"CompanyData:{service}:BaseAddress"], all[$"CompanyData:{service}:Key"], all[$"CompanyData:{service}:AllowPrivateTargets"]) = (Address.ToString(), Key, "true");
            foreach (var (name, value) in more) all[$"CompanyData:{service}:{name}"] = value;
        }
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await server.DisposeAsync();
        stop.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        Requests.Enqueue((http.Request.Method, http.Request.Path + http.Request.QueryString, http.Request.Headers.Authorization.ToString(), await reader.ReadToEndAsync()));
        var answer = next.TryDequeue(out var told) ? told : new StandInAnswer();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stop.Token);
        try
        {
            if (answer.Hold is { } hold) await hold.WaitAsync(either.Token);
            if (answer.Drops) { http.Abort(); return; }
            http.Response.StatusCode = answer.Status;
            if (answer.Location is { } location) http.Response.Headers.Location = location;
            if (answer.RetryAfter is { } after) http.Response.Headers.RetryAfter = after;
            await http.Response.WriteAsync(answer.Body ?? (answer.Status == 200 ? Bodies.GetValueOrDefault(http.Request.Path, "{}") : "{}"), either.Token);
        }
        catch (OperationCanceledException) { } // the caller left, or the test ended
    }
}

/// <param name="Body">Null for what the path is answered otherwise.</param>
internal sealed record StandInAnswer(int Status = 200, string? Body = null, string? RetryAfter = null, string? Location = null, bool Drops = false, Task? Hold = null);
