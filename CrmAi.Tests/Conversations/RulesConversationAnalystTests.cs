using System.Text;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Conversations.Rules;

namespace CrmAi.Tests.Conversations;

public sealed class RulesConversationAnalystTests
{
    [Theory]
    [InlineData("他们觉得太贵了", true)]
    [InlineData("他们觉得并不贵", false)]
    [InlineData("She said it is too expensive", true)]
    [InlineData("She said it is not too expensive", false)]
    public void Objection_DeniedWord_IsNone(string text, bool objects) =>
        Conversations.Read(text).Findings.Any(f => f.Objection == ObjectionKind.Price).ShouldBe(objects);

    [Theory]
    [InlineData("客户：可以安排下单，不过还是有点贵", "还是有点贵", ObjectionKind.Price)]
    [InlineData("客户：报价收到了，可以安排下单，不过老板觉得还是贵了点", "老板觉得还是贵了点", ObjectionKind.Price)]
    [InlineData("客户：可以先试用一个月，不过今年上不了，要等明年预算", "今年上不了，要等明年预算", ObjectionKind.Timing)]
    [InlineData("客户：我们想尽快上线，不过跟我们现有的ERP对接不了吧？", "跟我们现有的ERP对接不了吧", ObjectionKind.Need)]
    public void Objection_BehindABut_StandsBesideTheSignOfBuying(string text, string quote, ObjectionKind kind)
    {
        var result = Conversations.Read(text, InteractionType.WeChat, InteractionDirection.Inbound);
        result.Findings.Where(f => f.Kind == FindingKind.Objection).Select(f => f.Objection).ShouldBe([kind]);
        result.Quotes(FindingKind.Objection, text).ShouldBe([quote]);
        result.Findings.ShouldContain(f => f.Kind == FindingKind.BuyingSignal);
    }

    [Theory]
    [InlineData("每次对账都靠人工，老出错", true)]
    [InlineData("上线以后再也没有出错", false)]
    public void Pain_NoLongerThere_IsNone(string text, bool hurts) =>
        Conversations.Read(text).Findings.Any(f => f.Kind == FindingKind.Pain).ShouldBe(hurts);

    [Theory]
    [InlineData("产品我们非常满意，服务也很专业", Sentiment.Positive)]
    [InlineData("对你们的服务很不满意", Sentiment.Negative)]
    [InlineData("明天几点到？", Sentiment.Neutral)]
    [InlineData("真厉害啊，又崩了，你们的服务真是感人", Sentiment.Negative)]
    [InlineData("The team loved the demo, it went really well", Sentiment.Positive)]
    [InlineData("We are very disappointed, this is unacceptable", Sentiment.Negative)]
    [InlineData("👍👍🎉😊", Sentiment.Positive)]
    public void Sentiment_WordsOfFeeling_AreRead(string text, Sentiment expected) =>
        Conversations.Read(text, InteractionType.WeChat, InteractionDirection.Inbound).Sentiment.ShouldBe(expected);

    [Fact]
    public void Findings_RepsWords_AreNotTheCustomers()
    {
        const string text = "我：我们的系统大家都非常满意，预算50万够不够？合同马上发您\n客户：知道了\n我：某竞品太贵了，数据还老出错";

        var result = Conversations.Read(text, InteractionType.WeChat, InteractionDirection.Inbound);

        result.Sentiment.ShouldBe(Sentiment.Neutral);
        result.Findings.ShouldNotContain(f => f.Kind == FindingKind.Budget || f.Kind == FindingKind.BuyingSignal || f.Kind == FindingKind.Pain || f.Kind == FindingKind.Objection);
    }

    [Fact]
    public void Findings_RepsNote_ReportsTheCustomer()
    {
        const string text = "客户说现在排班全靠Excel，经常排错。他觉得价格太高了，还在看纷享销客。";

        var result = Conversations.Read(text);

        result.Quotes(FindingKind.Pain, text).ShouldContain(q => q.Contains("全靠Excel"));
        result.Quotes(FindingKind.Objection, text).ShouldContain(q => q.Contains("价格太高"));
        result.Findings.Where(f => f.Kind == FindingKind.Competitor).Select(f => f.Value).ShouldBe(["纷享销客"]);
    }

    [Theory]
    [InlineData("要求能和现有的用友U8对接")]
    [InlineData("It has to integrate with our SAP")]
    [InlineData("我们平时都用微信联系，资料发我邮箱")]
    [InlineData("定了时间再通知你，选了方案二")]
    public void Competitor_SystemOnlyConnectedOrNobodyNamed_IsNone(string text) =>
        Conversations.Read(text).Findings.ShouldNotContain(f => f.Kind == FindingKind.Competitor);

