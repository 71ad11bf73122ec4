using CrmAi.Domain.Interactions;

namespace CrmAi.Tests.Interactions;

public sealed class ChatEmailTests
{
    [Fact]
    public void Mail_ChineseHeaders_PartsAndSender()
    {
        var chat = Chats.Parse(
            "发件人: 钱多多 <qian@hy.example>\n发送时间: 2026年10月9日(星期五) 16:20\n收件人: 李小雷\n主题: 报价\n\n李经理：\n您好！\n报价太高。\n\n祝好\n钱多多\n恒远 采购部\n13800000000",
            reps: ["李小雷"]);

        chat.Format.ShouldBe(ChatFormat.Email);
        chat.Type.ShouldBe(InteractionType.Email);
        chat.Of(ChatPart.Greeting).ShouldBe(["钱多多: 李经理：\n您好！"]);
        chat.Said().ShouldBe(["Customer 10-09 16:20 报价太高。"]);
        chat.Of(ChatPart.Signature).ShouldBe(["钱多多: 祝好\n钱多多\n恒远 采购部\n13800000000"]);
        chat.Direction.ShouldBe(InteractionDirection.Inbound);
    }

    [Fact]
    public void Mail_MarkedHistory_IsQuotedWithItsSpeakers()
    {
        var chat = Chats.Parse(
            "Hi Ben,\n\nThanks, we agree.\n\nBest regards,\nAnna Berg\nCFO, Nordlys\n\nOn Fri, Oct 9, 2026 at 4:20 PM Ben Ode\n<ben@us.example> wrote:\n> the offer is 5k.\n>\n> On Thu, Oct 8, 2026 at 9:00 AM Anna Berg <a@x.example> wrote:\n>> what is the price?",
            reps: ["Ben Ode"]);

        chat.Said().ShouldBe(["Customer Thanks, we agree."]);
        chat.Of(ChatPart.Signature).ShouldBe(["Anna Berg: Best regards,\nAnna Berg\nCFO, Nordlys"]);
        chat.Of(ChatPart.Quoted).ShouldBe(["Ben Ode: the offer is 5k.", "Anna Berg: what is the price?"]);
        chat.Chat.Turns.Where(t => t.Part == ChatPart.Quoted).Select(t => t.At!.Value.Day).ShouldBe([9, 8]);
    }

    [Fact]
    public void Mail_OriginalMessageBelow_IsQuoted()
    {
        var chat = Chats.Parse(
            "From: Anna Berg <a@x.example>\nSent: Friday, October 9, 2026 4:20 PM\nTo: Ben Ode\nSubject: Re: offer\n\nOk for us.\n\nSent from my iPhone\n\n-----Original Message-----\nFrom: Ben Ode\nSent: Thursday, October 8, 2026 9:00 AM\nTo: Anna Berg\nSubject: offer\n\nHere is the offer.",
            contacts: ["Anna Berg"]);

        chat.Said().ShouldBe(["Customer 10-09 16:20 Ok for us."]);
        chat.Of(ChatPart.Signature).ShouldBe(["Anna Berg: Sent from my iPhone"]);
        chat.Of(ChatPart.Quoted).ShouldBe(["Ben Ode: Here is the offer."]);
    }

    [Fact]
    public void Mail_ChineseHistoryBelowAnUnnamedAnswer_AddresseeAnswers()
    {
        var chat = Chats.Parse(
            "可以的，就按这个价格\n\n发自我的iPhone\n\n------------------ 原始邮件 ------------------\n发件人: \"李小雷\" <li@us.example>;\n发送时间: 2026年10月8日(星期四) 上午9:15\n收件人: \"钱多多\"<qian@hy.example>;\n主题: 报价\n\n钱总，报价三十万。",
            reps: ["李小雷"]);

        chat.Said().ShouldBe(["Customer 可以的，就按这个价格"]);
        chat.Names.ShouldBe(["钱多多", "李小雷"]);
        chat.Of(ChatPart.Quoted).ShouldBe(["李小雷: 钱总，报价三十万。"]);
        chat.Direction.ShouldBe(InteractionDirection.Inbound);
    }

