using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Seed;

public sealed class DemoCardsTests
{
    [Fact]
    public async Task Rep_OfTheDemoTeam_FindsADozenCards_WithPicturesPlacesAndDoubts_AndCountsOfWhatWasPutRight()
    {
        await using var db = await TestDatabase.CreateAsync();
        await db.Get<IDemoSeed>().SeedDemoAsync(new Progress<SeedProgress>(), default);
        var cards = db.As(await db.ReadAsync(d => d.Users.SingleAsync(u => u.Name == "周岚"))).Get<IBusinessCards>();
        var open = await cards.OpenAsync(false, default);
        open.Count.ShouldBe(12);
        open.Where(c => c.IsKnown).ShouldHaveSingleItem().Name.ShouldBe("林若溪");
        open.Count(c => c.Doubts > 0).ShouldBe(2);
        open.Where(c => c.State != CardState.ToReview).ShouldHaveSingleItem().Problem.ShouldBe("card.reader.slow");
        foreach (var row in open)
        {
            var card = (await cards.GetAsync(row.Id, default))!;
            await using (var picture = (await cards.PictureAsync(row.Id, default))!.Content) picture.Length.ShouldBeInRange(10_000, 100_000);
            if (card.Read is not { } read) continue;
            read.Fields.ShouldAllBe(f => f.Place != null && f.Place.Value.X >= 0 && f.Place.Value.Y >= 0 && f.Place.Value.Right <= read.Width + 4 && f.Place.Value.Bottom <= read.Height + 4);
            read[CardFieldKind.Name]!.Value.Length.ShouldBeGreaterThan(1);
            CardRules.Check(card.Text, DateOnly.FromDateTime(db.Clock.Now)).ShouldBeEmpty(row.Name);
        }
        var known = open.Single(c => c.IsKnown);
        var match = (await cards.MatchAsync(known.Id, (await cards.GetAsync(known.Id, default))!.Text, default))!.Contacts.ShouldHaveSingleItem();
        match.By.ShouldBe([DuplicateReason.Email, DuplicateReason.Name, DuplicateReason.Company, DuplicateReason.OtherMobile]);
        match.IsTaken.ShouldBeTrue();
        match.MayChange.ShouldBeTrue();
        var saved = (await cards.PageAsync(new(State: CardState.Saved), null, 50, default)).Value.Items;
        saved.Count.ShouldBe(4);
        saved.ShouldAllBe(c => c.ContactId != null && c.DecidedAt < db.Clock.Now);
        (await cards.CorrectionsAsync(default)).Where(c => c.Corrected > 0).Sum(c => c.Corrected).ShouldBeGreaterThan(2);
        (await db.ReadAsync(d => d.Contacts.CountAsync(c => c.Source == ContactSource.CardScan && c.Photos.Any(p => p.Kind == PhotoKind.NameCard)))).ShouldBe(4);
        // a manager reads along, another team does not
        (await db.As(await db.ReadAsync(d => d.Users.SingleAsync(u => u.Name == "顾南舟"))).Get<IBusinessCards>().OpenAsync(true, default)).Count.ShouldBe(12);
        (await db.As(await db.ReadAsync(d => d.Users.SingleAsync(u => u.Name == "覃立夏"))).Get<IBusinessCards>().OpenAsync(true, default)).ShouldBeEmpty();
    }
}
