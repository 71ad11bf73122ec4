using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.Shared;
using NSubstitute;
using static CrmAi.Tests.Support.ProfileStage;

namespace CrmAi.Tests.Profiles;

/// <summary>What a person says of a statement, on the page.</summary>
public sealed class ProfileCorrectionsTests
{
    [Fact]
    public async Task Correction_Chosen_IsSaved_AndTakenBackByTheNotice()
    {
        var direct = Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.7, "直接说");
        var stage = new ProfileStage(Made(direct));
        await using var page = await stage.RenderAsync();
        await page.ClickAsync("[data-claim=style] .pencil");
        await page.ClickAsync(page.FindByText(".choices button", "委婉"));
        await page.ChangeAsync(".correction textarea", "当面很客气");
        var corrected = direct with { Claim = direct.Claim with { Value = "Diplomatic", Confidence = 1 }, Correction = new(Guid.CreateVersion7(), "周岚", Held, "当面很客气", false), Analysed = direct.Claim };
        stage.Show(Made(corrected));
        await page.ClickAsync(".correction .right");

        stage.Corrections.ShouldBe([new("style", "Diplomatic", null, "当面很客气")]);
        page.Document.QuerySelector(".correction").ShouldBeNull();
        page.Find("[data-claim=style] .by").TextContent.ShouldContain("由 周岚 更正，11-03");
        page.Find("[data-claim=style] .by").TextContent.ShouldContain("分析认为：直接");
        page.Document.QuerySelector("[data-claim=style] .sure").ShouldBeNull("what a person says has no percentage");
        await page.Dispatcher.InvokeAsync(page.Service<Toasts>().Shown.ShouldHaveSingleItem().Action!);
        await stage.Profiles.Received(1).WithdrawAsync(corrected.Correction!.Id, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Correction_Refused_KeepsWhatWasTyped()
    {
        var stage = new ProfileStage(Made(Level(ProfilePart.Relationship, ProfileKeys.Trust, 41))) { Answer = new Error("profile.note.long", nameof(Correction.Note), 500) };
        await using var page = await stage.RenderAsync();
        await page.ClickAsync("[data-claim=trust] .pencil");
        await page.ChangeAsync(".correction input[type=number]", "x");
        await page.ClickAsync(".correction .right");
        page.Find(".correction .field-error").TextContent.ShouldContain("整数");
        await page.ChangeAsync(".correction input[type=number]", "80");
        await page.ClickAsync(".correction .right");
        page.Find(".correction .field-error").TextContent.ShouldContain("500");
        page.Find(".correction input[type=number]").GetAttribute("value").ShouldBe("80");
        stage.Answer = Result.Ok;
        await page.ClickAsync(".correction .right");
        stage.Corrections[^1].ShouldBe(new("trust", null, 80, ""));
    }

    [Fact]
    public async Task Wrong_CanBeSaidOfAnyStatement_AndIsStruck()
    {
        var rival = Shown(ProfilePart.Risks, ProfileKeys.Rival, "锐瞳", 0.6, "锐瞳");
        var stage = new ProfileStage(Made(rival));
        await using var page = await stage.RenderAsync();
        await page.ClickAsync("[data-claim='risk.rival|锐瞳'] .pencil");
        page.Document.QuerySelectorAll(".correction .choices, .correction .right").ShouldBeEmpty("there is nothing to put in its place");
        stage.Show(Made(rival with { Correction = new(Guid.CreateVersion7(), "周岚", Held, null, true) }));
        await page.ClickAsync(".correction .wrong");
        stage.Corrections.ShouldBe([new("risk.rival|锐瞳", null, null, "")]);
        page.Find("[data-claim='risk.rival|锐瞳'] del").TextContent.ShouldBe("锐瞳");
        page.Find("[data-claim='risk.rival|锐瞳'] .by").TextContent.ShouldContain("由 周岚 标为不对");
        page.Document.QuerySelector("[data-claim='risk.rival|锐瞳'] .advice").ShouldBeNull();
    }

    [Theory]
    [InlineData(".keep")]
    [InlineData(".take")]
    public async Task Contradicted_AsksWhichHolds(string choice)
    {
        var direct = Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.7, "直接说");
        var held = direct with { Claim = direct.Claim with { Value = "Diplomatic" }, Correction = new(Guid.CreateVersion7(), "周岚", Held, "客气", false), Contradicted = true, Analysed = direct.Claim };
        var stage = new ProfileStage(Made(held));
        await using var page = await stage.RenderAsync();
        page.Find("[data-claim=style] .against").TextContent.ShouldContain("之后的对话另有说法：直接");
        await page.ClickAsync($"[data-claim=style] {choice}");
        stage.Corrections.ShouldBe(choice == ".keep" ? [new("style", "Diplomatic", null, "客气")] : []);
        await stage.Profiles.Received(choice == ".take" ? 1 : 0).WithdrawAsync(held.Correction!.Id, Arg.Any<CancellationToken>());
    }
}
