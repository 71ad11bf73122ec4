using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Profiles;

/// <summary>Whoever sees the contact may say whether its profile was useful.</summary>
public sealed class ProfileRatingTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private Acting my = null!;
    private Guid contact, run;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("一队");
        my = db.As(await db.AddUserAsync(Role.SalesRep, team, u => u.ProfileUpdates = true));
        contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        await my.Interactions.AddAsync(contact, Samples.Interaction(), default);
        await db.DrainAsync();
        run = (await my.Profiles.GetAsync(contact, default))!.AiRunId!.Value;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Profile_RatedByAColleagueWhoSeesTheContact_SaysSoToAll()
    {
        (await my.Profiles.GetAsync(contact, default))!.RatedUseful.ShouldBeNull();
        var manager = db.As(await db.AddUserAsync(Role.Manager, team));
        (await manager.Conversations.RateAsync(run, false, "太笼统", default)).Succeeded.ShouldBeTrue();
        (await my.Profiles.GetAsync(contact, default))!.RatedUseful.ShouldBe(false);
        (await db.ReadAsync(d => d.AiRuns.SingleAsync(r => r.Id == run))).Rating.ShouldBe(1);
    }

    [Fact]
    public async Task Profile_OfAContactOneMayNotSee_DoesNotExist()
    {
        var stranger = db.As(await db.AddUserAsync(Role.SalesRep));
        (await stranger.Conversations.RateAsync(run, true, null, default)).Errors.ShouldBe([Error.NotFound]);
        var onlooker = db.As(await db.AddUserAsync(Role.Viewer, team));
        (await onlooker.Conversations.RateAsync(run, true, null, default)).Errors.ShouldBe([Error.Forbidden]);
        (await db.ReadAsync(d => d.AiRuns.SingleAsync(r => r.Id == run))).Useful.ShouldBeNull();
    }
}
