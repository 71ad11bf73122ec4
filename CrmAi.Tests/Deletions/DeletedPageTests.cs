using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Deletions;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Tests.Support;
using CrmAi.Web.Deletions;
using CrmAi.Web.Shared;
using NSubstitute;

namespace CrmAi.Tests.Deletions;

public sealed class DeletedPageTests
{
    private readonly Saved saved = new(Guid.CreateVersion7(), 2, Guid.CreateVersion7());
    private IDeletions deletions = null!;
    private IContacts contacts = null!;
    private IInteractions interactions = null!;
    private ITasks tasks = null!;
    private LiveByHand live = null!;

    private static DeletedRow Row(DeletedKind kind, string name, double daysAgo = 1) =>
        new(kind, Guid.CreateVersion7(), name, "周岚", "顾南舟", DateTime.UtcNow.AddDays(-daysAgo), DateTime.UtcNow.AddDays(30 - daysAgo)) { Details = kind == DeletedKind.Contact ? ["采购总监", "恒川"] : [] };

    private Task<ComponentPage> RenderAsync(params DeletedRow[] rows) => ComponentPage.RenderAsync<DeletedPage>(services =>
    {
        live = services.AddPerson().AddLive();
        deletions = services.AddFake<IDeletions>();
        deletions.ListAsync(null, null, 0, default).ReturnsForAnyArgs(new Page<DeletedRow>(rows, null));
        contacts = services.AddFake<IContacts>();
        interactions = services.AddFake<IInteractions>();
        services.AddFake<IAccounts>();
        tasks = services.AddFake<ITasks>();
    });

    [Fact]
    public async Task Rows_TellWhatWhoseByWhomAndHowLong()
    {
        var talk = Row(DeletedKind.Interaction, "报价电话", 29.5) with { Talk = new(Guid.CreateVersion7(), "林若溪", InteractionType.Call, DateTime.UtcNow) };
        await using var page = await RenderAsync(Row(DeletedKind.Contact, "张三"), Row(DeletedKind.Account, "恒川精密", 27.2), talk);
        page.Document.QuerySelectorAll(".deleted-row strong").Select(s => s.TextContent).ShouldBe(["张三", "恒川精密", "报价电话"]);
        page.Document.QuerySelectorAll(".deleted-row .kind").Select(s => s.TextContent).ShouldBe(["联系人", "公司", "往来记录"]);
        page.Document.QuerySelectorAll(".deleted-row .left .chip").Select(s => (s.TextContent, s.ClassList.Contains("warn"))).ShouldBe([("29 天", false), ("3 天", true), ("不到 1 天", true)]);
        page.Find(".deleted-row .by").TextContent.ShouldContain("顾南舟");
        page.Find(".deleted-row .who").TextContent.ShouldContain("采购总监");
        page.FindByText("[role=radio]", "全部").GetAttribute("aria-checked").ShouldBe("true");
    }

    [Fact]
    public async Task Restore_Done_TakesTheRowAwayAndLeadsToTheRecord()
    {
        var (person, other) = (Row(DeletedKind.Contact, "张三"), Row(DeletedKind.Contact, "李四"));
        await using var page = await RenderAsync(person, other);
        contacts.RestoreAsync(person.Id, Arg.Any<CancellationToken>()).Returns(saved);
        await page.ClickAsync($"[data-deleted='{person.Id}'] button");
        page.Document.QuerySelectorAll(".deleted-row strong").Select(s => s.TextContent).ShouldBe(["李四"]);
        var toast = page.Service<Toasts>().Shown.ShouldHaveSingleItem();
        toast.Text.ShouldBe("已恢复 张三");
        await page.Dispatcher.InvokeAsync(toast.Action!);
        page.Address.ShouldEndWith($"/contacts/{person.Id}");
    }

    [Fact]
    public async Task Rows_DeletedOrRestoredByOthers_ComeAndGoByThemselves()
    {
        var (person, other) = (Row(DeletedKind.Contact, "张三"), Row(DeletedKind.Contact, "李四"));
        await using var page = await RenderAsync(person);
        deletions.ListAsync(null, null, 0, default).ReturnsForAnyArgs(new Page<DeletedRow>([other], null));
        await Task.WhenAll(live.Tell(LiveTopic.Deletions));
        page.Document.QuerySelectorAll(".deleted-row strong").Select(s => s.TextContent).ShouldBe(["李四"]);
    }

    [Fact]
    public async Task Restore_OfAConversation_LeadsToItsPlace()
    {
        var talk = Row(DeletedKind.Interaction, "报价电话") with { Talk = new(Guid.CreateVersion7(), "林若溪", InteractionType.Call, DateTime.UtcNow) };
        await using var page = await RenderAsync(talk);
        interactions.RestoreAsync(talk.Id, Arg.Any<CancellationToken>()).Returns(saved);
        await page.ClickAsync(".deleted-row button");
        page.Find(".empty h2").TextContent.ShouldBe("最近 30 天没有可恢复的记录");
        await page.Dispatcher.InvokeAsync(page.Service<Toasts>().Shown.Single().Action!);
        page.Address.ShouldContain($"/contacts/{talk.Talk!.ContactId}?interaction={talk.Id}");
    }

    [Fact]
    public async Task Restore_OfATask_LeadsToIt()
    {
        var task = Row(DeletedKind.Task, "寄样机");
        await using var page = await RenderAsync(task);
        page.Find(".deleted-row .kind").TextContent.ShouldBe("任务");
        tasks.RestoreAsync(task.Id, Arg.Any<CancellationToken>()).Returns(saved);
        await page.ClickAsync(".deleted-row button");
        await page.Dispatcher.InvokeAsync(page.Service<Toasts>().Shown.Single().Action!);
        page.Address.ShouldEndWith($"/tasks?task={task.Id}");
    }

    [Fact]
    public async Task Restore_Refused_SaysWhyBesideTheRow()
    {
        var (person, other) = (Row(DeletedKind.Contact, "张三"), Row(DeletedKind.Contact, "李四"));
        await using var page = await RenderAsync(person, other);
        contacts.RestoreAsync(person.Id, Arg.Any<CancellationToken>()).Returns(Error.Forbidden);
        await page.ClickAsync($"[data-deleted='{person.Id}'] button");
        page.Find($"[data-deleted='{person.Id}'] [role=alert]").TextContent.ShouldBe("你没有权限这样做");
        page.Document.QuerySelectorAll(".deleted-row [role=alert]").Length.ShouldBe(1);
        page.Find($"[data-deleted='{person.Id}'] button").HasAttribute("disabled").ShouldBeFalse();
        page.Service<Toasts>().Shown.ShouldBeEmpty();
    }
}
