using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.History;
using CrmAi.Web.Shared;
using NSubstitute;

namespace CrmAi.Tests.History;

public sealed class UndoPageTests
{
    private IUndoing undoing = null!;
    private LiveByHand live = null!;

    private static UndoRow Row(string command, string name = "张三", double daysAgo = 1) =>
        new(Guid.CreateVersion7(), command, DateTime.UtcNow.AddDays(-daysAgo), "周岚", ChangeOrigin.Page, 1, name.Length == 0 ? [] : [new("Contact", Guid.CreateVersion7(), name)], DateTime.UtcNow.AddDays(30 - daysAgo), null);

    private Task<ComponentPage> RenderAsync(object parameters, params UndoRow[] rows) => ComponentPage.RenderAsync<UndoPage>(services =>
    {
        live = services.AddPerson().AddLive();
        undoing = services.AddFake<IUndoing>();
        undoing.ScopesAsync(default).ReturnsForAnyArgs([UndoScope.Mine, UndoScope.Team]);
        undoing.ListAsync(default, default, null, 0, default).ReturnsForAnyArgs(new Page<UndoRow>(rows, null));
    }, parameters);

    [Fact]
    public async Task Rows_AreToldInWords_AlsoOfCommandsThatNobodyKnowsYet()
    {
        await using var page = await RenderAsync(new { },
            Row("contact.edit") with { Fields = [new("Title", "经理", "总监")] }, Row("bulk.addtag", "") with { IsGroup = true, Rows = 240 }, Row("import.run", "") with { IsGroup = true, Rows = 1200 },
            Row("contact.merge", daysAgo: 28) with { Refusal = new("undo.changed", null) }, Row("something.new"));
        page.Document.QuerySelectorAll(".undo-row strong").Select(s => s.TextContent).ShouldBe(["修改了资料", "批量加标签：240 位联系人", "导入了数据：1200 条记录", "合并了重复的联系人", "改动了记录"]);
        page.Find(".undo-row .lines").TextContent.ShouldContain("职位：经理总监");
        page.Document.QuerySelectorAll(".undo-row .act button").Length.ShouldBe(4);
        page.FindByText(".undo-row .why", "后来又有改动，不能整体撤销").ShouldNotBeNull();
        page.Document.QuerySelectorAll(".undo-row .left .chip").Select(s => s.ClassList.Contains("warn")).ShouldBe([false, false, false, true, false]);
    }

    [Fact]
    public async Task Undo_IsOneClick_AndARefusalIsToldAtItsRow()
    {
        var row = Row("contact.edit");
        await using var page = await RenderAsync(new { }, row);
        undoing.UndoAsync(row.Id, Arg.Any<CancellationToken>()).Returns(new Error("undo.done", null), new TakenBack(Guid.CreateVersion7(), []));
        await page.ClickAsync(".undo-row .act button");
        page.Find(".undo-row .field-error").TextContent.ShouldBe("已经撤销过了");
        await page.ClickAsync(".undo-row .act button");
        page.Service<Toasts>().Shown.ShouldHaveSingleItem().ActionText.ShouldBe("重做");
    }

    [Fact]
    public async Task Merge_TakenBack_NamesTheFieldsThatStay()
    {
        var row = Row("contact.merge");
        await using var page = await RenderAsync(new { }, row);
        undoing.UndoAsync(row.Id, Arg.Any<CancellationToken>()).Returns(new TakenBack(Guid.CreateVersion7(), ["Title"]));
        await page.ClickAsync(".undo-row .act button");
        page.Service<Toasts>().Shown.ShouldHaveSingleItem().Text.ShouldBe("已撤销；后来改过的保持不动：职位");
    }

    [Fact]
    public async Task Undone_OffersToDoItAgain_AndLongWorkShowsHowFarItIs()
    {
        await using var page = await RenderAsync(new { Part = "undone" }, Row("contact.delete") with { Undone = new("顾南舟", DateTime.UtcNow) }, Row("bulk.delete", "") with { IsGroup = true, Rows = 50, Progress = new(20, 50), Refusal = new("bulk.running", null) });
        await undoing.Received().ListAsync(UndoList.Undone, UndoScope.Mine, null, Arg.Any<int>(), Arg.Any<CancellationToken>());
        page.Find(".undo-row .act button").TextContent.ShouldContain("重做");
        page.Find(".undo-row").TextContent.ShouldContain("顾南舟");
        page.Find(".undo-row progress").GetAttribute("value").ShouldBe("20");
        await page.ClickAsync(page.FindByText("[role=radio]", "团队"));
        await undoing.Received().ListAsync(UndoList.Undone, UndoScope.Team, null, Arg.Any<int>(), Arg.Any<CancellationToken>());
    }
}
