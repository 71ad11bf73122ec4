using System.Reflection;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Users;
using CrmAi.Web.Contacts;
using CrmAi.Web.Shared;

namespace CrmAi.Tests.Contacts;

public sealed class ContactFilterTests
{
    private static readonly UserClock Clock = new(new FixedTime(new DateTimeOffset(2026, 11, 22, 15, 30, 0, TimeSpan.Zero))); // Sunday 23:30 in Shanghai

    private static readonly ContactFilter Full = new(ContactTab.Team, "张 三&=", Priority.High, DealStage.Proposal, Guid.CreateVersion7())
    {
        Tags = [Guid.CreateVersion7(), Guid.CreateVersion7()],
        Owner = Guid.CreateVersion7(),
        Contacted = ContactedWhen.Not30,
        Seniority = Seniority.Director,
        Lifecycle = Lifecycle.Customer,
        Industry = "食品 & 饮料",
        Decade = 1980,
        Archived = true,
        Order = ContactOrder.Name,
        Group = ListGrouping.Industry,
        View = Guid.CreateVersion7(),
    };

    private static ContactFilter Again(ContactFilter filter) => ContactFilter.Parse(new Uri("http://x" + filter.Address(null)).Query, ContactTab.Week);

    [Fact]
    public void Filter_FromItsOwnAddress_IsTheSameInEveryPart()
    {
        var again = Again(Full);
        again.ShouldBe(Full);
        foreach (var part in typeof(ContactFilter).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && p.Name != nameof(ContactFilter.Unfiled)))
            (part.GetValue(again) is IReadOnlyList<Guid> tags ? tags.SequenceEqual(Full.Tags) : Equals(part.GetValue(again), part.GetValue(Full))).ShouldBeTrue(part.Name);
        foreach (var small in new[] { new ContactFilter(), new ContactFilter(ContactTab.Week) { Unfiled = true }, new ContactFilter { Industry = "" }, new ContactFilter { Group = ListGrouping.None } }) Again(small).ShouldBe(small);
    }

    [Theory]
    [InlineData("?tab=nonsense&q=%20%20&priority=7&stage=x&folder=1&tag=a&tag=&decade=1985&order=9&group=2&contacted=-1&archived=yes&view=v&owner=%00")]
    [InlineData("?q=%E0%A4%A&tag")]
    [InlineData("")]
    [InlineData(null)]
    public void Filter_FromAnAddressNobodyCouldHaveChosen_LeavesItOut(string? query) => (ContactFilter.Parse(query, ContactTab.Team) with { Search = null }).ShouldBe(new ContactFilter(ContactTab.Team));

    [Fact]
    public void Query_OfAFullFilter_AsksForAllOfIt()
    {
        var query = Full.Query(Clock, Role.SalesRep);
        query.ShouldBe(new ContactQuery(ContactScope.Team, "张 三&=", Priority.High, DealStage.Proposal, Full.Folder, null, ContactOrder.Name)
        {
            TagIds = Full.Tags,
            OwnerId = Full.Owner,
            ContactedBefore = new DateTime(2026, 10, 22, 16, 0, 0),
            Seniority = Seniority.Director,
            Lifecycle = Lifecycle.Customer,
            Industry = "食品 & 饮料",
            BirthDecade = 1980,
            Archived = true,
        });
    }

    [Fact]
    public void Query_Contacted_BeginsAtMidnightOnThePersonsClock()
    {
        new ContactFilter { Contacted = ContactedWhen.Within7 }.Query(Clock, Role.SalesRep).ContactedFrom.ShouldBe(new DateTime(2026, 11, 14, 16, 0, 0));
        var never = new ContactFilter { Contacted = ContactedWhen.Never }.Query(Clock, Role.SalesRep);
        never.ContactedFrom.ShouldBeNull();
        never.ContactedBefore!.Value.Year.ShouldBeLessThan(1950);
    }

    [Fact]
    public void Query_ThisWeek_EndsOnSundayOnThePersonsClock() =>
        new ContactFilter(ContactTab.Week).Query(Clock, Role.SalesRep).FollowUpBefore.ShouldBe(new DateTime(2026, 11, 22, 16, 0, 0));

    [Fact]
    public void Filters_ThatShowTheSame_AreEqual()
    {
        (new ContactFilter { Order = ContactOrder.LastContact, Group = ListGrouping.Folder } == new ContactFilter()).ShouldBeTrue();
        (new ContactFilter { Order = ContactOrder.Name } == new ContactFilter()).ShouldBeFalse();
    }

    [Fact]
    public void Search_LooksThroughAllGroups()
    {
        var filter = new ContactFilter { Group = ListGrouping.Industry, Industry = "制造" };
        filter.Closed.Industry.ShouldBeNull();
        (filter with { Search = "张" }).ShownGroup.ShouldBe(ListGrouping.None);
        (filter with { Search = "张" }).Closed.Industry.ShouldBe("制造");
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
