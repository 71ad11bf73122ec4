using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Tests.BusinessCards;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.History;

/// <summary>Photos, corrections of a profile, folders and views are put back too, and a card tells what became of it.</summary>
public sealed class RestorePartsTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!;
    private Acting my = null!;
    private Guid contact, made;

    private IRestores Restores => my.Get<IRestores>();

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        my = db.As(rep);
        var added = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        (contact, made) = (added.Id, added.ChangeSetId);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Photo_Removed_ReturnsByItself_AndGoesWithTheRecordOfBefore()
    {
        var photo = await AddPhotoAsync("a");
        var shown = await EditAsync(c => c with { Title = "总经理" });
        var removed = (await my.Get<IContactPhotos>().RemoveAsync(contact, photo, default)).Value;
        var other = await AddPhotoAsync("b");

        var point = new RestorePoint(nameof(Contact), contact, shown);
        var preview = (await Restores.PreviewAsync(point, default)).Value;
        preview.Fields.Select(f => (f.Field, f.Before, f.After)).ShouldBe([("Photos", "Profile", "Profile")]);
        (await Restores.RestoreAsync(point, preview.Version, default)).Errors.ShouldBeEmpty();
        (await PhotosAsync()).ShouldBe([photo]);
        await using (var picture = (await my.Get<IContactPhotos>().OpenAsync(contact, photo, default))!.Content) picture.Length.ShouldBeGreaterThan(0);
        (await ReadAsync()).Fields.Title.ShouldBe("总经理", "fields stay as they stood then");

        // As it is taken back, all is as before; then only what was removed by that change returns.
        var putBack = (await my.History.OfAsync(nameof(Contact), contact, default))[0];
        putBack.Command.ShouldBe("contact.putback");
        (await my.History.UndoAsync(putBack.ChangeSetId, default)).Errors.ShouldBeEmpty();
        (await PhotosAsync()).ShouldBe([other]);
        var whole = new RestorePoint(nameof(Contact), contact, made);
        (await Restores.RestoreAsync(whole, (await ReadAsync()).Version, default)).Errors.ShouldBeEmpty();
        (await PhotosAsync()).ShouldBeEmpty();
        removed.Id.ShouldBe(photo);
    }

    [Fact]
    public async Task Photo_WhoseFileIsGone_IsNotPromised()
    {
        var photo = await AddPhotoAsync("a");
        var removed = (await my.Get<IContactPhotos>().RemoveAsync(contact, photo, default)).Value;
        var point = new RestorePoint(nameof(Contact), contact, removed.ChangeSetId, "Photos");
        (await Restores.PreviewAsync(point, default)).Value.Fields.Select(f => (f.Field, f.Before, f.After)).ShouldBe([("Photos", null, "Profile")]);
        foreach (var file in Directory.GetFiles(Path.Combine(db.Folder, "files"), "*", SearchOption.AllDirectories)) File.Delete(file);
        Code(await Restores.PreviewAsync(point, default)).ShouldBe("restore.same");
    }

    [Fact]
    public async Task Correction_IsPutBack_AsItWasMadeFirst_AndAfterItWasWithdrawn()
    {
        await db.WriteAsync(d => d.ProfileCorrections.Add(new() { ContactId = contact, Claim = ProfileKeys.Disc, Value = "C", Note = "见过本人", UserId = rep.Id, At = db.Clock.Now }));
        var correction = (await db.ReadAsync(d => Task.FromResult(d.ProfileCorrections.Single()))).Id;
        (await my.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "S", null, "见过本人"), default)).Errors.ShouldBeEmpty();
        var changed = (await my.History.OfAsync(nameof(Contact), contact, default))[0];
        var key = changed.Fields.ShouldHaveSingleItem().Key.ShouldNotBeNull();
        (await my.Profiles.WithdrawAsync(correction, default)).Errors.ShouldBeEmpty();
        var withdrawn = (await my.History.OfAsync(nameof(Contact), contact, default))[0];

        await BackAsync(new(nameof(Contact), contact, withdrawn.ChangeSetId, key));
        (await CorrectionsAsync()).ShouldBe([(ProfileKeys.Disc, "S", "见过本人")]);
        await BackAsync(new(nameof(Contact), contact, changed.ChangeSetId, key));
        (await CorrectionsAsync()).ShouldBe([(ProfileKeys.Disc, "C", "见过本人")]);
        Code(await Restores.PreviewAsync(new(nameof(Contact), contact, changed.ChangeSetId, key), default)).ShouldBe("restore.same");

        // Corrected once more after it was withdrawn: there is one of each statement, and it is that of then.
        (await my.Profiles.WithdrawAsync(correction, default)).Errors.ShouldBeEmpty();
        await db.WriteAsync(d => d.ProfileCorrections.Add(new() { ContactId = contact, Claim = ProfileKeys.Disc, Value = "I", UserId = rep.Id, At = db.Clock.Now }));
        await BackAsync(new(nameof(Contact), contact, changed.ChangeSetId));
        (await CorrectionsAsync()).ShouldBe([(ProfileKeys.Disc, "S", "见过本人")]);
    }

    [Fact]
    public async Task Folder_IsPutBack_WhereItMayStand()
    {
        var folders = my.Get<IFolders>();
        var (one, two) = ((await folders.AddAsync("华东", null, default)).Value, (await folders.AddAsync("重点", null, default)).Value);
        var moved = (await folders.MoveAsync(two.Id, one.Id, null, default)).Value;
        (await folders.RenameAsync(two.Id, moved.Version, "一般", default)).Errors.ShouldBeEmpty();
        var point = new RestorePoint(nameof(Folder), two.Id, two.ChangeSetId);
        (await Restores.PreviewAsync(point, default)).Value.Fields.Select(f => (f.Field, f.Before, f.After)).ShouldBe([("ParentId", "华东", null), ("Name", "一般", "重点")], ignoreOrder: true);
        await BackAsync(point);
        (await folders.ListAsync(default)).Select(f => (f.Name, f.Depth)).ShouldBe([("华东", 0), ("重点", 0)]);
        (await my.History.OfAsync(nameof(Folder), two.Id, default))[0].ShouldSatisfyAllConditions(e => e.Command.ShouldBe("folder.putback"), e => e.Undoable.ShouldBeTrue(), e => e.MayPutBack.ShouldBeTrue());
        // Where it would stand within itself it may not.
        (await folders.MoveAsync(one.Id, two.Id, null, default)).Errors.ShouldBeEmpty();
        Code(await Restores.RestoreAsync(new(nameof(Folder), two.Id, moved.ChangeSetId, null), (await folders.ListAsync(default)).Single(f => f.Id == two.Id).Version, default)).ShouldBe("folder.circle");
        // A folder is its owner's alone.
        Code(await db.As(await db.AddUserAsync(Role.Admin)).Get<IRestores>().PreviewAsync(point, default)).ShouldBe("not_found");
    }

    [Fact]
    public async Task View_IsPutBack_ByItsOwner_UnderItsRules()
    {
        var views = my.Get<IViews>();
        var view = (await views.AddAsync(new() { Name = "重点", Filter = "tab=mine&priority=high" }, default)).Value;
        var edited = (await views.UpdateAsync(view.Id, 1, new() { Name = "一般", Filter = "tab=mine", IsShared = true }, default)).Value;
        var mate = db.As(await db.AddUserAsync(Role.SalesRep, team));
        Code(await mate.Get<IRestores>().PreviewAsync(new(nameof(SavedView), view.Id, view.ChangeSetId), default)).ShouldBe("not_found");
        await BackAsync(new(nameof(SavedView), view.Id, edited.ChangeSetId, "Filter"));
        (await views.ListAsync(default)).Single().Fields.ShouldBe(new() { Name = "一般", Filter = "tab=mine&priority=high", IsShared = true });
        (await views.AddAsync(new() { Name = "重点", Filter = "tab=team" }, default)).Errors.ShouldBeEmpty();
        Code(await Restores.RestoreAsync(new(nameof(SavedView), view.Id, view.ChangeSetId), 3, default)).ShouldBe("view.name.taken");
    }

    [Fact]
    public async Task Card_TellsWhatBecameOfIt_AndWhatWasCorrected()
    {
        await using var stage = await CardsStage.SetAsync(new ScriptedCardReader(ScriptedCardReader.Card(ScriptedCardReader.Text())));
        var card = await stage.ReadyAsync();
        (await stage.Cards.DiscardAsync(card.Card.Id, default)).Errors.ShouldBeEmpty();
        var thrown = (await HistoryAsync(stage.My))[0];
        (thrown.Command, thrown.Undoable).ShouldBe(("card.discard", true));
        thrown.Fields.Select(f => (f.Field, f.Before, f.After)).ShouldContain(("State", "ToReview", "Discarded"));
        (await stage.My.Get<IUndoing>().ListAsync(UndoList.Undoable, UndoScope.Mine, null, 30, default)).Value.Items.Select(i => i.Command).ShouldBe(["card.discard"], "that it was sent is nothing to take back");
        (await stage.My.History.UndoAsync(thrown.ChangeSetId, default)).Errors.ShouldBeEmpty();
        card = (await stage.Cards.GetAsync(card.Card.Id, default))!;
        var saved = (await stage.SaveAsync(card, card.Text with { Title = "采购经理" })).Value;
        var entry = (await HistoryAsync(stage.My))[0];
        entry.Fields.ShouldContain(new FieldChange("Card.Title", card.Text.Title, "采购经理"));
        entry.Fields.ShouldContain(f => f.Field == "ContactId" && f.After == card.Text.Name);
        entry.Fields.ShouldNotContain(f => f.Field == "Read" || f.Field == "Digest" || f.Field == "StorageKey");
        (await HistoryAsync(stage.Stranger)).ShouldBeEmpty();
        (await stage.My.History.UndoAsync(saved.ChangeSetId, default)).Errors.ShouldBeEmpty();
        (await HistoryAsync(stage.My))[1].Fields.ShouldContain(new FieldChange("Card.Title", card.Text.Title, "采购经理"), "what was corrected is told though it is taken back");

        async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(Acting by) => await by.History.OfAsync(nameof(BusinessCard), card.Card.Id, default);
    }

    private async Task<Guid> AddPhotoAsync(string key) => (await my.Get<IContactPhotos>().AddAsync(contact, PhotoKind.Profile, new MemoryStream(DemoFiles.Portrait(key)), default)).Value.Id;

    private async Task<List<Guid>> PhotosAsync() => [.. (await ReadAsync()).Photos.Select(p => p.Id)];

    private async Task<ContactDetail> ReadAsync() => (await my.Contacts.GetAsync(contact, default))!;

    private async Task<Guid> EditAsync(Func<ContactEdit, ContactEdit> change)
    {
        var read = await ReadAsync();
        return (await my.Contacts.UpdateAsync(contact, read.Version, change(read.Fields), default)).Value.ChangeSetId;
    }

    private Task<List<(string, string?, string?)>> CorrectionsAsync() => db.ReadAsync(d => Task.FromResult(d.ProfileCorrections.AsEnumerable().Select(c => (c.Claim, c.Value, c.Note)).ToList()));

    private async Task BackAsync(RestorePoint point) => (await Restores.RestoreAsync(point, (await Restores.PreviewAsync(point, default)).Value.Version, default)).Errors.ShouldBeEmpty();

    private static string Code<T>(Result<T> result) => result.Errors.Single().Code;
}
