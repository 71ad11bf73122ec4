using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Scripts;
using CrmAi.Infrastructure.Scripts;
using CrmAi.Tests.AiRuns;

namespace CrmAi.Tests.Scripts;

public sealed class RulesScriptAnalystTests
{
    private const string Chinese = "张三: 你们的价格太贵了，超出预算。\n周岚: 我们可以给方案。\n张三: 麻烦把报价发给我，谢谢。", English = "John Miller: your system looks expensive to me.\nZhou Lan: I see.\nJohn Miller: please send me the quote, thanks";

    private readonly ScriptAnalysts analysts = ScriptStage.Analysts(new ScriptedModel { Model = null });

    [Fact]
    public async Task EveryWording_PassesItsOwnCheck()
    {
        var fallen = new List<string>();
        foreach (var language in (string[])["zh", "en"])
        {
            var zh = language == "zh";
            foreach (var (section, wordings) in ScriptPhrases.Of(language).All)
            {
                wordings.Distinct().Count().ShouldBe(wordings.Count, section);
                if (section.StartsWith("said", StringComparison.Ordinal)) continue;
                var reason = section.Contains("AppointmentAhead", StringComparison.Ordinal) ? ActionReason.AppointmentAhead : ActionReason.QuoteAsked;
                var input = await ScriptStage.InputAsync(zh ? Chinese : English, null, reason, language: language, to: zh ? "张三" : "John Miller", from: zh ? "周岚" : "Zhou Lan");
                var subject = section.StartsWith("subject", StringComparison.Ordinal);
                foreach (var wording in wordings)
                {
                    var text = wording.Replace("{to}", zh ? "张三" : "John Miller", StringComparison.Ordinal).Replace("{me}", input.From, StringComparison.Ordinal).Replace("{u}", "您", StringComparison.Ordinal).Replace("{day}", zh ? "11月23日" : "23 November", StringComparison.Ordinal);
                    if (!ScriptStage.Holds(input, text, null, subject ? ScriptPart.Subject : ScriptPart.Body)) fallen.Add($"{language} [{section}] {text}");
                }
            }
        }
        fallen.ShouldBeEmpty(string.Join("\n", fallen));
    }

    [Fact]
    public void EveryReason_HasWordings_OfEachPart_InBothLanguages()
    {
        foreach (var phrases in (ScriptPhrases[])[ScriptPhrases.Of("zh"), ScriptPhrases.Of("en")])
        {
            foreach (var reason in Enum.GetNames<ActionReason>())
            {
                foreach (var part in (string[])["subject", "plain", "step", "ask"]) phrases.Find(part, reason).Count.ShouldBeGreaterThanOrEqualTo(3, $"{part} {reason}");
                phrases.Find("questions", reason).Count.ShouldBeGreaterThanOrEqualTo(5, reason);
            }
            foreach (var tone in Enum.GetNames<ScriptTone>())
            {
                foreach (var part in (string[])["greeting", "hello", "close", "end"]) phrases.Find(part, tone).Count.ShouldBeGreaterThanOrEqualTo(3, $"{part} {tone}");
            }
            foreach (var manner in Enum.GetNames<DiscType>()) phrases.Find("manner", manner).Count.ShouldBeGreaterThanOrEqualTo(3, manner);
        }
    }

    [Theory]
    [InlineData("zh", InteractionType.WeChat)]
    [InlineData("zh", InteractionType.Email)]
    [InlineData("zh", InteractionType.Call)]
    [InlineData("en", InteractionType.Message)]
    [InlineData("en", InteractionType.Email)]
    [InlineData("en", InteractionType.Meeting)]
    public async Task Words_FitTheirChannel_AndNoneFalls(string language, InteractionType channel)
    {
        foreach (var tone in Enum.GetValues<ScriptTone>())
        {
            var input = await InputAsync(language, channel) with { Tone = tone };
            var (script, _, last) = await ScriptStage.WriteAsync(analysts, input);
            script.Dropped.ShouldBe(0, string.Join("\n", last.Select(s => s.Text)));
            (script.By.Analyst, script.By.Note).ShouldBe(("rules", null));
            last.Count(s => s.Part == ScriptPart.Subject).ShouldBe(channel == InteractionType.Email ? 1 : 0);
            last.Count(s => s.Part == ScriptPart.Question).ShouldBe(ScriptLayout.IsSpoken(channel) ? 3 : 1);
            last.Count(s => s.Evidence is not null).ShouldBe(1);
            if (channel == InteractionType.Email) last[^1].Text.ShouldBe(input.From);
        }
    }

