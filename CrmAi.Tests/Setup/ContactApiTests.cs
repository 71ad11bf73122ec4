using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Setup;

[Collection(ServerCollection.Name)]
public sealed class ContactApiTests(ServerFixture server)
{
    private const string Contacts = "/api/v1/contacts", Fields = "/api/v1/custom-fields";

    private readonly HttpClient program = server.Program;

    [Fact]
    public async Task Contact_Put_NeedsTheVersionThatWasRead()
    {
        var id = await AddAsync();
        (await SendAsync(program, "PUT", $"{Contacts}/{id}", """{"name":"李四"}""")).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        var put = await SendAsync(program, "PUT", $"{Contacts}/{id}", """{"name":"李四"}""", "\"1\"");
        (put.StatusCode, put.Headers.ETag!.Tag).ShouldBe((HttpStatusCode.OK, "\"2\""));
        (await SendAsync(program, "PUT", $"{Contacts}/{id}", """{"name":"王五"}""", "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await SendAsync(program, "PUT", $"{Contacts}/{id}", """{"name":5}""", "\"2\"")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(program, "PUT", $"{Contacts}/{Guid.NewGuid()}", """{"name":"x"}""", "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var refused = await SendAsync(program, "PUT", $"{Contacts}/{id}", """{"name":"x","budgetMinor":-1}""", "\"2\"");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.JsonAsync()).GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("budgetMinor");
    }

    [Fact]
    public async Task Contact_DeletedRestoredArchived_AnswersItsVersions()
    {
        var id = await AddAsync();
        foreach (var (method, path, status) in (IEnumerable<(string, string, HttpStatusCode)>)[("DELETE", "", HttpStatusCode.OK), ("DELETE", "", HttpStatusCode.NotFound), ("POST", "/restore", HttpStatusCode.OK),
            ("POST", "/restore", HttpStatusCode.NotFound), ("POST", "/archive", HttpStatusCode.OK), ("POST", "/unarchive", HttpStatusCode.OK)])
            (await SendAsync(program, method, $"{Contacts}/{id}{path}")).StatusCode.ShouldBe(status, $"{method} {path}");
        (await program.GetAsync(Requests.At($"{Contacts}/{id}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Contact_SharedAndAssigned_IsTheOthers()
    {
        var (id, mate) = (await AddAsync(), await server.App.AddUserAsync(Role.SalesRep));
        var theirs = await server.App.ProgramOfAsync(mate);
        (await theirs.GetAsync(Requests.At($"{Contacts}/{id}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(program, "PUT", $"{Contacts}/{id}/shares", JsonSerializer.Serialize(new { shares = new[] { new { userId = mate.Id, mayChange = false } } }))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await theirs.GetAsync(Requests.At($"{Contacts}/{id}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(theirs, "DELETE", $"{Contacts}/{id}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(program, "PUT", $"{Contacts}/{id}/shares", """{"shares":[{"userId":"00000000-0000-0000-0000-000000000001","mayChange":true}]}""")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync(program, "PUT", $"{Contacts}/{id}/shares", """{"shares":[null]}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(program, "POST", $"{Contacts}/{id}/assign", """{"ownerId":"nobody"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var admin = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.Admin));
        (await SendAsync(admin, "POST", $"{Contacts}/{id}/assign", JsonSerializer.Serialize(new { ownerId = mate.Id }))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(theirs, "DELETE", $"{Contacts}/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Photo_Sent_IsServedSoThatNothingOfItRuns()
    {
        var id = await AddAsync();
        var posted = await PostAsync(program, $"{Contacts}/{id}/photos?kind=Event", new ByteArrayContent(DemoFiles.Portrait("x")));
        posted.StatusCode.ShouldBe(HttpStatusCode.Created);
        var photo = (await posted.JsonAsync()).GetProperty("id").GetGuid();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(DemoFiles.Portrait("y")), "file", "y.png" } };
        (await PostAsync(program, $"{Contacts}/{id}/photos", form)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await PostAsync(program, $"{Contacts}/{id}/photos", new StringContent("<svg/>", Encoding.UTF8, "image/svg+xml"))).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await PostAsync(program, $"{Contacts}/{Guid.NewGuid()}/photos", new ByteArrayContent(DemoFiles.Portrait("x")))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var visitor = await server.App.SignedInAsync(server.Rep);
        var shown = await visitor.GetAsync(Requests.At($"/contacts/{id}/photos/{photo}"));
        (shown.StatusCode, shown.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.OK, "image/png"));
        shown.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        shown.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        (shown.Headers.CacheControl!.Private, shown.Headers.CacheControl.Public).ShouldBe((true, false));
        (await visitor.PostAsync(Requests.At($"/contacts/{id}/photos"), new ByteArrayContent(DemoFiles.Portrait("x")))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var other = await server.App.SignedInAsync(await server.App.AddUserAsync(Role.SalesRep));
        (await other.GetAsync(Requests.At($"/contacts/{id}/photos/{photo}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(program, "DELETE", $"{Contacts}/{id}/photos/{photo}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(program, "DELETE", $"{Contacts}/{id}/photos/{photo}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task CustomField_OverTheApi_IsMadeReadChangedArchivedAndRestored()
    {
        var admin = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.Admin));
        var name = $"礼物 {Guid.NewGuid():N}"[..20];
        var made = await SendAsync(admin, "POST", Fields, $$"""{"name":"{{name}}","type":"Choice","choices":["茶","书"]}""");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var path = made.Headers.Location!.ToString();
        (await program.GetAsync(Requests.At(path))).Headers.ETag!.Tag.ShouldBe("\"1\"");
        (await SendAsync(program, "POST", Fields, """{"name":"x"}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(admin, "POST", Fields, """{"name":"x","type":"Magic"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var refused = await SendAsync(admin, "POST", Fields, """{"name":"x","type":"Choice"}""");
        (refused.StatusCode, (await refused.JsonAsync()).GetProperty("errors")[0].GetProperty("field").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "choices"));
        var changed = $$"""{"name":"{{name}}","type":"Choice","choices":["茶"]}""";
        (await SendAsync(admin, "PUT", path, changed)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await SendAsync(admin, "PUT", path, changed, "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(admin, "PUT", path, changed, "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await SendAsync(admin, "DELETE", path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await program.GetAsync(Requests.At($"{Fields}?target=Contact"))).Content.ReadAsStringAsync()).ShouldNotContain(name);
        (await (await program.GetAsync(Requests.At($"{Fields}?target=Contact&archived=true"))).Content.ReadAsStringAsync()).ShouldContain(name);
        (await SendAsync(admin, "POST", path + "/restore")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(admin, "DELETE", $"{Fields}/{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await program.GetAsync(Requests.At($"{Fields}/{Guid.NewGuid()}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(admin, "DELETE", path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<Guid> AddAsync() => (await (await program.PostJsonAsync(Contacts, """{"name":"张三"}""")).JsonAsync()).GetProperty("id").GetGuid();

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, HttpContent content) => await client.PostAsync(Requests.At(path), content);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string? json = null, string? version = null)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (version is not null) request.Headers.IfMatch.Add(new EntityTagHeaderValue(version));
        return await client.SendAsync(request);
    }
}
