using CrmAi.Domain.Accounts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using CrmAi.Web.Accounts;
using CrmAi.Web.Enrichment;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using NSubstitute;
using Radzen;

namespace CrmAi.Tests.Enrichment;

/// <summary>What a person sees of the register, and of a search in it.</summary>
public sealed class RegistryPageTests
{
    private static readonly Guid Search = Guid.CreateVersion7();
    private static readonly CompanyCandidate Likely = new("101", "恒川精密制造有限公司", CompanyStatus.Active, "存续", "贺长林", "1200万人民币", new(2009, 3, 17), "91DEMO000000000101", "苏州", "https://register.example/101");

    private readonly ILookUps lookUps = Substitute.For<ILookUps>();
    private readonly IRegistryEntries entries = Substitute.For<IRegistryEntries>();
    private readonly List<PickedCompany> picked = [];
    private LiveByHand live = null!;

    private static EnrichmentStatus Status(bool isConfigured) => new(new("tianyancha", isConfigured, "CompanyData:Tianyancha:Key", 200, 180), new("baidu", isConfigured, "CompanyData:Baidu:Key", 200, 200));

    private static LookUpView View(LookUpState state, string? error = null, params MatchedCompany[] companies) => new(Search, new(LookUpKind.Company, "恒川"), state, error, state == LookUpState.Done ? "tianyancha" : null, state == LookUpState.Done ? DateTime.UtcNow : null, companies, []);

    private Task<ComponentPage> CandidatesAsync(bool isConfigured = true, Role role = Role.SalesRep)
    {
        lookUps.StatusAsync(default).ReturnsForAnyArgs(Status(isConfigured));
        lookUps.BeginAsync(default!, default, default).ReturnsForAnyArgs(Search);
        return ComponentPage.RenderAsync<CompanyCandidates>(all =>
        {
            all.AddSingleton(lookUps);
            all.AddFake<ICurrentUser>().GetAsync(default).ReturnsForAnyArgs(Pages.Rep with { Role = role });
            live = all.AddLive();
        }, new { Name = "恒川", Person = "贺长林", OnPicked = EventCallback.Factory.Create<PickedCompany>(this, picked.Add) });
    }

