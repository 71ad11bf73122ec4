using System.Net;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Setup;

/// <summary>Business cards over HTTP, whatever reader this machine has.</summary>
[Collection(ServerCollection.Name)]
public sealed class CardApiTests(ServerFixture server)
{
    private const string Cards = "/api/v1/cards";

    private readonly HttpClient program = server.Program;

    [Fact]
    public async Task Card_Posted_IsSavedByHand_TakenBackAndDiscarded()
    {
        var posted = await SendAsync(program, "一");
        posted.StatusCode.ShouldBe(HttpStatusCode.Created);
        var at = posted.Headers.Location!.ToString();
        var again = await SendAsync(program, "一");
        (again.StatusCode, (await again.JsonAsync()).GetProperty("again").GetBoolean()).ShouldBe((HttpStatusCode.OK, true));
        await ReadAsync(at);
        var card = await program.GetAsync(Requests.At(at));
        var version = card.Headers.ETag!.Tag;
        const string save = """{"text":{"name":"接口名片","mobile":"13800009911","company":"接口公司"}}""";
        (await PostAsync(at + "/save", save, null)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await PostAsync(at + "/save", save, "\"99\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        var bad = await PostAsync(at + "/save", """{"text":{"name":"接口名片","email":"x"}}""", version);
        (bad.StatusCode, (await bad.JsonAsync()).GetProperty("errors")[0].GetProperty("field").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "email"));
        var saved = await (await PostAsync(at + "/save", save, version)).JsonAsync();
        var contact = await (await program.GetAsync(Requests.At($"/api/v1/contacts/{saved.GetProperty("contactId").GetGuid()}"))).JsonAsync();
        contact.GetProperty("fields").GetProperty("source").GetString().ShouldBe("CardScan");
        contact.GetProperty("photos").GetArrayLength().ShouldBe(1);
        (await PostAsync(at + "/save", save, version)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await (await program.GetAsync(Requests.At($"{Cards}?state=Saved"))).JsonAsync()).GetProperty("items").EnumerateArray().ShouldContain(c => at.EndsWith(c.GetProperty("id").GetString()!, StringComparison.Ordinal));
        (await program.GetAsync(Requests.At(Cards + "/corrections"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await program.GetAsync(Requests.At(Cards + "/sums"))).JsonAsync()).GetProperty("saved").GetInt32().ShouldBeGreaterThan(0);

        var other = (await SendAsync(program, "二")).Headers.Location!.ToString();
        (await (await PostAsync(other + "/matches", """{"mobile":"138-0000-9911"}""", null)).JsonAsync()).GetProperty("contacts").GetArrayLength().ShouldBe(1);
        (await DeleteAsync(other, "\"99\"")).ShouldBe(HttpStatusCode.PreconditionFailed);
        await ReadAsync(other);
        (await DeleteAsync(other, (await program.GetAsync(Requests.At(other))).Headers.ETag!.Tag)).ShouldBe(HttpStatusCode.OK);
        (await program.DeleteAsync(Requests.At(other))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await PostAsync(other + "/retry", "", null)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Picture_IsServedToItsOwnerAlone_SoThatNothingOfItRuns()
    {
        var at = (await SendAsync(program, "三")).Headers.Location!.ToString();
        var id = at.Split('/')[^1];
        var visitor = await server.App.SignedInAsync(server.Rep);
        var shown = await visitor.GetAsync(Requests.At($"/cards/{id}/picture"));
        (shown.StatusCode, shown.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.OK, "image/png"));
        shown.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        shown.Headers.CacheControl!.Private.ShouldBeTrue();
        var stranger = await server.App.AddUserAsync(Role.SalesRep);
        (await (await server.App.SignedInAsync(stranger)).GetAsync(Requests.At($"/cards/{id}/picture"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var theirs = await server.App.ProgramOfAsync(stranger);
        foreach (var path in (string[])[at, at + "/picture"]) (await theirs.GetAsync(Requests.At(path))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await theirs.DeleteAsync(Requests.At(at))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        // without the page's own token nothing is taken from a browser
        (await visitor.PostAsync(Requests.At("/cards/photos"), new ByteArrayContent(DemoFiles.Portrait("四")))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var request = new HttpRequestMessage(HttpMethod.Post, Requests.At("/cards/photos?name=a.png")) { Content = new ByteArrayContent(DemoFiles.Portrait("四")) };
        request.Headers.Add("RequestVerificationToken", await TestApp.ForgeryTokenAsync(visitor));
        (await visitor.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.App.Visitor("application/json").GetAsync(Requests.At($"/cards/{id}/picture"))).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Photo_SentAsWhatItIs_IsTaken()
    {
        using var photo = new ByteArrayContent(BusinessCards.CardPhotos.Card("c05.jpg"));
        photo.Headers.ContentType = new("image/jpeg");
        var sent = await program.PostAsync(Requests.At(Cards), photo);
        sent.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await program.GetAsync(Requests.At(sent.Headers.Location + "/picture"))).Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
    }

    [Theory]
    [InlineData("", HttpStatusCode.UnprocessableEntity, "card.picture.empty")]
    [InlineData("%PDF-1.7", HttpStatusCode.UnsupportedMediaType, "card.picture.kind")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0", HttpStatusCode.UnsupportedMediaType, "card.picture.heic")]
    public async Task File_ThatIsNoPhoto_IsRefusedInWords(string content, HttpStatusCode status, string code)
    {
        var answer = await program.PostAsync(Requests.At(Cards), new ByteArrayContent(Encoding.Latin1.GetBytes(content)));
        var problem = await answer.JsonAsync();
        (answer.StatusCode, problem.GetProperty("code").GetString()).ShouldBe((status, code));
        problem.GetProperty("title").GetString()!.ShouldNotContain("card.");
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient program, string key) => program.PostAsync(Requests.At($"{Cards}?name=IMG.png"), new ByteArrayContent(DemoFiles.Portrait(key)));

    // Read, or given up.
    private async Task ReadAsync(string at) => await Eventually.TrueAsync(async () =>
        (await (await program.GetAsync(Requests.At(at))).JsonAsync()).GetProperty("card").GetProperty("state").GetString() is not ("Waiting" or "Reading"), "the card was dealt with by its job");

    private async Task<HttpStatusCode> DeleteAsync(string path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, Requests.At(path));
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        return (await program.SendAsync(request)).StatusCode;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string json, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Requests.At(path)) { Content = json.Length == 0 ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await program.SendAsync(request);
    }
}
