using CrmAi.Domain.AiRuns;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.BusinessCards;

public sealed class CardJobTests
{
    private static readonly ReadCard Clear = ScriptedCardReader.Card(ScriptedCardReader.Text());

    [Fact]
    public async Task Photo_Read_StandsWithItsRunInTheLedger_AndWatchersAreTold()
    {
        await using var stage = await CardsStage.SetAsync(new ScriptedCardReader(Clear));
        var told = 0;
        using var watch = stage.Db.Get<ILiveUpdates>().Watch(LiveTopic.CardsOf(stage.Rep.Id), () => { Interlocked.Increment(ref told); return Task.CompletedTask; });
        var id = (await stage.SendAsync(CardsStage.Photo())).Value.Id;
        (await stage.Db.JobsAsync()).Single().ShouldSatisfyAllConditions(j => j.Lane.ShouldBe(JobLane.Person), j => j.SubjectId.ShouldBe(id), j => j.ByHand.ShouldBeTrue());
        (await stage.Cards.SumsAsync(false, default)).ShouldBe(new CardSums(1, 0, 0, 0));
        await stage.Db.DrainAsync();
        var card = (await stage.Cards.GetAsync(id, default))!;
        (card.Card.State, card.Card.Doubts, card.Card.Name, card.Read!.RawText).ShouldBe((CardState.ToReview, 0, "沈知远", Clear.RawText));
        card.Read[CardFieldKind.Email]!.Place.ShouldBe(Clear[CardFieldKind.Email]!.Place);
        var run = await stage.Db.ReadAsync(db => db.AiRuns.SingleAsync());
        (run.Type, run.UserId, run.Analyst, run.AnalystVersion, run.Claims, run.ErrorCode).ShouldBe((AiRunType.Card, stage.Rep.Id, "scripted", "1", Clear.Fields.Count, null));
        run.InputDigest.ShouldBe(await stage.Db.ReadAsync(db => db.BusinessCards.Select(c => c.Digest).SingleAsync()));
        await Eventually.TrueAsync(() => told >= 3, "sent, begun, read");
        // what was read lies encrypted
        ((byte[])(await stage.Db.SqlAsync("SELECT Read FROM BusinessCards"))!).AsSpan().IndexOf("lanyan"u8).ShouldBe(-1);
    }

