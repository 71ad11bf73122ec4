using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Setup;

/// <summary>Calls everything that the API describes of itself with what nobody should send: refused in words, never a fault.</summary>
[Collection(ServerCollection.Name)]
public sealed class ApiWalkTests(ServerFixture server) : IAsyncLifetime
{
    private readonly List<string> wrong = [];
    private readonly Dictionary<string, string> mine = [], theirs = [];
    private IReadOnlyList<ApiCall> calls = [];

    public async Task InitializeAsync()
    {
        calls = ApiCall.All(JsonDocument.Parse(await server.App.Visitor("application/json").GetStringAsync(Requests.At("/openapi/v1.json"))).RootElement);
        var other = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        await MakeAsync(server.Program, mine);
        await MakeAsync(other, theirs);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Everything_WithoutAToken_IsUnauthorized()
    {
        calls.Count.ShouldBeGreaterThan(6);
        foreach (var call in calls)
        {
            var status = await AskAsync(server.App.Visitor("application/json"), call, call.At(_ => Guid.CreateVersion7().ToString()), "{}");
            if (status != HttpStatusCode.Unauthorized) wrong.Add($"{call.Method} {call.Path} without a token: {status}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_WithNonsenseInBodies_IsRefusedInWords()
    {
        foreach (var call in calls.Where(c => c.Body is not null))
        {
            foreach (var body in call.Nonsense()) await AskAsync(server.Program, call, call.At(place => Own(call, place)), body);
            await AskAsync(server.Program, call, call.At(place => Own(call, place)), call.Sample(10_000)!.ToJsonString());
            foreach (var type in (string[])["text/plain", "application/xml", "multipart/form-data; boundary=x"])
            {
                var status = await AskAsync(server.Program, call, call.At(place => Own(call, place)), call.Sample()!.ToJsonString(), type);
                if (status != HttpStatusCode.UnsupportedMediaType) wrong.Add($"{call.Method} {call.Path} as {type}: {status}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_WithABodyTooLarge_IsRefusedInWords()
    {
        var body = new byte[(30 << 20) + 1];
        Array.Fill(body, (byte)' ');
        foreach (var call in calls.Where(c => c.Body is not null))
        {
            var status = await AskAsync(server.Program, call, call.At(place => Own(call, place)), body, "application/json");
            if (status != HttpStatusCode.RequestEntityTooLarge) wrong.Add($"{call.Method} {call.Path} with 30 MB: {status}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_UnknownOrOfOthers_AreNotFoundAlike()
    {
        foreach (var call in calls.Where(c => c.HasPlaces))
        {
            var body = call.Sample()?.ToJsonString() ?? "{}";
            var unknown = await AskAsync(server.Program, call, call.At(_ => Guid.CreateVersion7().ToString()), body);
            foreach (var id in (string[])["x", "0", "..%2F..", new string('9', 2000), "null", "%E2%80%AE"]) await AskAsync(server.Program, call, call.At(_ => id), body);
            if (Kind(call) is not { } kind) continue;
            var foreign = await AskAsync(server.Program, call, call.At(place => place is "id" or "contactId" ? theirs[kind] : Guid.CreateVersion7().ToString()), body);
            if (foreign != unknown) wrong.Add($"{call.Method} {call.Path}: {unknown} where unknown, {foreign} where somebody else's");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Changes_WithAStaleOrSenselessVersion_ChangeNothing()
    {
        foreach (var call in calls.Where(c => c.HasPlaces && c.Method is "PUT" or "PATCH" or "DELETE"))
        {
            foreach (var tag in (string?[])[null, "\"0\"", "\"999\"", "\"x\"", "999", "W/\"1\"", "\"99999999999999999999\"", "\"-1\"", "*, *"])
            {
                var status = await AskAsync(server.Program, call, call.At(place => Own(call, place)), call.Sample()?.ToJsonString() ?? "{}", tag: tag);
                if ((int)status < 300 && call.Method != "DELETE") wrong.Add($"{call.Method} {call.Path} with If-Match {tag ?? "left out"}: {status}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Queries_OfAnyKind_AreAnsweredInWords()
    {
        foreach (var call in calls)
        {
            foreach (var name in call.Queries.Append("unknown"))
            {
                foreach (var value in (string[])["", "x", "-1", "0", "99999999999999999999", "%00", "%F0%9F%98%80", "%ED%A0%80", "'%20OR%201=1--", "%25_%5B%5D", "null", "[]", "1e9", "2026-99-99", new string('x', 3000), "a&" + name + "=b"])
                    await AskAsync(server.Program, call, call.At(place => Own(call, place)) + $"?{name}={value}", call.Method == "GET" ? null : "{}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    private Task<HttpStatusCode> AskAsync(HttpClient program, ApiCall call, string path, string? body, string type = "application/json", string? tag = null) =>
        AskAsync(program, call, path, call.Body is null || body is null ? null : Encoding.UTF8.GetBytes(body), type, tag);

    // Every answer, whatever was asked: no fault, and a refusal in the language that was asked for.
    private async Task<HttpStatusCode> AskAsync(HttpClient program, ApiCall call, string path, byte[]? body, string type, string? tag = null)
    {
        var english = wrong.Count % 2 == 0 ^ body?.Length % 2 == 0;
        using var request = new HttpRequestMessage(new(call.Method), path) { Content = body is null ? null : new ByteArrayContent(body) };
        if (body is not null) request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-Match", tag);
        request.Headers.AcceptLanguage.ParseAdd(english ? "en-GB" : "zh-CN");
        request.Headers.ExpectContinue = body?.Length > 1 << 20;
        using var answer = await program.SendAsync(request);
        var what = $"{call.Method} {(path.Length > 160 ? path[..160] : path)} {(body is null ? "" : Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 120)))}";
        if ((int)answer.StatusCode >= 500) wrong.Add($"{what}: {answer.StatusCode}");
        else if ((int)answer.StatusCode >= 400)
        {
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json") wrong.Add($"{what}: {answer.StatusCode} without a problem: {answer.Content.Headers.ContentType}");
            else if (JsonDocument.Parse(text).RootElement.GetProperty("title").GetString() is not { Length: > 0 } title || title.Any(c => c is >= '\u4E00' and <= '\u9FFF') == english) wrong.Add($"{what}: {answer.StatusCode} in the wrong words: {text}");
            else if (text.Contains("Exception", StringComparison.Ordinal) || text.Contains("   at ", StringComparison.Ordinal)) wrong.Add($"{what}: tells of the inside: {text}");
        }
        return answer.StatusCode;
    }

    private string Own(ApiCall call, string place) => place is "id" or "contactId" && Kind(call) is { } kind ? mine[kind] : Guid.CreateVersion7().ToString();

    private static string? Kind(ApiCall call) => call.Path.Split('/') is [_, "api", "v1", ("contacts" or "accounts" or "interactions" or "tasks") and var kind, ..] ? kind : null;

    private static async Task MakeAsync(HttpClient program, Dictionary<string, string> ids)
    {
        ids["contacts"] = await AddAsync("contacts", """{"name":"张三","visibility":"Private"}""");
        ids["accounts"] = await AddAsync("accounts", """{"name":"一家公司","visibility":"Private"}""");
        ids["tasks"] = await AddAsync("tasks", """{"title":"回电"}""");
        ids["interactions"] = await AddAsync($"contacts/{ids["contacts"]}/interactions", """{"content":"聊了聊","at":"2026-05-06T07:08:09Z"}""");

        async Task<string> AddAsync(string path, string json) => (await (await program.PostJsonAsync("/api/v1/" + path, json)).JsonAsync()).GetProperty("id").GetString()!;
    }
}
