using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Profiles;

public sealed class ProfileHistoryTests
{
    private static readonly string[] Blunt = ["客户: 别绕弯子，直接说，一口价多少？", "客户: 我只看结果，少废话。这个我拍板，行就今天签。", "客户: 直接给我底价，今天就定。别跟我讲功能。"];

    [Fact]
    public async Task Correction_StandsInTheContactsHistory_AndIsTakenBackThere()
    {
        await using var db = await TestDatabase.CreateAsync();
        var rep = await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("一队"), u => u.ProfileUpdates = true);
        var my = db.As(rep);
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        foreach (var text in Blunt)
        {
            (await my.Interactions.AddAsync(contact, Samples.Interaction(text) with { At = db.Clock.Now.AddMinutes(-5), Direction = InteractionDirection.Inbound }, default)).Succeeded.ShouldBeTrue();
            await db.DrainAsync();
        }
        (await my.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "C", null, "见过本人"), default)).Succeeded.ShouldBeTrue();
        (await my.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "S", null, "见过本人"), default)).Succeeded.ShouldBeTrue();
        var entries = (await my.History.OfAsync(nameof(Contact), contact, default)).Where(e => e.Command == "profile.correct").ToList();
        entries.Select(e => (e.Who, e.Undoable)).ShouldBe([(rep.Name, true), (rep.Name, true)]);
        entries[0].Fields.ShouldBe([new FieldChange(FieldChange.Profile, "C", "S") { Label = ProfileKeys.Disc }]);
        entries[1].Fields.ShouldBe([new FieldChange(FieldChange.Profile, null, "C") { Label = ProfileKeys.Disc }, new FieldChange(FieldChange.ProfileNote, null, "见过本人") { Label = ProfileKeys.Disc }]);

        (await my.History.UndoAsync(entries[1].ChangeSetId, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("undo.changed", "a later one stands on it");
        (await my.History.UndoAsync(entries[0].ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await ViewAsync()).One(ProfileKeys.Disc)!.Claim.Value.ShouldBe("C");
        (await my.History.UndoAsync(entries[1].ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await ViewAsync()).One(ProfileKeys.Disc)!.ShouldSatisfyAllConditions(c => c.Claim.Value.ShouldBe("D"), c => c.Correction.ShouldBeNull());

        async Task<ProfileView> ViewAsync() => (await my.Profiles.GetAsync(contact, default))!;
    }
}