    [Fact]
    public async Task FiftyCards_LetWhatIsDoneInABlinkGoFirst()
    {
        await using var stage = await CardsStage.SetAsync(new ScriptedCardReader(Clear));
        for (var i = 0; i < 4; i++) await stage.SendAsync(CardsStage.Photo($"{i}"));
        var contact = (await stage.My.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        await stage.My.Interactions.AddAsync(contact, Samples.Interaction(), default);
        var first = (await stage.Db.Workers.LeaseAsync(JobLane.Person, default))!;
        first.ContactId.ShouldBe(contact, "a conversation that came after four cards");
        (await stage.Db.JobsAsync()).Count(j => j.SubjectId == first.SubjectId).ShouldBe(1);
    }

    [Fact]
    public async Task Reader_ThatIsMissing_LeavesACardToTypeByHand()
    {
        await using var stage = await CardsStage.SetAsync(new ScriptedCardReader((_, _) => Task.FromResult<Result<ReadCard>>(new Error("card.reader.missing", null))));
        var card = await stage.ReadyAsync();
        (card.Card.State, card.Card.Problem, card.Read).ShouldBe((CardState.Failed, "card.reader.missing", null));
        (await stage.Db.JobsAsync()).Single().Attempts.ShouldBe(1, "asking again would not install it");
        var saved = (await stage.SaveAsync(card, ScriptedCardReader.Text("手工")));
        saved.Succeeded.ShouldBeTrue();
        (await stage.My.Contacts.GetAsync(saved.Value.ContactId, default))!.Fields.Name.ShouldBe("手工");
        (await stage.Cards.CorrectionsAsync(default)).ShouldBeEmpty("nothing was read that could be corrected");
        (await stage.My.History.UndoAsync(saved.Value.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await stage.Cards.GetAsync(card.Card.Id, default))!.Card.State.ShouldBe(CardState.Waiting, "it is read again: there may be a reader by now");
    }

    [Fact]
    public async Task Reader_ThatFalls_IsAskedAgain_AndGivenUpWithTheReason_UntilSomebodyTriesAgain()
    {
        var falls = true;
        await using var stage = await CardsStage.SetAsync(new ScriptedCardReader((_, _) => Task.FromResult<Result<ReadCard>>(falls ? new Error("card.reader.failed", null) : Clear)));
        var card = await stage.ReadyAsync();
        card.Card.State.ShouldBe(CardState.Waiting);
        for (var i = 1; i < JobRetries.MaxAttempts; i++)
        {
            stage.Db.Clock.Advance(TimeSpan.FromMinutes(2));
            await stage.Db.DrainAsync();
        }
        card = (await stage.Cards.GetAsync(card.Card.Id, default))!;
        (card.Card.State, card.Card.Problem).ShouldBe((CardState.Failed, "card.reader.failed"));
        (await stage.Db.ReadAsync(db => db.AiRuns.CountAsync(r => r.ErrorCode == "card.reader.failed"))).ShouldBe(JobRetries.MaxAttempts);
        (await stage.Cards.SumsAsync(false, default)).ShouldBe(new CardSums(0, 0, 1, 0));
        (await stage.Cards.PageAsync(new(State: CardState.Failed), null, 5, default)).Value.Items.ShouldHaveSingleItem();
        falls = false;
        (await stage.Cards.RetryAsync(card.Card.Id, default)).Succeeded.ShouldBeTrue();
        (await stage.Cards.RetryAsync(card.Card.Id, default)).Errors.Single().Code.ShouldBe("card.reading");
        await stage.Db.DrainAsync();
        (await stage.Cards.GetAsync(card.Card.Id, default))!.Card.State.ShouldBe(CardState.ToReview);
        // one that is read can be read anew, as after another reader was installed
        (await stage.Cards.RetryAsync(card.Card.Id, default)).Succeeded.ShouldBeTrue();
        (await stage.Cards.GetAsync(card.Card.Id, default))!.Read.ShouldBeNull();
        await stage.Db.DrainAsync();
        (await stage.Cards.GetAsync(card.Card.Id, default))!.Card.State.ShouldBe(CardState.ToReview);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Card_DealtWithInMidRead_StaysAsItIs(bool saved)
    {
        CardsStage? stage = null;
        var decide = true;
        var id = Guid.Empty;
        Guid change = default;
        var reader = new ScriptedCardReader(async (_, ct) =>
        {
            if (!decide) return Clear;
            decide = false;
            var cards = stage!.Db.As(stage.Rep).Get<IBusinessCards>();
            var card = (await cards.GetAsync(id, ct))!;
            card.Card.State.ShouldBe(CardState.Reading);
            change = saved ? (await cards.SaveAsync(id, card.Card.Version, new(ScriptedCardReader.Text("先存")), ct)).Value.ChangeSetId : (await cards.DiscardAsync(id, ct)).Value.ChangeSetId;
            return Clear;
        });
        await using (stage = await CardsStage.SetAsync(reader))
        {
            id = (await stage.SendAsync(CardsStage.Photo())).Value.Id;
            await stage.Db.DrainAsync();
            (await stage.Cards.GetAsync(id, default))!.ShouldSatisfyAllConditions(c => c.Card.State.ShouldBe(saved ? CardState.Saved : CardState.Discarded), c => c.Read.ShouldBeNull());
            (await stage.Db.JobsAsync()).First(j => j.Kind == "card").State.ShouldBe(JobState.Cancelled);
            (await stage.Db.ReadAsync(db => db.AiRuns.CountAsync(r => r.Type == AiRunType.Card))).ShouldBe(1, "that it was read is on record");
            // taken back, it is read after all
            (await stage.My.History.UndoAsync(change, default)).Succeeded.ShouldBeTrue();
            await stage.Db.DrainAsync();
            (await stage.Cards.GetAsync(id, default))!.Card.State.ShouldBe(CardState.ToReview);
        }
    }

    [Fact]
    public async Task Job_DoneTwice_ByTwoProcesses_CountsOnce()
    {
        var both = new TaskCompletionSource();
        var inside = 0;
        await using var stage = await CardsStage.SetAsync(new ScriptedCardReader(async (_, _) =>
        {
            // The first reads until its lease is gone and the other has read too.
            if (Interlocked.Increment(ref inside) == 1) await both.Task;
            return Clear;
        }));
        var id = (await stage.SendAsync(CardsStage.Photo())).Value.Id;
        var first = stage.Db.Workers.DrainAsync(JobLane.Person, default);
        await Eventually.TrueAsync(() => inside == 1, "the first process reads");
        await stage.Db.ReadAsync(db => db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, stage.Db.Clock.GetUtcNow().UtcDateTime.AddMinutes(-1))));
        (await stage.Db.Workers.DrainAsync(JobLane.Person, default)).ShouldBe(1);
        (await stage.Cards.GetAsync(id, default))!.Card.State.ShouldBe(CardState.ToReview);
        var version = (await stage.Cards.GetAsync(id, default))!.Card.Version;
        both.SetResult();
        await first;
        (await stage.Cards.GetAsync(id, default))!.Card.Version.ShouldBe(version);
        (await stage.Db.JobsAsync()).Single().State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task Card_TakenAndNeverHeardOfAgain_IsReadByTheNext()
    {
        var reader = new ScriptedCardReader(Clear);
        await using var stage = await CardsStage.SetAsync(reader);
        var id = (await stage.SendAsync(CardsStage.Photo())).Value.Id;
        (await stage.Db.Workers.LeaseAsync(JobLane.Person, default)).ShouldNotBeNull();
        (await stage.Cards.GetAsync(id, default))!.Card.State.ShouldBe(CardState.Reading);
        (await stage.Db.Workers.DrainAsync(JobLane.Person, default)).ShouldBe(0, "while its lease lasts");
        stage.Db.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.Db.DrainAsync();
        (await stage.Cards.GetAsync(id, default))!.Card.State.ShouldBe(CardState.ToReview);
        ((await stage.Db.JobsAsync()).Single().Attempts, reader.Asked).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Photo_WhoseFileIsGone_IsToldSo()
    {
        await using var stage = await CardsStage.SetAsync(new ScriptedCardReader(Clear));
        var id = (await stage.SendAsync(CardsStage.Photo())).Value.Id;
        stage.Db.Get<IFileStore>().Delete(await stage.Db.ReadAsync(db => db.BusinessCards.Select(c => c.StorageKey!).SingleAsync()));
        await stage.Db.DrainAsync();
        (await stage.Cards.GetAsync(id, default))!.Card.ShouldSatisfyAllConditions(c => c.State.ShouldBe(CardState.Failed), c => c.Problem.ShouldBe("card.picture.lost"));
        (await stage.Cards.PictureAsync(id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task OpenCards_ComeInTheirOrder_AndThosePutOffLast()
    {
        await using var stage = await CardsStage.SetAsync(new ScriptedCardReader(Clear));
        var ids = new List<Guid>();
        foreach (var key in (string[])["a", "b", "c"]) ids.Add((await stage.ReadyAsync(key)).Card.Id);
        (await stage.Cards.PutOffAsync(ids[0], default)).Succeeded.ShouldBeTrue();
        (await stage.Cards.OpenAsync(false, default)).Select(c => c.Id).ShouldBe([ids[1], ids[2], ids[0]]);
        var page = (await stage.Cards.PageAsync(new(), null, 2, default)).Value;
        page.Items.Select(c => c.Id).ShouldBe([ids[2], ids[1]]);
        (await stage.Cards.PageAsync(new(), page.Next, 2, default)).Value.Items.Select(c => c.Id).ShouldBe([ids[0]]);
        (await stage.Cards.PageAsync(new(), "nonsense", 2, default)).Errors.Single().Code.ShouldBe("cursor.unknown");
    }
}