    [Fact]
    public async Task NotSetUp_ItSaysSoInOneSentence_WithWhatToSet()
    {
        await using var page = await CandidatesAsync(isConfigured: false);
        page.Find(".unset").TextContent.Trim().ShouldContain("没有接入天眼查，请联系管理员。其余功能不受影响。");
        page.Html.ShouldNotContain("CompanyData", customMessage: "only administrators can do anything with a setting's name");
        await using var theirs = await CandidatesAsync(isConfigured: false, Role.Admin);
        theirs.Find(".unset").TextContent.ShouldContain("设置 CompanyData:Tianyancha:Key 后即可使用");
        page.Document.QuerySelectorAll("button").ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_IsBegunByAClick_WaitedFor_AndShownWhenItsJobIsDone()
    {
        await using var page = await CandidatesAsync();
        lookUps.GetAsync(Search, Arg.Any<CancellationToken>()).Returns(View(LookUpState.Waiting));
        await page.ClickAsync(".begin-search");
        page.Find("[role=status]").TextContent.ShouldContain("正在天眼查查找“恒川”");
        await lookUps.Received(1).BeginAsync(new(LookUpKind.Company, "恒川", Person: "贺长林"), null, Arg.Any<CancellationToken>());

        lookUps.GetAsync(Search, Arg.Any<CancellationToken>()).Returns(View(LookUpState.Done, null, new MatchedCompany(Likely, new(0.96, [MatchReason.SameCore, MatchReason.SamePerson]))));
        live.Tell(LiveTopic.JobOn(Search));
        await page.WaitForAsync(d => d.QuerySelector("[data-candidate='101']") is not null);
        var row = page.Find("[data-candidate='101']");
        row.TextContent.ShouldContain("法人 贺长林");
        row.QuerySelectorAll(".reasons .chip").Select(c => c.TextContent).ShouldBe(["字号一致", "法人同名"]);
        row.QuerySelector("a")!.GetAttribute("href").ShouldBe("https://register.example/101");
        page.Find(".origin").TextContent.ShouldContain("来源：天眼查");
        await page.ClickAsync("[data-candidate='101'] .pick");
        picked.ShouldBe([new(Search, Likely)]);
    }

    [Fact]
    public async Task Failure_IsPutIntoWords_AndTriedAgainByAClick()
    {
        await using var page = await CandidatesAsync();
        lookUps.GetAsync(Search, Arg.Any<CancellationToken>()).Returns(View(LookUpState.Failed, "enrichment.quota"));
        await page.ClickAsync(".begin-search");
        page.Find("[role=alert]").TextContent.ShouldBe("今天的查询次数已用完，明天再试。");
        lookUps.GetAsync(Search, Arg.Any<CancellationToken>()).Returns(View(LookUpState.Done));
        await page.ClickAsync(".begin-search");
        page.Find(".nothing").TextContent.ShouldContain("没有找到");
    }

    [Fact]
    public async Task Card_ShowsHowTheCompanyStands_HowOldThatIs_AndWhereOursDiffers_AndAdoptsOneField()
    {
        var (id, now) = (Guid.CreateVersion7(), DateTime.UtcNow);
        var account = new AccountDetail(id, 1, new() { Name = "恒川" }, "周岚", Pages.Rep.Id, 0, now) { MayChange = true };
        var accounts = Substitute.For<IAccounts>();
        accounts.GetAsync(id, Arg.Any<CancellationToken>()).Returns(account);
        accounts.UpdateAsync(id, 1, Arg.Any<AccountEdit>(), Arg.Any<CancellationToken>()).Returns(new Saved(id, 2, Guid.CreateVersion7()));
        var facts = new CompanyFacts { Name = "恒川精密制造有限公司", Status = CompanyStatus.Revoked, StatusText = "吊销，未注销", LegalRepresentative = "贺长林", Capital = "1200万人民币", Insured = 386 };
        entries.GetAsync(id, Arg.Any<CancellationToken>()).Returns(new RegistryView(new("tianyancha", "101", "https://register.example/101", "周岚", now.AddDays(-46), now.AddDays(-45), true, facts, RiskRules.Of([new(RiskScope.Own, "失信被执行人", 2, RiskWeight.High)]), [new("贺长林", ["董事长"])], 1),
            false, "enrichment.refused", true, true, [new("Name", "恒川", "恒川精密制造有限公司")]));
        await using var page = await CardAsync(account, accounts);

        page.Find(".registry .name .chip.bad").TextContent.ShouldBe("吊销，未注销");
        page.Document.QuerySelectorAll(".registry .name .chip").Select(c => c.TextContent).ShouldContain("风险高");
        page.Find(".registry .more summary").TextContent.ShouldBe("自身 2 · 周边 0 · 历史 0 · 提醒 0");
        page.Find(".registry .origin").TextContent.ShouldContain("周岚 选定");
        page.Find(".registry .origin .chip.warn").TextContent.ShouldBe("已 45 天未更新");
        page.Find(".registry [role=alert]").TextContent.ShouldContain("对方拒绝了请求");
        await page.ClickAsync("[data-difference=Name] button");
        await accounts.Received(1).UpdateAsync(id, 1, Arg.Is<AccountEdit>(e => e.Name == "恒川精密制造有限公司" && e.ShortName == "恒川"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Card_OffersToVerifyTheName_AndTellsWhatTheRegisterSaid()
    {
        var (id, now) = (Guid.CreateVersion7(), DateTime.UtcNow);
        var account = new AccountDetail(id, 1, new() { Name = "恒川" }, "周岚", Pages.Rep.Id, 0, now) { MayChange = true };
        RegistryView View(CompanyVerification? told, bool isVerifying) => new(new("tianyancha", "101", null, "周岚", now, now, false, new() { Name = "恒川精密制造有限公司", CreditCode = "91DEMO000000000101", LegalRepresentative = "贺长林" }, null, [], 1) { Verification = told }, false, null, true, true, [])
        { MayVerify = true, IsVerifying = isVerifying };
        entries.GetAsync(id, Arg.Any<CancellationToken>()).Returns(View(null, false));
        entries.VerifyAsync(id, Arg.Any<CancellationToken>()).Returns(Result.Ok);
        await using var page = await CardAsync(account, Substitute.For<IAccounts>());
        page.Document.QuerySelector("[data-verified]").ShouldBeNull();
        entries.GetAsync(id, Arg.Any<CancellationToken>()).Returns(View(null, true));
        await page.ClickAsync("[data-verify]");
        await entries.Received(1).VerifyAsync(id, Arg.Any<CancellationToken>());
        page.Find(".registry [role=status]").TextContent.ShouldContain("正在核验");
        page.Document.QuerySelector("[data-verify]").ShouldBeNull();
        entries.GetAsync(id, Arg.Any<CancellationToken>()).Returns(View(new("恒川", false, now), false));
        live.Tell(LiveTopic.JobOn(id));
        await page.WaitForAsync(d => d.QuerySelector("[data-verified=no]") is not null);
        page.Find("[data-verified=no]").TextContent.ShouldContain("“恒川”与信用代码、法定代表人不一致");
    }

    private Task<ComponentPage> CardAsync(AccountDetail account, IAccounts accounts) => ComponentPage.RenderAsync<CardHost>(all =>
    {
        all.AddPerson();
        live = all.AddLive();
        all.AddSingleton(entries);
        all.AddSingleton(accounts);
        all.AddFake<IHistory>();
    }, new { Account = account });

    // The card as its page has it.
    private sealed class CardHost : ComponentBase, IDisposable
    {
        private AccountEditing editing = null!;

        [Inject] private IAccounts Accounts { get; set; } = null!;
        [Inject] private Undo Undo { get; set; } = null!;
        [Inject] private DialogService Dialogs { get; set; } = null!;
        [Inject] private IStringLocalizer<Text> Words { get; set; } = null!;

        [Parameter] public AccountDetail Account { get; set; } = null!;

        protected override void OnInitialized()
        {
            editing = new(Account.Id, Accounts, Undo, Dialogs, Words);
            editing.Show(Account);
        }

        public void Dispose() => editing.Dispose();

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            builder.OpenComponent<RegistryCard>(0);
            builder.AddComponentParameter(1, nameof(RegistryCard.Editing), editing);
            builder.CloseComponent();
        }
    }
}
