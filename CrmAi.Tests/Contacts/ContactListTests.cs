using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using CrmAi.Web.Contacts;
using CrmAi.Web.Shared;
using NSubstitute;

namespace CrmAi.Tests.Contacts;

public sealed class ContactListTests
{
    private static readonly ContactRow[] Rows = [.. new[] { "林若溪", "陈国梁", "<b>" }.Select(n => new ContactRow(Guid.CreateVersion7(), n, "总监", "恒川", Priority.High, DealStage.Proposal, null, null, null, 0))];

    private IContacts contacts = null!;
    private LiveByHand live = null!;

    private Task<ComponentPage> RenderAsync(ContactFilter filter, ContactSlice rows, Guid? selected = null) => ComponentPage.RenderAsync<ContactList>(services =>
    {
        live = services.AddPerson().AddLive();
        contacts = services.AddFake<IContacts>();
        services.AddListFakes();
        contacts.ListAsync(default!, default, default, default).ReturnsForAnyArgs(rows);
    }, new { Filter = filter, Selected = selected });

    [Fact]
    public async Task List_WithRows_LinksEachAndMarksTheChosenOne()
    {
        await using var page = await RenderAsync(new ContactFilter(Priority: Priority.High), new(Rows, Rows.Length), Rows[1].Id);
        await page.WaitForAsync(d => d.QuerySelectorAll("a.contact-row").Length == 3);

        page.Document.QuerySelectorAll("a.contact-row strong").Select(e => e.TextContent).ShouldBe(["林若溪", "陈国梁", "<b>"]);
        page.Find("a.contact-row[aria-current=page]").GetAttribute("href").ShouldBe($"/contacts/{Rows[1].Id}?tab=mine&priority=high");
        page.Find("footer").TextContent.ShouldContain("3 位联系人");
    }

    [Fact]
    public async Task List_NothingMatches_OffersToDropTheFilter()
    {
        await using var page = await RenderAsync(new ContactFilter(Search: "无此人"), new([], 0));
        await page.WaitForAsync(d => d.QuerySelector(".empty") is not null);
        page.Find(".empty a").GetAttribute("href").ShouldBe("/?tab=mine");
    }

    [Fact]
    public async Task List_Changed_IsReadAgain()
    {
        await using var page = await RenderAsync(new ContactFilter(), new(Rows[..1], 1));
        await page.WaitForAsync(d => d.QuerySelectorAll("a.contact-row").Length == 1);
        contacts.ListAsync(default!, default, default, default).ReturnsForAnyArgs(new ContactSlice(Rows, Rows.Length, null, null));

        var told = live.Tell(LiveTopic.ContactsOf(Pages.Rep.Id));

        await page.WaitForAsync(d => d.QuerySelectorAll("a.contact-row").Length == 3);
        await Task.WhenAll(told);
    }

    [Fact]
    public void Query_ThisWeek_EndsOnSundayOnThePersonsClock()
    {
        var clock = new UserClock(new FixedTime(new DateTimeOffset(2026, 11, 22, 15, 30, 0, TimeSpan.Zero))); // Sunday 23:30 in Shanghai
        new ContactFilter(ContactTab.Week).Query(clock, Role.SalesRep).FollowUpBefore.ShouldBe(new DateTime(2026, 11, 22, 16, 0, 0));
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
