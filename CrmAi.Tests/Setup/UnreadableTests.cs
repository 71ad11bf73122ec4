using System.Net;
using System.Text.Json;

namespace CrmAi.Tests.Setup;

/// <summary>Requests that cannot be read are told which part of them, in the senders' own names.</summary>
[Collection(ServerCollection.Name)]
public sealed class UnreadableTests(ServerFixture server)
{
    [Theory]
    [InlineData("contacts", """{"name":"x","priority":"Urgent"}""", "request.choice", "priority", "High,Medium,Low")]
    [InlineData("contacts", """{"name":"x","priority":1}""", "request.choice", "priority", "High,Medium,Low")]
    [InlineData("contacts", """{"name":"x","PRIORITY":"Urgent"}""", "request.choice", "priority", "High,Medium,Low")]
    [InlineData("contacts", """{"name":5}""", "request.form", "name", null)]
    [InlineData("contacts", """{"name":"x","dealValueMinor":1.5}""", "request.form", "dealValueMinor", null)]
    [InlineData("contacts", """{"name":"x","nextFollowUpAt":"tomorrow"}""", "request.form", "nextFollowUpAt", null)]
    [InlineData("contacts", """{"name":"x","competitors":"y"}""", "request.form", "competitors", null)]
    [InlineData("contacts", """{"name":"x","personal":{"birthYear":"old"}}""", "request.form", "personal.birthYear", null)]
    [InlineData("contacts", """{"name":"x","notes":}""", "request.json", "notes", null)]
    [InlineData("contacts", "{]", "request.json", null, null)]
    [InlineData("contacts", "", "request.json", null, null)]
    [InlineData("contacts", "[]", "request.form", null, null)]
    [InlineData("accounts", """{"name":"x","class":"D"}""", "request.choice", "class", "A,B,C")]
    [InlineData("accounts", """{"name":"x","addresses":[{"kind":"a","text":"b"},{"kind":5,"text":"b"}]}""", "request.form", "addresses[1].kind", null)]
    [InlineData("accounts", """{"name":"x","primaryContactId":"me"}""", "request.form", "primaryContactId", null)]
    [InlineData("folders", """{"name":"x","parentId":"up"}""", "request.form", "parentId", null)]
    public async Task Body_ThatCannotBeRead_IsRefusedByField(string path, string json, string code, string? field, string? allowed) =>
        await ShouldNameAsync(await server.Program.PostJsonAsync($"/api/v1/{path}", json), code, field, allowed);

    [Theory]
    [InlineData("contacts?limit=many", "request.form", "limit", null)]
    [InlineData("contacts?priority=Urgent", "request.choice", "priority", "High,Medium,Low")]
    [InlineData("contacts?sort=age", "request.choice", "sort", "oldest,newest,lastContact,name,followUp,manual")]
    [InlineData("accounts?class=Z", "request.choice", "class", "A,B,C")]
    [InlineData("accounts?class=7", "request.choice", "class", "A,B,C")]
    [InlineData("accounts?ownerId=me", "request.form", "ownerId", null)]
    [InlineData("accounts?archived=perhaps", "request.form", "archived", null)]
    [InlineData("deleted?kind=Folder", "request.choice", "kind", "Contact,Account,Interaction,Task")]
    [InlineData("custom-fields?target=99", "request.choice", "target", "Contact,Account")]
    [InlineData("contacts/0197b0a0-0000-7000-8000-000000000000/interactions?scheduled=soon", "request.form", "scheduled", null)]
    public async Task Query_ThatCannotBeRead_IsRefusedByField(string path, string code, string field, string? allowed) =>
        await ShouldNameAsync(await server.Program.GetAsync(Requests.At($"/api/v1/{path}")), code, field, allowed);

    private static async Task ShouldNameAsync(HttpResponseMessage answer, string code, string? field, string? allowed)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var error = (await answer.JsonAsync()).GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        (error.GetProperty("code").GetString(), error.GetProperty("field").GetString()).ShouldBe((code, field));
        var names = error.GetProperty("allowed");
        (names.ValueKind == JsonValueKind.Null ? null : string.Join(',', names.EnumerateArray())).ShouldBe(allowed);
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }
}
