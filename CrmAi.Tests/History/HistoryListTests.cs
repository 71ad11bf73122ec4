using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.History;
using NSubstitute;

namespace CrmAi.Tests.History;

public sealed class HistoryListTests
{
    private static readonly DateTime Now = DateTime.UtcNow;

    private IHistory history = null!;

    private static HistoryEntry Entry(string who, DateTime at, bool undoable, params FieldChange[] fields) => new(Guid.CreateVersion7(), at, who, ChangeOrigin.Page, "contact.edit", ChangeKind.Updated, false, undoable, fields) { UserId = PersonOf(who) };

    private static Guid PersonOf(string who) => new(who.GetHashCode(StringComparison.Ordinal), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    private Task<ComponentPage> RenderAsync(params HistoryEntry[] entries) => ComponentPage.RenderAsync<HistoryList>(services =>
    {
        services.AddLive();
        history = services.AddFake<IHistory>();
        history.PageAsync("Contact", Arg.Any<Guid>(), Arg.Any<HistoryFilter>(), Arg.Any<string?>(), Arg.Any<int>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var filter = call.Arg<HistoryFilter>();
            return new HistoryPage([.. entries.Where(e => filter.UserId is not { } who || e.UserId == who)], null, [.. entries.Select(e => new HistoryPerson(e.UserId, e.Who)).Distinct()]);
        });
    }, new { RecordType = "Contact", RecordId = Guid.CreateVersion7() });

    [Fact]
    public async Task Values_AsStored_AreToldInWords()
    {
        await using var page = await RenderAsync(Entry("周岚", Now, true,
            new("Stage", "Prospecting", "Negotiation"), new("DealValueMinor", null, "80000000"), new("DecisionMaker", "false", "true"), new("Tags", "内线", null),
            new("Personal", """{"Gender":null,"City":"苏州","Interests":[]}""", """{"Gender":"Female","City":"苏州","Interests":["羽毛球"]}"""),
            new("Custom.Choices", null, """["华东","华南"]""") { Label = "覆盖区域" }, new("AccountId", Guid.CreateVersion7().ToString(), null)));
        page.Document.QuerySelectorAll("dl div").Select(d => d.TextContent.Trim()).ShouldBe(
            ["阶段初步接触谈判", "预计金额800,000", "决策人否是", "标签内线清空", "性别女", "兴趣羽毛球", "覆盖区域华东, 华南"]);
    }

    [Fact]
    public async Task Prompts_SayHowOneGoesBack()
    {
        await using var page = await ComponentPage.RenderAsync<HistoryList>(services =>
        {
            services.AddLive();
            services.AddFake<IHistory>().PageAsync(default!, default, default!, default, default, default).ReturnsForAnyArgs(new HistoryPage([Entry("周岚", Now, false, new FieldChange("LatestVersion", "1", "2"))], null, []));
        }, new { RecordType = nameof(Domain.PromptTexts.PromptHead), RecordId = Guid.CreateVersion7() });
        page.Find("li .why").TextContent.ShouldContain("退回这版");
    }

    [Fact]
    public async Task Corrections_OfTheProfile_AreToldInItsWords()
    {
        await using var page = await RenderAsync(Entry("周岚", Now, true,
            new(FieldChange.Profile, null, "Diplomatic") { Label = "style" }, new(FieldChange.ProfileNote, null, "当面很客气") { Label = "style" },
            new(FieldChange.Profile, "40", "80") { Label = "trust" }, new(FieldChange.ProfileWrong, null, "true") { Label = "criterion|Price" }));
        page.Document.QuerySelectorAll("dl div").Select(d => d.TextContent.Trim()).ShouldBe(["画像：沟通风格委婉", "画像备注：沟通风格当面很客气", "画像：信任4080", "画像：看重 价格更正为不成立"]);
    }

    [Fact]
    public async Task Entries_AreGroupedByDay_AndChangesWithNothingToTellAreLeftOut()
    {
        await using var page = await RenderAsync(Entry("周岚", Now, true, new FieldChange("Title", "经理", "总监")), Entry("系统", Now, false, new FieldChange("Position", "1", "2")), Entry("顾南舟", Now.AddDays(-40), false, new FieldChange("Notes", null, "旧")));
        page.Document.QuerySelectorAll("h3").Length.ShouldBe(2);
        page.Find("h3").TextContent.ShouldBe("今天");
        page.Document.QuerySelectorAll("li").Length.ShouldBe(2);
        page.Document.QuerySelectorAll(".restore").Length.ShouldBe(1);
        page.Find("li .why").TextContent.ShouldBe("已超过期限");
    }

    [Fact]
    public async Task Restore_Refused_SaysWhyAtTheEntry()
    {
        await using var page = await RenderAsync(Entry("周岚", Now, true, new FieldChange("Title", "经理", "总监")));
        history.UndoAsync(Guid.Empty, default).ReturnsForAnyArgs(new Error("undo.changed", null));
        await page.ClickAsync(".restore");
        page.Find("li .field-error").TextContent.ShouldBe("后来又有改动，不能整体撤销");
    }

    [Fact]
    public async Task Filter_ByPerson_KeepsTheirs()
    {
        await using var page = await RenderAsync([.. Enumerable.Range(0, 5).Select(i => Entry(i % 2 == 0 ? "周岚" : "顾南舟", Now.AddMinutes(-i), true, new FieldChange("Title", "甲", "乙")))]);
        await page.ClickAsync(page.FindByText(".history-filter button", "顾南舟"));
        page.Document.QuerySelectorAll("li strong").Select(s => s.TextContent).Distinct().ShouldBe(["顾南舟"]);
    }
}
