using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using CrmAi.Web.Shared;
using CrmAi.Web.Users;
using NSubstitute;

namespace CrmAi.Tests.Users;

public sealed class SettingsPageTests
{
    private readonly UserSettings first = new("a@company.example", "周岚", Role.SalesRep, null, "zh-CN", "Asia/Shanghai", Theme.System, new(9, 0), new(18, 0), [1, 2, 3, 4, 5], true, true, 1);
    private UserSettings stored = null!;
    private IUsers users = null!;

    [Fact]
    public async Task Change_IsSavedAtOnce_AndTakenBackByUndo()
    {
        var page = await OpenAsync();
        await page.ChangeAsync("#s-start", "08:00");
        stored.WorkStart.ShouldBe(new(8, 0));
        var toast = page.Service<Toasts>().Shown.ShouldHaveSingleItem();
        await page.Dispatcher.InvokeAsync(toast.Action!);
        stored.WorkStart.ShouldBe(new(9, 0));
    }

    [Fact]
    public async Task Change_AfterAnotherPageSaved_KeepsBoth()
    {
        var page = await OpenAsync();
        stored = stored with { WorkEnd = new(20, 0), Version = 2 };
        await page.ChangeAsync("#s-start", "08:00");
        (stored.WorkStart, stored.WorkEnd).ShouldBe((new(8, 0), new(20, 0)));
        page.Document.QuerySelector(".field-error").ShouldBeNull();
    }

    [Fact]
    public async Task Hours_ThatEndBeforeTheyBegin_AreRefusedAtTheField()
    {
        var page = await OpenAsync();
        await page.ChangeAsync("#s-start", "19:00");
        page.Find(".field-error").TextContent.ShouldContain("上班要早于下班");
        stored.ShouldBe(first);
        page.Service<Toasts>().Shown.ShouldBeEmpty();
    }

    [Fact]
    public async Task ProfileUpdates_SwitchedOff_AreSaved()
    {
        var page = await OpenAsync();
        var shown = page.Document.QuerySelectorAll(".switch").Single(s => s.TextContent.Contains("自动更新客户画像", StringComparison.Ordinal));
        await page.ClickAsync(shown.QuerySelector(".rz-switch")!);
        (stored.ProfileUpdates, stored.AutoAnalysis).ShouldBe((false, true));
    }

    [Fact]
    public async Task ScriptGeneration_SwitchedOff_IsSaved()
    {
        var page = await OpenAsync();
        var shown = page.Document.QuerySelectorAll(".switch").Single(s => s.TextContent.Contains("起草话术", StringComparison.Ordinal));
        await page.ClickAsync(shown.QuerySelector(".rz-switch")!);
        (stored.ScriptGeneration, stored.ProfileUpdates, stored.AutoAnalysis).ShouldBe((false, true, true));
    }

    private async Task<ComponentPage> OpenAsync()
    {
        stored = first;
        return await ComponentPage.RenderAsync<SettingsPage>(services =>
        {
            services.AddPerson();
            users = services.AddFake<IUsers>();
            services.AddFake<Domain.History.IHistory>();
            services.AddFake<ILiveUpdates>();
            services.AddFake<IPromptAdditions>().MineAsync(Arg.Any<CancellationToken>()).Returns(new AdditionsView(true, []));
            users.MeAsync(Arg.Any<CancellationToken>()).Returns(_ => stored);
            users.TokensAsync(Arg.Any<CancellationToken>()).Returns([]);
            users.SaveAsync(Arg.Any<UserSettings>(), Arg.Any<CancellationToken>()).Returns(call =>
            {
                var wanted = call.Arg<UserSettings>();
                if (wanted.WorkEnd <= wanted.WorkStart) return new Error("settings.hours.order", nameof(UserSettings.WorkEnd));
                if (wanted.Version != stored.Version) return Error.Conflict;
                stored = wanted with { Version = stored.Version + 1 };
                return Result.Ok;
            });
        });
    }
}
