using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Profiles;

namespace CrmAi.Tests.Profiles;

/// <summary>From people's words to a profile: the conversation's analyst reads, the profile's analyst weighs.</summary>
public sealed class RulesProfileAnalystTests
{
    private static readonly RulesConversationAnalyst Reader = new();
    private static readonly RulesProfileAnalyst Analyst = new();
    private static readonly AnalystMark By = new(Analyst.Name, Analyst.Version);
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 20, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task BluntDecider_ReadsAsSuch_WithHisOwnWords()
    {
        var profile = await ProfileAsync(
            "客户: 别绕弯子，直接说，一口价多少？",
            "客户: 我只看结果，少废话。这个我拍板，行就今天签。",
            "客户: 一句话，能不能月底前上线？不行我就换别家。预算批下来了，80万。",
            "客户: 直接给我底价，今天就定。别跟我讲功能。");
        profile.Value(ProfileKeys.Disc).ShouldBe("D");
        profile.Value(ProfileKeys.Style).ShouldBe(nameof(CommunicationStyle.Direct));
        profile.Value(ProfileKeys.DecisionStyle).ShouldBe(nameof(DecisionStyle.Directive));
        profile.Value(ProfileKeys.Approach).ShouldBe(nameof(Approach.Results));
        profile.Value(ProfileKeys.BantBudget).ShouldBe(nameof(BantState.Qualified));
        profile.Value(ProfileKeys.BantAuthority).ShouldBe(nameof(BantState.Qualified));
        profile.Value(ProfileKeys.BantTimeline).ShouldBe(nameof(BantState.Qualified));
        profile.Quotes(ProfileKeys.BantAuthority).ShouldContain(q => q.Contains("我拍板", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CarefulAnalyst_ReadsAsSuch_InEnglish()
    {
        var profile = await ProfileAsync(
            "Customer: Please send the data and the test results in writing. I need the methodology behind the numbers.",
            "Customer: We are still comparing three vendors; I will run the numbers line by line before we decide.",
            "Customer: I went through every figure. The payback calculation is missing a source. Could you double-check it?");
        profile.Value(ProfileKeys.Disc).ShouldBe("C");
        profile.Value(ProfileKeys.Style).ShouldBe(nameof(CommunicationStyle.Analytical));
        profile.Level(ProfileKeys.Conscientiousness)!.Value.ShouldBeGreaterThan(60);
        profile.Value(ProfileKeys.Approach).ShouldBe(nameof(Approach.Proof));
    }

    [Theory]
    [InlineData("客户: 方案不错，我们想尽快签合同。\n客户: 价格太贵了。", true)]
    [InlineData("客户: 价格太贵了。不过方案不错，我们想尽快签合同。", false)]
    public async Task ObjectionInTheSameTalkAsASign_IsOpenUnlessTheSignComesAfterIt(string text, bool open)
    {
        var input = await InputAsync([text]);
        input.Conversations[0].Findings.Select(f => f.Kind).ShouldContain(FindingKind.BuyingSignal);
        var claims = (await Analyst.AnalyseAsync(input, Guid.Empty, default)).Result;
        claims.ShouldContain(c => c.Key == ProfileKeys.Objection);
        claims.Any(c => c.Key == ProfileKeys.Unanswered).ShouldBe(open);
    }

    [Fact]
    public async Task ThinHistory_SaysNothingOfThePerson()
    {
        var profile = await ProfileAsync("客户: 别绕弯子，直接说，一口价多少？我拍板。", "客户: 少废话，直接给底价。");
        profile.Claims.ShouldNotContain(c => ProfileKeys.IsJudgement(c.Key));
        // but what was said stands
        profile.Value(ProfileKeys.BantAuthority).ShouldBe(nameof(BantState.Qualified));
        (await ProfileAsync("客户: 好的。", "客户: 收到。", "客户: 嗯。")).Claims.ShouldNotContain(c => ProfileKeys.IsJudgement(c.Key) && c.Key != ProfileKeys.Channel && c.Key != ProfileKeys.BestTime, "how and when they write is seen whatever they say");
    }

    [Fact]
    public async Task RepsOwnWords_AreNotTheCustomers()
    {
        var profile = await ProfileAsync(
            "我: 别绕弯子，直接说，我拍板。\n客户: 好。", "我: 少废话，直接给底价，今天就签。\n客户: 嗯嗯。", "我: 一句话，能不能定？我说了算。\n客户: 好的。");
        profile.Claims.ShouldNotContain(c => c.Key == ProfileKeys.Disc || c.Key == ProfileKeys.Style || c.Key == ProfileKeys.BantAuthority);
    }

    [Fact]
    public async Task LatestWord_Counts_ForQualification()
    {
        var profile = await ProfileAsync("客户: 预算批下来了，大概50万。", "客户: 不好意思，预算冻结了，今年没预算。", "客户: 我做不了主，要老板点头。");
        profile.Value(ProfileKeys.BantBudget).ShouldBe(nameof(BantState.Unqualified));
        profile.Value(ProfileKeys.BantAuthority).ShouldBe(nameof(BantState.Unqualified));
        profile.Quotes(ProfileKeys.BantBudget)[0].ShouldContain("预算");
    }

    [Fact]
    public async Task MoreSignsOfBuying_NeverLowerTheChance()
    {
        string[] talk = ["客户: 预算批了50万，你们价格太贵了。", "客户: 能发个合同模板看看吗？", "客户: 下周可以安排演示。"];
        var before = (await ProfileAsync(talk)).Level(ProfileKeys.Probability);
        var after = (await ProfileAsync([.. talk, "客户: 方案很满意，我们准备签合同，请发付款流程。"])).Level(ProfileKeys.Probability);
        before.ShouldNotBeNull();
        after!.Value.ShouldBeGreaterThanOrEqualTo(before.Value);
    }

    [Fact]
    public async Task SameInput_GivesTheSameProfile()
    {
        string[] talk = ["客户: 担心上线出问题，压力很大。", "客户: 我们要跟同事们商量。", "客户: 先试点，不着急。"];
        var (one, two) = (await InputAsync(talk), await InputAsync(talk));
        ProfileInputs.DigestOf(one, By).ShouldNotBe(ProfileInputs.DigestOf(two, By)); // other ids
        var again = one with { };
        ProfileInputs.DigestOf(again, By).ShouldBe(ProfileInputs.DigestOf(one, By));
        (await Analyst.AnalyseAsync(one, Guid.Empty, default)).Result.Select(c => (c.Identity, c.Level, c.Confidence)).ShouldBe((await Analyst.AnalyseAsync(again, Guid.Empty, default)).Result.Select(c => (c.Identity, c.Level, c.Confidence)));
    }

    [Fact]
    public async Task EveryClaim_Cites_AndNothingIsDroppedByTheCheck()
    {
        var input = await InputAsync([.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Conversations", "Cases", "tuned.jsonl")).Take(120).Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("text").GetString()!)]);
        var (claims, _) = await Analyst.AnalyseAsync(input, Guid.Empty, default);
        claims.Count.ShouldBeGreaterThan(20);
        claims.ShouldAllBe(c => c.Evidence.Count > 0);
        ProfileCheck.Apply(input, claims)!.Dropped.ShouldBe(0);
    }

    private static async Task<Read> ProfileAsync(params string[] talks)
    {
        var input = await InputAsync(talks);
        return new(input, ProfileCheck.Apply(input, (await Analyst.AnalyseAsync(input, Guid.Empty, default)).Result)!.Claims);
    }

    private static async Task<ProfileInput> InputAsync(string[] talks)
    {
        var conversations = new List<ProfileConversation>();
        foreach (var (text, at) in talks.Select((text, index) => (text, Start.AddDays(index))))
        {
            var id = Guid.CreateVersion7();
            var read = new ConversationInput(id, InteractionType.WeChat, InteractionDirection.Inbound, at, text, new(at, ["我"], ["客户", "Customer"], new Dictionary<string, ChatSide> { ["我"] = ChatSide.Us, ["客户"] = ChatSide.Customer, ["Customer"] = ChatSide.Customer }));
            var result = ConversationCheck.Apply(read, (await Reader.AnalyseAsync(read, Guid.Empty, default)).Result)!.Result;
            conversations.Add(new(id, read.Type, read.Direction, at, text, result.Sentiment, result.Stage, result.Summary.Count > 0 ? result.Summary[0] : new(id, 0, text.Length), result.Findings));
        }
        return new(Guid.CreateVersion7(), conversations[^1].At, new("厂长", Seniority.Director, null, null, DealStage.Prospecting, null, "CNY", "制造"), conversations);
    }

    private sealed record Read(ProfileInput Input, IReadOnlyList<ProfileClaim> Claims)
    {
        public string? Value(string key) => Claims.FirstOrDefault(c => c.Key == key)?.Value;

        public int? Level(string key) => Claims.FirstOrDefault(c => c.Key == key)?.Level;

        public IReadOnlyList<string> Quotes(string key) =>
            [.. Claims.Where(c => c.Key == key).SelectMany(c => c.Evidence).Select(e => e.QuoteIn(Input.Conversations.Single(i => i.InteractionId == e.InteractionId).Text)!)];
    }
}
