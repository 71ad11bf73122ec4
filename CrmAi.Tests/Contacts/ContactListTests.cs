using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.Contacts;
using CrmAi.Web.Contacts.Lists;
using CrmAi.Web.Shared;
using NSubstitute;

namespace CrmAi.Tests.Contacts;

public sealed class ContactListTests
{
    private static readonly ContactRow[] Rows = [.. new[] { "林若溪", "陈国梁", "<b>" }.Select(n => new ContactRow(Guid.CreateVersion7(), n, "总监", "恒川", Priority.High, DealStage.Proposal, null, null, null, 0))];

    private IContacts contacts = null!;
    private LiveByHand live = null!;

    private Task<ComponentPage> RenderAsync(ContactFilter filter, ContactSlice rows, Guid? selected = null, params FolderRow[] folders) => ComponentPage.RenderAsync<ContactList>(services =>
    {
        live = services.AddPerson().AddLive();
        contacts = services.AddFake<IContacts>();
        services.AddListFakes(folders);
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
    public async Task List_WithFolders_OpensOneAtATimeAndCountsThem()
    {
        var (parent, child) = (new FolderRow(Guid.CreateVersion7(), 1, "重点客户", null, 0, 12), Guid.CreateVersion7());
        FolderRow[] folders = [parent, new(child, 1, "华东", parent.Id, 1, 3)];
        await using var page = await RenderAsync(new ContactFilter(Folder: parent.Id), new(Rows, Rows.Length), folders: folders);
        await page.WaitForAsync(d => d.QuerySelectorAll("a.contact-row").Length == 3);

        page.Document.QuerySelectorAll(".group-link span").Select(g => g.TextContent.Trim()).ShouldBe(["重点客户", "未归类", "全部"]);
        page.Find(".group.open .group-link").GetAttribute("href").ShouldBe("/?tab=mine");
        page.Find("section:first-child a.contact-row strong").TextContent.ShouldBe("林若溪");

        await page.ClickAsync("button.fold");

        page.Document.QuerySelectorAll(".group-link span").Select(g => g.TextContent.Trim()).ShouldBe(["重点客户", "华东", "未归类", "全部"]);
        page.Find($".group[data-folder='{child}'] .count").TextContent.ShouldBe("3");
    }

    [Fact]
    public async Task Folders_OfANarrowedList_CountWhatTheyHoldOfIt()
    {
        FolderRow[] folders = [new(Guid.CreateVersion7(), 1, "重点客户", null, 0, 12), new(Guid.CreateVersion7(), 1, "展会", null, 0, 7)];
        await using var page = await RenderAsync(new ContactFilter(Priority: Priority.High), new(Rows, Rows.Length), folders: folders);
        contacts.GroupsAsync(default!, default, default).ReturnsForAnyArgs([new ContactGroup(folders[0].Id.ToString(), 2)]);

        await Task.WhenAll(live.Tell(LiveTopic.ContactsOf(Pages.Rep.Id)));

        await page.WaitForAsync(d => d.QuerySelector($".group[data-folder='{folders[0].Id}'] .count")?.TextContent == "2");
        page.Find($".group[data-folder='{folders[1].Id}'] .count").TextContent.ShouldBe("0");
    }

    [Fact]
    public async Task Picked_All_AreArchivedByTheirConditions()
    {
        BulkRequest? sent = null;
        await using var page = await RenderAsync(new ContactFilter(Priority: Priority.High), new(Rows, 402));
        page.Service<IBulkEdits>().StartAsync(Arg.Do<BulkRequest>(r => sent = r), default).ReturnsForAnyArgs(Guid.CreateVersion7());
        await page.WaitForAsync(d => d.QuerySelectorAll("a.contact-row").Length == 3);
        await page.ClickAsync(".row input[type=checkbox]");
        page.Find(".bulk-count strong").TextContent.ShouldBe("已选 1 位");
        await page.ClickAsync("#bulk-all");
        page.Find(".bulk-count strong").TextContent.ShouldBe("已选 402 位");

        await page.ClickAsync("#bulk-archive");

        sent.ShouldNotBeNull().Action.ShouldBe(BulkAction.Archive);
        sent.All.ShouldNotBeNull().Priority.ShouldBe(Priority.High);
        page.Document.QuerySelector(".bulk-bar").ShouldBeNull("it has done its work");
    }

    [Fact]
    public async Task FilterChanged_PicksAreLetGo_AndTheSectionStays()
    {
        await using var page = await RenderAsync(new ContactFilter(), new(Rows, 3));
        await page.WaitForAsync(d => d.QuerySelectorAll("a.contact-row").Length == 3);
        await page.ClickAsync(".row input[type=checkbox]");
        await page.SetAsync(new { Filter = new ContactFilter(Stage: DealStage.Proposal), Selected = (Guid?)null });
        page.Document.QuerySelector(".bulk-bar").ShouldBeNull();
        page.Document.QuerySelectorAll("a.contact-row").Length.ShouldBe(3);
    }

    [Fact]
    public async Task Refused_Filing_SaysWhyAndKeepsTheRows()
    {
        var folder = new FolderRow(Guid.CreateVersion7(), 1, "重点客户", null, 0, 12);
        await using var page = await RenderAsync(new ContactFilter { Unfiled = true }, new(Rows, 3), folders: [folder]);
        page.Service<IFolders>().FileAsync(default!, default, default, default).ReturnsForAnyArgs(Error.Forbidden);
        await page.WaitForAsync(d => d.QuerySelectorAll("a.contact-row").Length == 3);

        await page.CallAsync<ListBody>(body => body.Dropped("row", Rows[1].Id, "into", folder.Id.ToString()));

        page.Service<Toasts>().Shown.ShouldHaveSingleItem().Text.ShouldBe("你没有权限这样做");
        page.Document.QuerySelectorAll("a.contact-row").Length.ShouldBe(3);
        page.Document.QuerySelector(".leaving").ShouldBeNull();
        page.Find($".group[data-folder='{folder.Id}'] .count").TextContent.ShouldBe("12");
    }
}
