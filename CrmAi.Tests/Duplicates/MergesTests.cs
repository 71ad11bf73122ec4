using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.History;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Duplicates;

/// <summary>Two contacts become one with all that is theirs, and two again.</summary>
public sealed class MergesTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!;
    private Acting my = null!;
    private Guid keep, lose;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        my = db.As(rep);
        keep = (await my.Contacts.AddAsync(new() { Name = "张三丰", Mobile = "13812345678", Company = "恒川精密机械", Notes = "爱喝茶", Title = "采购经理" }, default)).Value.Id;
        db.Clock.Advance(TimeSpan.FromMinutes(1));
        lose = (await my.Contacts.AddAsync(new() { Name = "Zhang Sanfeng", Mobile = "13900001111", Email = "zsf@a.example", Title = "采购总监", Notes = "周末不接电话", Competitors = ["速达"], Priority = Priority.High }, default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Preview_ShowsWhatDiffers_AndProposesTheNewerThatIsNotEmpty()
    {
        await my.Interactions.AddAsync(lose, Samples.Interaction(), default);
        var preview = (await Use(my).PreviewAsync(MergeKind.Contact, keep, lose, default)).Value;
        var fields = preview.Fields.ToDictionary(f => f.Field);
        fields["Title"].ShouldBe(new("Title", "采购经理", "采购总监", MergeSide.Loser));
        fields["Company"].Wins.ShouldBe(MergeSide.Survivor, "the other has none");
        fields["Email"].Wins.ShouldBe(MergeSide.Loser);
        fields["Notes"].Joins.ShouldBeTrue();
        fields.ShouldNotContainKey("WeChat");
        preview.Moves.ShouldContain(new MergeCount(MergePart.Interactions, 1));
        preview.Widens.ShouldBeFalse();
    }

    [Fact]
    public async Task Merged_HoldsTheChosenFields_AndWhatLostBesides_AndLeadsOn()
    {
        var saved = await MergeAsync(new Dictionary<string, MergeSide> { ["Name"] = MergeSide.Survivor, ["Title"] = MergeSide.Survivor });
        var one = (await my.Contacts.GetAsync(keep, default))!.Fields;
        (one.Name, one.Title, one.Mobile, one.Email, one.Company, one.Priority).ShouldBe(("张三丰", "采购经理", "13900001111", "zsf@a.example", "恒川精密机械", Priority.High));
        one.Notes.ShouldBe("爱喝茶\n周末不接电话");
        one.Competitors.ShouldBe(["速达"]);
        one.SocialProfiles.ShouldBe([new(MatchForm.OtherPhone, "13812345678", null)]);
        (await my.Contacts.GetAsync(lose, default)).ShouldBeNull();
        (await Use(my).SurvivorOfAsync(MergeKind.Contact, lose, default)).ShouldBe(keep);
        (await Use(my).SurvivorOfAsync(MergeKind.Contact, keep, default)).ShouldBeNull();
        (await Use(db.As(await db.AddUserAsync(Role.SalesRep))).SurvivorOfAsync(MergeKind.Contact, lose, default)).ShouldBeNull("who may not see it is led nowhere");
        // The number that lost still finds the person.
        (await my.Get<IDuplicates>().CheckAsync(new() { Name = "张三丰", Mobile = "13812345678" }, null, default)).Candidates.ShouldHaveSingleItem().Contact.Id.ShouldBe(keep);
        (await db.ReadAsync(d => d.ChangeSets.CountAsync(s => s.Id == saved.ChangeSetId))).ShouldBe(1);
        (await my.Contacts.RestoreAsync(lose, default)).Errors.Single().Code.ShouldBe("merge.restore");
        (await my.Get<Domain.Deletions.IDeletions>().ListAsync(null, null, 10, default)).Value.Items.ShouldBeEmpty("a merged one is not in the bin: it is undone, not restored");
    }

    [Fact]
    public async Task Everything_MovesWithIt_AndBackWithTheUndo_WhatCameSinceStays()
    {
        var rows = await FillAsync();
        var before = await StateAsync();
        var saved = await MergeAsync();
        var merged = await StateAsync();
        merged.Keys.ShouldBe(before.Keys);
        foreach (var (row, owner) in merged) owner.ShouldBe(row is "Tag.shared.lose" or "Tag.lose" or "Profile.lose" or "Score.both.lose" ? lose : keep, row);
        (await my.Contacts.GetAsync(keep, default))!.ShouldSatisfyAllConditions(c => c.InteractionCount.ShouldBe(2), c => c.Tags.Select(t => t.Name).ShouldBe(["共有", "只在后者"], ignoreOrder: true));
        (await db.JobsAsync()).Where(j => j.ByHand && j.SubjectId == keep).Select(j => j.Kind).ShouldContain("profile", "the profile is made anew");

        var later = (await my.Interactions.AddAsync(keep, Samples.Interaction("合并之后聊的"), default)).Value.Id;
        var undone = (await Use(my).UndoAsync(saved.ChangeSetId, default)).Value;
        undone.Kept.ShouldBeEmpty();
        var after = await StateAsync();
        after.Remove($"Interaction.{later}").ShouldBeTrue();
        after.ShouldBe(before, ignoreOrder: true);
        (await my.Contacts.GetAsync(keep, default))!.ShouldSatisfyAllConditions(c => c.InteractionCount.ShouldBe(2, "one of its own, one that came since"), c => c.Fields.Title.ShouldBe("采购经理"), c => c.Fields.Notes.ShouldBe("爱喝茶"), c => c.Fields.SocialProfiles.ShouldBeEmpty(), c => c.Tags.ShouldHaveSingleItem());
        (await my.Contacts.GetAsync(lose, default))!.ShouldSatisfyAllConditions(c => c.InteractionCount.ShouldBe(1), c => c.Fields.Mobile.ShouldBe("13900001111"), c => c.Tags.Count.ShouldBe(2));
        rows.ShouldBeGreaterThan(8);
        (await my.History.UndoAsync(saved.ChangeSetId, default)).Errors.Single().Code.ShouldBe("undo.done");
    }

    [Fact]
    public async Task Conversations_InGreatNumbers_MoveWithIt_AndBack_EachWithItsLineInHistory_ButForOneThatWentElsewhere()
    {
        const int Many = 120;
        await FillAsync();
        await db.WriteAsync(d => d.AddRange(Enumerable.Range(0, Many).Select(i => new Domain.Interactions.Interaction { ContactId = lose, AuthorId = rep.Id, Type = Domain.Interactions.InteractionType.Call, At = db.Clock.Now.AddHours(-i), Content = $"第 {i} 次", CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now })));
        var before = await StateAsync();
        var saved = await MergeAsync();
        (await db.ReadAsync(d => d.Interactions.CountAsync(i => i.ContactId == keep))).ShouldBe(Many + 2);
        (await db.ReadAsync(d => d.Findings.AnyAsync(f => f.ContactId == lose))).ShouldBeFalse("what was read of them goes with them");
        (await db.ReadAsync(d => d.ChangeEntries.CountAsync(e => e.ChangeSetId == saved.ChangeSetId && e.RecordType == "Interaction"))).ShouldBe(Many + 1);
        (await my.Contacts.GetAsync(keep, default))!.InteractionCount.ShouldBe(Many + 2);
        var one = before.Keys.First(k => k.StartsWith("Interaction.", StringComparison.Ordinal) && before[k] == lose);
        var elsewhere = Guid.Parse(one["Interaction.".Length..]);
        (await my.History.OfAsync("Interaction", elsewhere, default))[0].ChangeSetId.ShouldBe(saved.ChangeSetId);
        (await my.Interactions.GetAsync(elsewhere, default))!.Version.ShouldBeGreaterThan(1, "who had it open learns of it");

        var third = (await my.Contacts.AddAsync(new() { Name = "第三人" }, default)).Value.Id;
        await db.WriteAsync(d => d.Entry(d.Interactions.Single(i => i.Id == elsewhere)).Property(i => i.ContactId).CurrentValue = third);
        (await Use(my).UndoAsync(saved.ChangeSetId, default)).Value.Kept.ShouldBe(["ContactId"]);
        var after = await StateAsync();
        after[one].ShouldBe(third);
        after.Where(r => r.Key.StartsWith("Interaction.", StringComparison.Ordinal) && r.Key != one).ShouldAllBe(r => r.Value == before[r.Key]);
        (await my.Contacts.GetAsync(lose, default))!.InteractionCount.ShouldBe(Many);
    }

    [Fact]
    public async Task Undo_LeavesLaterEditsAlone_AndSaysWhich()
    {
        var saved = await MergeAsync();
        var one = (await my.Contacts.GetAsync(keep, default))!;
        (await my.Contacts.UpdateAsync(keep, one.Version, one.Fields with { Title = "副总裁" }, default)).Succeeded.ShouldBeTrue();
        var undone = (await Use(my).UndoAsync(saved.ChangeSetId, default)).Value;
        undone.Kept.ShouldBe(["Title"]);
        (await my.Contacts.GetAsync(keep, default))!.Fields.ShouldSatisfyAllConditions(f => f.Title.ShouldBe("副总裁"), f => f.Mobile.ShouldBe("13812345678"));
        (await my.Contacts.GetAsync(lose, default))!.Fields.Title.ShouldBe("采购总监");
    }

    [Fact]
    public async Task Undo_FromThePageOfAllCommands_SaysWhichFieldsStay()
    {
        var saved = await MergeAsync();
        var one = (await my.Contacts.GetAsync(keep, default))!;
        (await my.Contacts.UpdateAsync(keep, one.Version, one.Fields with { Title = "副总裁" }, default)).Succeeded.ShouldBeTrue();
        var undone = (await my.Get<CrmAi.Domain.History.IUndoing>().UndoAsync(saved.ChangeSetId, default)).Value;
        undone.Kept.ShouldBe(["Title"]);
        (await my.Contacts.GetAsync(keep, default))!.Fields.Title.ShouldBe("副总裁");
    }

    [Fact]
    public async Task Undo_AfterThirtyDays_OrOfASurvivorThatWasMergedOn_IsRefusedInWords()
    {
        var first = await MergeAsync();
        var third = (await my.Contacts.AddAsync(new() { Name = "张三丰" }, default)).Value.Id;
        var second = await MergeAsync(survivor: third, loser: keep);
        (await Use(my).SurvivorOfAsync(MergeKind.Contact, lose, default)).ShouldBe(third, "over both merges");
        (await Use(my).UndoAsync(first.ChangeSetId, default)).Errors.Single().Code.ShouldBe("merge.later");
        (await Use(my).UndoAsync(second.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        db.Clock.Advance(TimeSpan.FromDays(31));
        (await Use(my).UndoAsync(first.ChangeSetId, default)).Errors.Single().Code.ShouldBe("undo.late");
    }

    [Fact]
    public async Task Merge_IsForWhoMayChangeBoth_AndOfWhatTheyRead()
    {
        var mate = db.As(await db.AddUserAsync(Role.SalesRep, team));
        var stranger = db.As(await db.AddUserAsync(Role.SalesRep));
        (await Use(mate).PreviewAsync(MergeKind.Contact, keep, lose, default)).Errors.Single().Code.ShouldBe("forbidden");
        (await Use(stranger).PreviewAsync(MergeKind.Contact, keep, lose, default)).Errors.Single().Code.ShouldBe("not_found");
        (await Use(my).PreviewAsync(MergeKind.Contact, keep, keep, default)).Errors.Single().Code.ShouldBe("merge.same");
        (await Use(my).MergeAsync(MergeKind.Contact, new(keep, 99, lose, 1), default)).Errors.Single().ShouldBe(Error.Conflict);
        (await Use(my).MergeAsync(MergeKind.Contact, new(keep, 1, lose, 1, new Dictionary<string, MergeSide> { ["Nonsense"] = MergeSide.Loser }), default)).Errors.Single().ShouldSatisfyAllConditions(e => e.Code.ShouldBe("merge.field"), e => e.Field.ShouldBe("Nonsense"));
        var saved = await MergeAsync();
        (await Use(mate).UndoAsync(saved.ChangeSetId, default)).Errors.Single().Code.ShouldBe("forbidden");
        (await Use(stranger).UndoAsync(saved.ChangeSetId, default)).Errors.Single().Code.ShouldBe("not_found");
        (await Use(db.As(await db.AddUserAsync(Role.Manager, team))).UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Merge_OfWhatAColleagueKeepsPrivate_StaysPrivate()
    {
        var manager = await db.AddUserAsync(Role.Manager, team);
        var hidden = (await my.Interactions.AddAsync(lose, Samples.Interaction("只有我看得到", isPrivate: true), default)).Value.Id;
        var both = (await Use(db.As(manager)).MergeAsync(MergeKind.Contact, new(keep, 1, lose, 1), default)).Value;
        (await my.Interactions.GetAsync(hidden, default))!.ContactId.ShouldBe(keep);
        (await db.As(manager).Interactions.GetAsync(hidden, default)).ShouldBeNull();
        (await Use(db.As(manager)).UndoAsync(both.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Interactions.GetAsync(hidden, default))!.ContactId.ShouldBe(lose);
    }

    [Fact]
    public async Task Companies_BecomeOne_WithTheirPeople_AndTwoAgain()
    {
        var a = (await my.Accounts.AddAsync(new() { Name = "盛泰电子有限公司", City = "苏州" }, default)).Value.Id;
        db.Clock.Advance(TimeSpan.FromMinutes(1));
        var b = (await my.Accounts.AddAsync(new() { Name = "盛泰电子", Industry = "制造", Employees = 300 }, default)).Value.Id;
        var person = (await my.Contacts.AddAsync(new() { Name = "王芳", AccountId = b }, default)).Value.Id;
        var preview = (await Use(my).PreviewAsync(MergeKind.Account, a, b, default)).Value;
        preview.Moves.ShouldBe([new(MergePart.Contacts, 1)]);
        preview.Fields.Single(f => f.Field == "Name").Wins.ShouldBe(MergeSide.Survivor, "the whole name, though the other is newer");
        var saved = (await Use(my).MergeAsync(MergeKind.Account, new(a, preview.Survivor.Version, b, preview.Loser.Version, new Dictionary<string, MergeSide> { ["Name"] = MergeSide.Survivor }), default)).Value;
        (await my.Accounts.GetAsync(a, default))!.ShouldSatisfyAllConditions(x => x.Fields.Name.ShouldBe("盛泰电子有限公司"), x => x.Fields.City.ShouldBe("苏州"), x => x.Fields.Industry.ShouldBe("制造"), x => x.Contacts.ShouldBe(1));
        (await my.Contacts.GetAsync(person, default))!.Fields.AccountId.ShouldBe(a);
        (await Use(my).SurvivorOfAsync(MergeKind.Account, b, default)).ShouldBe(a);
        (await my.Accounts.RestoreAsync(b, default)).Errors.Single().Code.ShouldBe("merge.restore");
        (await Use(my).UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.GetAsync(person, default))!.Fields.AccountId.ShouldBe(b);
        (await my.Accounts.GetAsync(a, default))!.Fields.Industry.ShouldBeNull();
    }

    [Fact]
    public async Task History_OfTheSurvivor_TellsOfIt_AndTakesItBack()
    {
        var saved = await MergeAsync();
        var entry = (await my.History.OfAsync(nameof(Contact), keep, default))[0];
        (entry.ChangeSetId, entry.Command, entry.Undoable).ShouldBe((saved.ChangeSetId, "contact.merge", true));
        (await my.History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.GetAsync(lose, default)).ShouldNotBeNull();
    }

    private static IMerges Use(Acting who) => who.Get<IMerges>();

    private async Task<Saved> MergeAsync(IReadOnlyDictionary<string, MergeSide>? fields = null, Guid? survivor = null, Guid? loser = null)
    {
        var preview = (await Use(my).PreviewAsync(MergeKind.Contact, survivor ?? keep, loser ?? lose, default)).Value;
        return (await Use(my).MergeAsync(MergeKind.Contact, new(survivor ?? keep, preview.Survivor.Version, loser ?? lose, preview.Loser.Version, fields), default)).Value;
    }

    private Task<int> FillAsync() => MergeRows.FillAsync(db, my, rep, keep, lose);

    private Task<Dictionary<string, Guid>> StateAsync() => MergeRows.StateAsync(db);
}
