using System.Net;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Profiles;

[Collection(ServerCollection.Name)]
public sealed class ProfileApiTests(ServerFixture server)
{
    [Fact]
    public async Task Colleague_WhoMayNotChangeTheContact_IsRefusedCorrectionsAndAnalysis()
    {
        var team = new Team { Name = "画像组" };
        await using (var db = server.App.Open())
        {
            db.Teams.Add(team);
            db.Begin("test", new(Guid.Empty, "test", Role.Admin, null, [], "zh-CN", "UTC", ChangeOrigin.Command), DateTime.UtcNow);
            await db.SaveChangesAsync();
        }
        var owner = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep, u => u.TeamId = team.Id));
        var mate = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep, u => u.TeamId = team.Id));
        var id = (await (await owner.PostJsonAsync("/api/v1/contacts", """{"name":"同组客户","visibility":"Team"}""")).JsonAsync()).GetProperty("id").GetGuid();
        (await mate.GetAsync(Requests.At($"/api/v1/contacts/{id}/profile"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await mate.PostJsonAsync($"/api/v1/contacts/{id}/profile", "")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await mate.PostJsonAsync($"/api/v1/contacts/{id}/profile/corrections", """{"claim":"disc","value":"S","level":null,"note":null}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await owner.PostJsonAsync($"/api/v1/contacts/{id}/profile", "")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }
}
