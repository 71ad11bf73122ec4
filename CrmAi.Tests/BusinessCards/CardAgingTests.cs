using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.BusinessCards;

/// <summary>Pictures of cards whose time is up, while somebody still needs them.</summary>
public sealed class CardAgingTests : IAsyncLifetime
{
    private CardsStage stage = null!;

    public async Task InitializeAsync() => stage = await CardsStage.SetAsync(new ScriptedCardReader(ScriptedCardReader.Card(ScriptedCardReader.Text())));

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [Fact]
    public async Task Photo_RemovedLately_ComesBackWithItsPicture()
    {
        var card = await stage.ReadyAsync();
        var contact = (await stage.SaveAsync(card)).Value.ContactId;
        var photos = stage.My.Get<IContactPhotos>();
        var photo = (await stage.My.Contacts.GetAsync(contact, default))!.Photos.Single().Id;
        stage.Db.Clock.Advance(TimeSpan.FromDays(IHistory.UndoDays - 2));
        var removed = (await photos.RemoveAsync(contact, photo, default)).Value;
        stage.Db.Clock.Advance(TimeSpan.FromDays(4));
        (await stage.Db.Get<OldCards>().RemoveAsync(default)).ShouldBe(1);
        (await stage.My.History.UndoAsync(removed.ChangeSetId, default)).Errors.ShouldBeEmpty();
        await using (var picture = (await photos.OpenAsync(contact, photo, default))!.Content) picture.Length.ShouldBeGreaterThan(0);

        // removed for good, it goes with the removed photos
        (await photos.RemoveAsync(contact, photo, default)).Succeeded.ShouldBeTrue();
        stage.Db.Clock.Advance(TimeSpan.FromDays(IHistory.UndoDays + 1));
        (await stage.Db.Get<RemovedPhotos>().DeleteAsync(default)).ShouldBeGreaterThan(0);
        stage.FilesStored().ShouldBe(0);
    }
}
