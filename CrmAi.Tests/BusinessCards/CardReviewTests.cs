using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Enrichment;
using CrmAi.Tests.Support;
using CrmAi.Web.BusinessCards;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CrmAi.Tests.BusinessCards;

/// <summary>What stands in the form while a card is looked over.</summary>
public sealed class CardReviewTests
{
    [Fact]
    public void Contact_WhoStaysAtAnotherCompany_IsToldOf_UntilTheCardsIsTaken()
    {
        var review = Review();
        review.Show(new CardMatches([Match("旧东家机械")], [], []));
        review.StaysAt.ShouldBe("旧东家机械");
        review.Replace.Add(CardFieldKind.Company);
        review.StaysAt.ShouldBeNull();
        review.Choose((CardMatch?)null);
        review.StaysAt.ShouldBeNull("a new contact stays nowhere");
        foreach (var present in (string?[])[null, "宁波澜岩精密制造有限公司"])
        {
            review = Review();
            review.Show(new CardMatches([Match(present)], [], []));
            review.StaysAt.ShouldBeNull(present);
        }
    }

    [Fact]
    public void Contact_OfAnotherName_WhoHasTheNumber_IsShownFirst_AndNotChosenByItself()
    {
        var (other, similar) = (Match(null, DuplicateReason.Mobile, DuplicateReason.OtherName), Match(null, DuplicateReason.Name, DuplicateReason.CompanyClose));
        var review = Review();
        review.Show(new CardMatches([other, similar], [], []));
        (other.IsExact, similar.IsExact).ShouldBe((true, false));
        review.Contact.ShouldBeNull();
        review.Choose(other);
        review.Contact.ShouldBe(other);
        review = Review();
        review.Show(new CardMatches([other, Match(null)], [], []));
        review.Contact!.By.ShouldContain(DuplicateReason.Name);
    }

    [Fact]
    public void Choices_GoWithTheSave()
    {
        var review = Review();
        review.ToSave().ShouldSatisfyAllConditions(s => s.Registered.ShouldBeNull(), s => s.Confirmed.ShouldBeNull());
        var (company, person) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        review.Registered = new(company, new("101", "宁波澜岩精密制造有限公司", CompanyStatus.Active, "存续", null, null, null, null, null, null));
        review.Confirmed = new(person, new("p1", "沈知远", "", "https://news.example/a", null, null));
        review.ToSave().ShouldSatisfyAllConditions(s => s.Registered.ShouldBe(new CandidateChoice(company, "101")), s => s.Confirmed.ShouldBe(new CandidateChoice(person, "p1")));
    }

    [Theory]
    [InlineData(null, 0, "cards.chip.nameless", "warn")]
    [InlineData(null, 2, "cards.chip.nameless", "warn")]
    [InlineData("沈知远", 2, "cards.chip.doubts", "warn")]
    [InlineData("沈知远", 0, "cards.chip.ready", "good")]
    public void Chip_OfACardWithoutAName_IsNotReady(string? name, int doubts, string said, string tone)
    {
        var words = new StringLocalizer<Text>(new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));
        words.Chip(Review().Card.Card with { Name = name, Doubts = doubts }).ShouldBe((words[said, doubts].Value, tone));
    }

    private static CardReview Review() => new(new CardDetail(new(Guid.CreateVersion7(), 1, Guid.CreateVersion7(), Guid.CreateVersion7(), "周岚", "a.jpg", CardState.ToReview, null, "沈知远", null, 0, false, null, DateTime.UtcNow), null, ScriptedCardReader.Text(), null, null, null));

    private static CardMatch Match(string? company, params DuplicateReason[] by) => new(Guid.CreateVersion7(), 1, "沈知远", null, company, by.Length > 0 ? by : [DuplicateReason.Mobile, DuplicateReason.Name], true, new() { Name = "沈知远", Company = company });
}