    [Fact]
    public async Task NextTake_IsPutInOtherWords_AndTheSameTakeInTheSame()
    {
        var input = await InputAsync("zh", InteractionType.WeChat);
        async Task<string> TextAsync(int take) => string.Concat((await ScriptStage.WriteAsync(analysts, input with { Take = take })).Last.Select(s => s.Text));
        (await TextAsync(1)).ShouldBe(await TextAsync(1));
        new[] { await TextAsync(1), await TextAsync(2), await TextAsync(3) }.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Manner_FollowsThePerson_WhereEnoughIsKnown()
    {
        var input = await InputAsync("zh", InteractionType.WeChat);
        var neutral = (await ScriptStage.WriteAsync(analysts, input)).Last;
        var manners = ScriptPhrases.Of("zh").Find("manner", "C").Select(p => p.Replace("{u}", "您", StringComparison.Ordinal)).ToList();
        neutral.ShouldNotContain(s => manners.Contains(s.Text));
        (await ScriptStage.WriteAsync(analysts, input with { Style = new(DiscType.C, null, null) })).Last.ShouldContain(s => manners.Contains(s.Text));
        (await ScriptStage.WriteAsync(analysts, input with { Style = new(null, CommunicationStyle.Analytical, null) })).Last.ShouldContain(s => manners.Contains(s.Text));
    }

    [Theory]
    [InlineData(5, 0.7, true)]
    [InlineData(3, 0.5, true)]
    [InlineData(2, 0.9, false)]
    [InlineData(5, 0.49, false)]
    public void Style_NeedsThreeConversations_AndHalfAConfidence(int conversations, double confidence, bool known)
    {
        var claim = new ProfileClaim(ProfilePart.Personality, ProfileKeys.Disc, "D", confidence, []);
        var profile = new ProfileView(AnalysisState.Done, null, null, "rules", "1", null, conversations, new(0, 0, 0), true, [new(claim, [])]);
        ScriptStyle.Of(profile).IsKnown.ShouldBe(known);
        ScriptStyle.Of(profile).Manner.ShouldBe(known ? DiscType.D : null);
        ScriptStyle.Of(null).IsKnown.ShouldBeFalse();
    }

    [Fact]
    public async Task Address_IsAsOneSpeaks()
    {
        var input = await InputAsync("zh", InteractionType.WeChat) with { Tone = ScriptTone.Formal, To = "欧阳若兰" };
        (await ScriptStage.WriteAsync(analysts, input)).Last[0].Text.ShouldContain("欧阳总监");
        (await ScriptStage.WriteAsync(analysts, input with { Tone = ScriptTone.Casual })).Last.ShouldAllBe(s => !s.Text.Contains('您'));
    }

    [Fact]
    public async Task Text_IsReadyToBePasted()
    {
        var mail = await InputAsync("en", InteractionType.Email);
        var sentences = (await ScriptStage.WriteAsync(analysts, mail)).Last;
        var text = ScriptLayout.Text(mail.Channel, mail.Language, sentences.Select(s => (s.Part, s.Text)));
        text.Split("\n\n").Length.ShouldBe(4); // subject, salutation, what is said, the end
        text.ShouldEndWith("\nZhou Lan");
        var call = await InputAsync("zh", InteractionType.Call);
        ScriptLayout.Text(call.Channel, "zh", (await ScriptStage.WriteAsync(analysts, call)).Last.Select(s => (s.Part, s.Text))).Split('\n').Count(l => l.Length > 2 && l[1] == '、').ShouldBe(3);
    }

    private static async Task<ScriptInput> InputAsync(string language, InteractionType channel) => language == "zh" ? await ScriptStage.InputAsync(Chinese, "麻烦把报价发给我，谢谢", channel: channel)
        : await ScriptStage.InputAsync(English, "please send me the quote, thanks", channel: channel, language: "en", to: "John Miller", from: "Zhou Lan");
}