    [Theory]
    [InlineData("同意\n\n在 2026-10-09 16:20:33，\"李小雷\" <li@us.example> 写道：\n\n报价三十万")]
    [InlineData("同意\n李小雷 于2026年10月9日周五 16:20写道：\n\n> 报价三十万")]
    [InlineData("同意\n\n发件人: 李小雷\n日期: 2026年10月9日 16:20\n收件人: 钱多多\n主题: 报价\n报价三十万")]
    public void Mail_ChineseAttribution_IsQuoted(string text)
    {
        var chat = Chats.Parse(text, reps: ["李小雷"]);

        chat.Format.ShouldBe(ChatFormat.Email);
        chat.Said().ShouldBe(["Customer 同意"]);
        chat.Of(ChatPart.Quoted).ShouldBe(["李小雷: 报价三十万"]);
        chat.Chat.Turns[^1].At.ShouldNotBeNull().Day.ShouldBe(9);
    }

    [Fact]
    public void Mails_InOrder_EachHasItsSenderAndTime()
    {
        var chat = Chats.Parse(
            "From: Anna\nDate: Thu, 8 Oct 2026 09:00:00 +0200\nTo: Ben\nSubject: a\n\nfirst mail\n\nFrom: Ben\nDate: Fri, 9 Oct 2026 09:00:00 +0200\nTo: Anna\nSubject: Re: a\n\nsecond mail",
            contacts: ["Anna"]);

        chat.Said().ShouldBe(["Customer 10-08 15:00 first mail", "Us 10-09 15:00 second mail"]);
        chat.Chat.EndedAt.ShouldBe(new DateTimeOffset(2026, 10, 9, 15, 0, 0, TimeSpan.FromHours(8)));
    }

    [Fact]
    public void Mails_NewestFirstUnderRules_EarliestSetsTheDirection()
    {
        var chat = Chats.Parse(
            "From: Ben\nDate: 9 Oct 2026 09:00\nTo: Anna\n\nsecond mail\n==========\nFrom: Anna\nDate: 8 Oct 2026 09:00\nTo: Ben\n\nfirst mail",
            contacts: ["Anna"]);

        chat.Said().ShouldBe(["Us 10-09 09:00 second mail", "Customer 10-08 09:00 first mail"]);
        chat.Direction.ShouldBe(InteractionDirection.Inbound);
    }

    [Theory]
    [InlineData("Hi Ben,\n\nplease send the offer.\n\nRegards,\nAnna Berg\n+49 170 1234567", "please send the offer.")]
    [InlineData("李经理，您好！\n请发报价。\n此致\n敬礼\n钱多多", "请发报价。")]
    [InlineData("李经理：\n请发报价。\n\n恒远机电 采购部 钱多多", "请发报价。")]
    [InlineData("李工您好：\n请发报价。\n钱多多", "请发报价。")]
    public void Letter_WithoutHeader_GreetingAndSignatureAreApart(string text, string words)
    {
        var chat = Chats.Parse(text);

        chat.Format.ShouldBe(ChatFormat.Email);
        chat.Said().ShouldBe([$"Unknown {words}"]);
        chat.Of(ChatPart.Greeting).Count().ShouldBe(1);
        chat.Of(ChatPart.Signature).Count().ShouldBe(1);
    }

    [Fact]
    public void Letter_GreetsTheRep_IsFromTheCustomer()
    {
        var chat = Chats.Parse("Hi Ben,\n\nplease send the offer.\n\nBest,\nAnna Berg", reps: ["Ben Ode"]);

        chat.Said().ShouldBe(["Customer please send the offer."]);
        chat.Direction.ShouldBe(InteractionDirection.Inbound);
    }

    [Fact]
    public void Letter_SignerIsNobodyKnown_IsAsked() =>
        Chats.Parse("Hi Ben,\n\nplease send the offer.\n\nBest,\nAnna Berg").Asked.ShouldBe(["Anna Berg"]);

    [Fact]
    public void Message_ThanksInTheMiddle_IsNoSignature() =>
        Chats.Parse("方案收到\n谢谢\n明天给你回复").Said().ShouldBe(["Unknown 方案收到\n谢谢\n明天给你回复"]);
}