    [Theory]
    [InlineData("最后他们选了云帆智控", "云帆智控")]
    [InlineData("We have decided to go with Brightloom", "Brightloom")]
    [InlineData("同时在看蓝湾科技和元启软件", "元启软件")]
    [InlineData("Quillstack quoted us 20% less", "Quillstack")]
    public void Competitor_UnknownNameInARivalsPlace_IsFound(string text, string name) =>
        Conversations.Read(text).Findings.Where(f => f.Kind == FindingKind.Competitor).Select(f => f.Value).ShouldContain(name);

    [Theory]
    [InlineData("最后要由总经理签字才行")]
    [InlineData("这件事院长说了算")]
    [InlineData("得等集团采购委员会批准")]
    [InlineData("The managing director has the final say")]
    public void DecisionMaker_WhoDecides_IsFound(string text) =>
        Conversations.Read(text).Findings.ShouldContain(f => f.Kind == FindingKind.DecisionMaker);

    [Theory]
    [InlineData("合同已经签好寄出", StageHint.ClosedWon)]
    [InlineData("We have decided not to proceed", StageHint.ClosedLost)]
    [InlineData("首次拜访，只是想了解一下", StageHint.Prospecting)]
    [InlineData("二次报价，客户还要求降价，合同条款和付款方式在谈", StageHint.Negotiation)]
    public void Stage_PlainWords_AreRead(string text, StageHint stage) => Conversations.Read(text).Stage.ShouldBe(stage);

    [Fact]
    public void Result_StopContact_IsTheNextAction() =>
        Conversations.Read("请不要再打电话来了", InteractionType.Message, InteractionDirection.Inbound).NextAction!.Kind.ShouldBe(NextActionKind.StopContact);

    [Fact]
    public void Result_AnyText_HasExactSpansAndIsTheSameTwice()
    {
        const string text = "  客户说：预算３０万，“太贵了”，𠮷田总监拍板 👍。\r\n下周三见！  ";

        var first = Conversations.Read(text);
        var second = Conversations.Read(text);

        first.Findings.ShouldNotBeEmpty();
        first.Findings.ShouldAllBe(f => f.Evidence.QuoteIn(text) != null && f.Evidence.QuoteIn(text)!.Trim() == f.Evidence.QuoteIn(text));
        first.Summary.ShouldAllBe(e => e.QuoteIn(text) != null);
        second.Findings.ShouldBe(first.Findings);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("。。。，，")]
    [InlineData("\ud83d")]
    [InlineData("\udc4d\ud83d预算")]
    [InlineData("مرحبا، السعر مرتفع جدا")]
    public void Result_EmptyOrBroken_IsNeutral(string text)
    {
        var result = Conversations.Read(text, InteractionType.Message, InteractionDirection.Inbound);

        result.Sentiment.ShouldBe(Sentiment.Neutral);
        result.SuspectedInjection.ShouldBeFalse();
    }

    [Theory]
    [InlineData("客户说预算30万，太贵了，下周三再约。")]
    [InlineData("价格贵不贵价格贵不贵")]
    [InlineData("the price is the price of the price ")]
    [InlineData("1")]
    [InlineData("((((")]
    [InlineData("<a <a <a ")]
    [InlineData("我: 好\n客户: 贵\n")]
    public void Result_TwoHundredThousandCharacters_Completes(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, (200_000 / unit.Length) + 1))[..200_000];

        var result = Conversations.Read(text);

        result.Findings.ShouldAllBe(f => f.Evidence.QuoteIn(text) != null);
    }

    [Fact]
    public void Result_RandomCharacters_NeverFails()
    {
        var random = new Random(20261014);
        const string seeds = "预算万元下周三月底前12年贵签拍板<>[]{}:：，。!?\n \u200b\ud83d\udc4d我客户:by on 11/11next Tuesday 99号31日2月30";
        for (var run = 0; run < 300; run++)
        {
            var text = new StringBuilder();
            for (var i = 0; i < random.Next(1, 200); i++) text.Append(random.Next(4) == 0 ? (char)random.Next(0x10000) : seeds[random.Next(seeds.Length)]);
            var result = Conversations.Read(text.ToString(), (InteractionType)random.Next(10), (InteractionDirection)random.Next(2));
            result.Findings.ShouldAllBe(f => f.Evidence.QuoteIn(text.ToString()) != null);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9999, 12)]
    public void Result_DateAtTheEdgeOfTheCalendar_NeverFails(int year, int month) =>
        Conversations.Read("下周三、明年3月5日、两周后再约", at: new(year, month, 20, 0, 0, 0, TimeSpan.Zero)).ShouldNotBeNull();

    [Fact]
    public void Lexicon_BadLine_NamesFileAndLine()
    {
        var folder = Directory.CreateTempSubdirectory("lexicons");
        foreach (var file in Directory.GetFiles(LexiconFiles.DefaultFolder)) File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(folder.FullName, "pains.txt"), "# comment\n[pain]\n(不|没{nowhere}\n");

        var fault = Should.Throw<LexiconException>(() => new RulesConversationAnalyst(folder.FullName));

        folder.Delete(recursive: true);
        fault.File.ShouldBe("pains.txt");
        fault.Line.ShouldBe(3);
    }
}
