using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Enrichment;

/// <summary>The whole way over the API, workers included.</summary>
public sealed class EnrichmentApiTests
{
    [Fact]
    public async Task Search_Choice_Refresh_AndRemoval_OverTheApi()
    {
        await using var standIn = await StandInRegistry.StartAsync();
        await using var app = new TestApp(change: builder => { foreach (var (name, value) in standIn.Settings()) builder.UseSetting(name, value); });
        using var program = await app.ProgramOfAsync(await app.AddUserAsync(Role.SalesRep));
        var account = (await JsonAsync(await program.PostAsJsonAsync("/api/v1/accounts", new { name = "恒川精密" }))).GetProperty("id").GetString();

        (await JsonAsync(await program.GetAsync("/api/v1/enrichment"))).GetProperty("registry").GetProperty("isConfigured").GetBoolean().ShouldBeTrue();
        (await JsonAsync(await program.GetAsync($"/api/v1/accounts/{account}/registry"))).GetProperty("entry").ValueKind.ShouldBe(JsonValueKind.Null);
        var begun = await program.PostAsJsonAsync("/api/v1/enrichment/searches", new { kind = "Company", name = "恒川精密", recordId = account });
        begun.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        JsonElement search = default;
        await Eventually.TrueAsync(async () => (search = await JsonAsync(await program.GetAsync(begun.Headers.Location))).GetProperty("state").GetString() == "Done", "the search was not done");
        search.GetProperty("companies")[0].GetProperty("candidate").GetProperty("sourceId").GetString().ShouldBe("101");

        var choice = new { lookUpId = search.GetProperty("id").GetString(), sourceId = "101" };
        (await program.PutAsJsonAsync($"/api/v1/accounts/{account}/registry", choice)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await program.PutAsJsonAsync($"/api/v1/accounts/{account}/registry", new { choice.lookUpId, sourceId = "999" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await Eventually.TrueAsync(async () => (await JsonAsync(await program.GetAsync($"/api/v1/accounts/{account}/registry"))).GetProperty("entry").GetProperty("risk").ValueKind == JsonValueKind.Object, "the rest did not come");
        await Eventually.TrueAsync(async () => (await program.PostAsync($"/api/v1/accounts/{account}/registry/refresh", null)).StatusCode == HttpStatusCode.Accepted, "no refresh was taken");
        using var stale = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/accounts/{account}/registry");
        stale.Headers.TryAddWithoutValidation("If-Match", "\"99\"");
        (await program.SendAsync(stale)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await program.DeleteAsync($"/api/v1/accounts/{account}/registry")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await program.DeleteAsync($"/api/v1/accounts/{account}/registry")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var other = await app.ProgramOfAsync(await app.AddUserAsync(Role.SalesRep));
        (await other.GetAsync(begun.Headers.Location)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync($"/api/v1/accounts/{account}/registry")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Start_WithAStandInAllowedInProduction_IsRefused()
    {
        await using var app = new TestApp(environment: "Production", change: builder => builder.UseSetting("CompanyData:Tianyancha:AllowPrivateTargets", "true"));
        Should.Throw<Exception>(() => app.Services).ToString().ShouldContain("AllowPrivateTargets");
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone();
}
