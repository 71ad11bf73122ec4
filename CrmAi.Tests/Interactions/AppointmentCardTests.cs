using CrmAi.Domain.Conversations;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.Interactions;
using CrmAi.Web.Shared;
using NSubstitute;

namespace CrmAi.Tests.Interactions;

public sealed class AppointmentCardTests
{
    private readonly List<(int Version, InteractionEdit Edit)> sent = [];
    private IInteractions interactions = null!;

    private static TimelineItem Agreed(DateTime at) => Pages.Item("带合同", AnalysisView.Nothing) is var item ? item with { Fields = item.Fields with { IsScheduled = true, At = at, DurationSeconds = 1800, Subject = "签约" } } : null!;

    private async Task<ComponentPage> RenderAsync(TimelineItem item, Result<Saved>? answer = null)
    {
        var page = await ComponentPage.RenderAsync<AppointmentCard>(services =>
        {
            services.AddPerson();
            interactions = services.AddFake<IInteractions>();
            services.AddFake<IHistory>();
        }, new { Item = item });
        interactions.UpdateAsync(default, default, default!, default).ReturnsForAnyArgs(call =>
        {
            sent.Add((call.ArgAt<int>(1), call.ArgAt<InteractionEdit>(2)));
            return answer ?? new Saved(item.Id, 2, Guid.CreateVersion7());
        });
        return page;
    }

    [Fact]
    public async Task TookPlace_AsksHowItWent_ThenRecordsIt()
    {
        var at = DateTime.UtcNow.AddHours(-3);
        await using var page = await RenderAsync(Agreed(at));
        page.Find(".chip.bad").TextContent.ShouldBe("已过时间");
        await page.ClickAsync(".did");
        await page.ClickAsync(".finish");
        sent.ShouldBeEmpty("nobody said how it went");
        page.Find(".field-error").TextContent.ShouldBe("结果如何？");

        await page.ClickAsync(page.FindByText(".ask [role=radio]", "成功"));
        await page.ChangeAsync(".ask textarea", "签了");
        await page.ClickAsync(".finish");

        var (version, edit) = sent.ShouldHaveSingleItem();
        (version, edit.IsScheduled, edit.Outcome, edit.At, edit.Content).ShouldBe((1, false, InteractionOutcome.Successful, at, "带合同\n\n签了"));
        page.Service<Toasts>().Shown.ShouldHaveSingleItem().ActionText.ShouldBe("撤销");
    }

    [Fact]
    public async Task TookPlace_BeforeItsTime_IsRecordedAsOfNow()
    {
        await using var page = await RenderAsync(Agreed(DateTime.UtcNow.AddDays(2)));
        await page.ClickAsync(".did");
        await page.ClickAsync(page.FindByText(".ask [role=radio]", "成功"));
        await page.ClickAsync(".finish");
        sent.ShouldHaveSingleItem().Edit.At.ShouldBeLessThanOrEqualTo(DateTime.UtcNow);
    }

    [Fact]
    public async Task Cancelled_IsSentAsThat_AndAConflictOfAnotherFieldDoesNotMatter()
    {
        var item = Agreed(DateTime.UtcNow.AddDays(2));
        await using var page = await RenderAsync(item);
        interactions.UpdateAsync(item.Id, 1, Arg.Any<InteractionEdit>(), Arg.Any<CancellationToken>()).Returns(Error.Conflict);
        interactions.GetAsync(item.Id, Arg.Any<CancellationToken>()).Returns(item with { Version = 5, Fields = item.Fields with { Location = "改到一车间" } });
        await page.ClickAsync(".acts button:nth-child(3)");
        var (version, edit) = sent.ShouldHaveSingleItem();
        (version, edit.Outcome, edit.Location).ShouldBe((5, InteractionOutcome.Cancelled, "改到一车间"));
    }

    [Fact]
    public async Task Refused_StaysAsItWas_WithTheReason()
    {
        await using var page = await RenderAsync(Agreed(DateTime.UtcNow.AddDays(2)), Error.Forbidden);
        await page.ClickAsync(".acts button:nth-child(3)");
        page.Find(".acts button:nth-child(3)").TextContent.ShouldContain("取消约定");
        page.Service<Toasts>().Shown.ShouldHaveSingleItem().Tone.ShouldBe(ToastTone.Problem);
    }
}
