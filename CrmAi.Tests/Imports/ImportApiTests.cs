using System.Net;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Imports;

[Collection(ServerCollection.Name)]
public sealed class ImportApiTests(ServerFixture server)
{
    private const string Path = "/api/v1/imports";

    [Fact]
    public async Task File_FromUploadToReportAndBack_OverHttp()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes("姓名,手机,邮箱\n甲,13611110001,a@api.example\n乙,13611110002,写错了\n"));
        var sent = await mine.PostAsync(Requests.At($"{Path}?name=api.csv"), file);
        sent.StatusCode.ShouldBe(HttpStatusCode.Created);
        var address = sent.Headers.Location!.ToString();
        var detail = await sent.JsonAsync();
        detail.GetProperty("summary").GetProperty("state").GetString().ShouldBe("Uploaded");
        detail.GetProperty("mapping").GetProperty("columns")[2].GetProperty("field").GetProperty("target").GetString().ShouldBe("Email");

        var plan = JsonSerializer.Serialize(new { columns = new[] { new { index = 0, target = "Name" }, new { index = 1, target = "Mobile" }, new { index = 2, target = "Email" } }, policy = "FillEmpty" });
        (await SendAsync(mine, HttpMethod.Put, $"{address}/mapping", plan)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await SendAsync(mine, HttpMethod.Put, $"{address}/mapping", plan, "\"99\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await SendAsync(mine, HttpMethod.Put, $"{address}/mapping", plan, sent.Headers.ETag!.Tag)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(mine, HttpMethod.Post, $"{address}/run")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        (await SendAsync(mine, HttpMethod.Post, $"{address}/check")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await StateAsync(mine, address, "Checked");
        (await SendAsync(mine, HttpMethod.Post, $"{address}/run")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var done = await StateAsync(mine, address, "Done");
        done.GetProperty("summary").GetProperty("run").GetProperty("created").GetInt32().ShouldBe(1);

        var rows = await (await mine.GetAsync(Requests.At($"{address}/rows"))).JsonAsync();
        rows.GetProperty("items")[0].GetProperty("problems")[0].GetProperty("value").GetString().ShouldBe("写错了");
        var report = await mine.GetStringAsync(Requests.At($"{address}/report"));
        report.ShouldContain("乙,13611110002,写错了,3,");
        (await SendAsync(mine, HttpMethod.Post, $"{address}/undo")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StateAsync(mine, address, "Undone")).GetProperty("summary").GetProperty("undo").GetProperty("kept").GetInt32().ShouldBe(0);

        using var broken = new ByteArrayContent([0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 1, 2, 3, 0, 0]);
        (await mine.PostAsync(Requests.At(Path), broken)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        var other = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        (await other.GetAsync(Requests.At(address))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync(Requests.At($"{address}/report"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<JsonElement> StateAsync(HttpClient client, string address, string state)
    {
        JsonElement detail = default;
        await Eventually.TrueAsync(async () => (detail = await (await client.GetAsync(Requests.At(address))).JsonAsync()).GetProperty("summary").GetProperty("state").GetString() == state, $"the import is {state}");
        return detail;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string address, string? json = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, Requests.At(address)) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request);
    }
}
