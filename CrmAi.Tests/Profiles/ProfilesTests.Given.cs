using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Profiles;

public sealed partial class ProfilesTests
{
    [Fact]
    public async Task Colleague_WhoMaySeeTheContactOnly_CorrectsNothing_UntilTheyMayChangeIt()
    {
        foreach (var text in Blunt) await SayAsync(text);
        (await my.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "C", null, null), default)).Succeeded.ShouldBeTrue();
        var id = (await ViewAsync()).One(ProfileKeys.Disc)!.Correction!.Id;
        var mateRow = await db.AddUserAsync(Role.SalesRep, await db.ReadAsync(d => d.Teams.SingleAsync()));
        var mate = db.As(mateRow);
        (await mate.Profiles.GetAsync(contact, default))!.MayCorrect.ShouldBeFalse();
        foreach (var refused in new[] { await mate.Profiles.AnalyseAsync(contact, default), await mate.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "S", null, null), default), await mate.Profiles.WithdrawAsync(id, default) })
            refused.Errors.ShouldHaveSingleItem().Code.ShouldBe("forbidden");
        await db.WriteAsync(d => d.Add(new ContactShare { ContactId = contact, UserId = mateRow.Id, MayChange = true, CreatedAt = db.Clock.Now }));
        mate = db.As(mateRow);
        (await mate.Profiles.GetAsync(contact, default))!.MayCorrect.ShouldBeTrue();
        (await mate.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "S", null, null), default)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task TypeThatAPersonGave_LeadsStrategyAndManner_AndARejectedOneLeadsNothing()
    {
        foreach (var text in Blunt) await SayAsync(text);
        (await ViewAsync()).One(ProfileKeys.Approach)!.Claim.Value.ShouldBe(nameof(Approach.Results));
        (await my.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "S", null, null), default)).Succeeded.ShouldBeTrue();
        var view = await ViewAsync();
        view.One(ProfileKeys.Approach)!.ShouldSatisfyAllConditions(a => a.Claim.Value.ShouldBe(nameof(Approach.Reassurance)), a => a.Follows!.By.ShouldBe(rep.Name), a => a.Analysed!.Value.ShouldBe(nameof(Approach.Results)));
        Domain.Scripts.ScriptStyle.Of(view).Manner.ShouldBe(DiscType.S);
        (await my.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, null, null, null), default)).Succeeded.ShouldBeTrue();
        view = await ViewAsync();
        view.One(ProfileKeys.Approach).ShouldBeNull("nobody knows the type");
        Domain.Scripts.ScriptStyle.Of(view).Disc.ShouldBeNull();
        (await my.Profiles.CorrectAsync(contact, new(ProfileKeys.Style, null, null, null), default)).Succeeded.ShouldBeTrue();
        Domain.Scripts.ScriptStyle.Of(await ViewAsync()).IsKnown.ShouldBeFalse();
        (await my.Profiles.WithdrawAsync(view.One(ProfileKeys.Disc)!.Correction!.Id, default)).Succeeded.ShouldBeTrue();
        (await ViewAsync()).One(ProfileKeys.Approach)!.ShouldSatisfyAllConditions(a => a.Claim.Value.ShouldBe(nameof(Approach.Results)), a => a.Follows.ShouldBeNull());
    }
}
