using System.Net;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Exports;

[Collection(ServerCollection.Name)]
public sealed class ExportApiTests(ServerFixture server)
{
    private const string Path = "/api/v1/exports";

    [Fact]
    public async Task Contacts_AreBegunFollowedAndRead_ByTheirMakerAlone()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var contact = (await (await mine.PostJsonAsync("/api/v1/contacts", """{"name":"=1+1","mobile":"138-0000-6633","title":"总监"}""")).JsonAsync()).GetProperty("id").GetGuid();
        var begun = await mine.PostJsonAsync(Path, $$"""{"kind":"Contacts","format":"Csv","columns":["Title","Name"],"ids":["{{contact}}"]}""");
        begun.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var address = begun.Headers.Location!.ToString();
        (await (await mine.GetAsync(Requests.At(address))).JsonAsync()).GetProperty("state").GetString().ShouldBe("Ready");
        (await (await mine.GetAsync(Requests.At(Path))).JsonAsync()).EnumerateArray().Select(e => e.GetProperty("id").GetString()).ShouldContain(address.Split('/')[^1]);

        var file = await mine.GetAsync(Requests.At($"{address}/file"));
        file.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        file.Content.Headers.ContentDisposition!.ShouldSatisfyAllConditions(d => d.DispositionType.ShouldBe("attachment"), d => (d.FileNameStar ?? d.FileName)!.ShouldEndWith(".csv"));
        file.Headers.CacheControl!.NoStore.ShouldBeTrue();
        file.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        var lines = (await file.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[1].ShouldBe("总监,'=1+1", "in the order asked for, and nothing that is calculated");

        var other = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        foreach (var part in (string[])["", "/file"]) (await other.GetAsync(Requests.At(address + part))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.PostAsync(Requests.At($"{address}/cancel"), null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.App.Visitor("application/json").GetAsync(Requests.At($"{address}/file"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task WhatCannotBeExported_IsRefusedByName()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        async Task ShouldBeAsync(HttpStatusCode status, string body) => (await mine.PostJsonAsync(Path, body)).StatusCode.ShouldBe(status, body);
        await ShouldBeAsync(HttpStatusCode.UnprocessableEntity, """{"kind":"Contacts","format":"Csv","columns":["Shoes"],"contacts":{}}""");
        await ShouldBeAsync(HttpStatusCode.UnprocessableEntity, """{"kind":"Accounts","format":"VCard"}""");
        await ShouldBeAsync(HttpStatusCode.BadRequest, """{"kind":"Shoes","format":"Csv"}""");
        await ShouldBeAsync(HttpStatusCode.NotFound, $$"""{"kind":"Interactions","format":"Csv","contactId":"{{Guid.CreateVersion7()}}"}""");
        (await (await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.Viewer))).PostJsonAsync(Path, """{"kind":"Contacts","format":"Csv","contacts":{}}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
