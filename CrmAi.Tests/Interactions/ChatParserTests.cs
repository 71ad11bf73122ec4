using CrmAi.Domain.Interactions;

namespace CrmAi.Tests.Interactions;

public sealed class ChatParserTests
{
    [Theory]
    [InlineData("钱多多 2026/10/9 16:20\n样机收到\n李小雷 2026/10/9 16:25\n好的")]
    [InlineData("钱多多 2026年10月9日 16:20\n样机收到\n李小雷 2026年10月9日 下午4:25\n好的")]
    [InlineData("2026-10-09 16:20:33 钱多多\n样机收到\n2026-10-09 16:25:01 李小雷\n好的")]
    [InlineData("[2026-10-09 16:20] 钱多多: 样机收到\n[2026-10-09 16:25] 李小雷: 好的")]
    [InlineData("【10-09 16:20】钱多多：样机收到\n【10-09 16:25】李小雷：好的")]
    [InlineData("钱多多 (10-09 16:20:11): 样机收到\n李小雷 (10-09 16:25:11): 好的")]
    [InlineData("钱多多(wxid_abc) 2026-10-09 16:20:11\n样机收到\r\n\r\n李小雷(wxid_xyz) 2026-10-09 16:25:11\r\n好的")]
    [InlineData("—— 10月9日 ——\n钱多多 16:20\n样机收到\n李小雷 16:25\n好的")]
    [InlineData("钱多多　１０月９日　１６：２０\n样机收到\n李小雷　１０月９日　１６：２５\n好的")]
    public void Wechat_FormOfCopyOrExport_TurnsWithTimesAndSides(string text)
    {
        var chat = Chats.Parse(text, contacts: ["钱多多"]);

        chat.Format.ShouldBe(ChatFormat.Thread);
        chat.Said().ShouldBe(["Customer 10-09 16:20 样机收到", "Us 10-09 16:25 好的"]);
        chat.Names.ShouldBe(["钱多多", "李小雷"]);
        chat.Type.ShouldBe(InteractionType.WeChat);
        chat.Direction.ShouldBe(InteractionDirection.Inbound);
        chat.Chat.StartedAt.ShouldBe(new DateTimeOffset(2026, 10, 9, 16, 20, chat.Chat.StartedAt!.Value.Second, TimeSpan.FromHours(8)));
    }

    [Theory]
    [InlineData("钱多多 16:20:\n样机收到\n李小雷 16:25:\n好的")]
    [InlineData("钱多多 16:20\n样机收到\n李小雷 16:25\n好的")]
    [InlineData("钱多多 16:20：样机收到\n李小雷 16:25：好的")]
    [InlineData("钱多多 下午4:20\n样机收到\n李小雷 下午4:25\n好的")]
    public void Wechat_TimeAlone_IsOfTheDayOfReceipt(string text) =>
        Chats.Parse(text, reps: ["李小雷"]).Said().ShouldBe(["Customer 10-14 16:20 样机收到", "Us 10-14 16:25 好的"]);

    [Fact]
    public void Wechat_NameAlone_TurnsWithoutTimes()
    {
        var chat = Chats.Parse("钱多多:\n样机收到\n李小雷:\n好的", contacts: ["钱总"], reps: ["李小雷"]);

        chat.Said().ShouldBe(["Customer 样机收到", "Us 好的"]);
        chat.Chat.StartedAt.ShouldBeNull();
        chat.Type.ShouldBe(InteractionType.WeChat);
    }

    [Fact]
    public void Wechat_MessageOverLines_IsOneTurn()
    {
        var chat = Chats.Parse("钱多多 16:20\n三点:\n1. 价格\n\n2. 交期\n李小雷 16:25\n[文件] 报价单.pdf\n钱多多 16:26\n[图片]", reps: ["李小雷"]);

        chat.Said().ShouldBe(["Customer 10-14 16:20 三点:\n1. 价格\n\n2. 交期", "Us 10-14 16:25 [文件] 报价单.pdf", "Customer 10-14 16:26 [图片]"]);
    }

    [Fact]
    public void Wechat_NoticesBetween_BelongToNobody()
    {
        var chat = Chats.Parse("钱多多 16:20\n样机收到\n你撤回了一条消息\n—— 以下为新消息 ——\n我 16:25\n好的");

        chat.Said().ShouldBe(["Customer 10-14 16:20 样机收到", "Us 10-14 16:25 好的"]);
    }

    [Fact]
    public void Wechat_ReplyToWords_QuotesTheirSpeaker()
    {
        var chat = Chats.Parse("钱多多 16:20\n「我：价格\n三十万」\n- - - - - - - - - -\n太高了\n我 16:25\n可以谈");

        chat.Of(ChatPart.Quoted).ShouldBe(["我: 价格\n三十万"]);
        chat.Said().ShouldBe(["Customer 10-14 16:20 太高了", "Us 10-14 16:25 可以谈"]);
        chat.Direction.ShouldBe(InteractionDirection.Inbound);
    }

    [Fact]
    public void Wecom_OutsideContact_IsTheCustomer()
    {
        var chat = Chats.Parse("李大江@微信 10/9 16:20:33\n样机收到\n孙小圣 10/9 16:22:33\n好的");

        chat.Said().ShouldBe(["Customer 10-09 16:20 样机收到", "Us 10-09 16:22 好的"]);
    }

    [Theory]
    [InlineData("[09/10/2026, 16:20:33] Anna: hi\n[09/10/2026, 16:21:00] Messages and calls are end-to-end encrypted.\n[13/10/2026, 16:25:33] Ben Ode: re: price")]
    [InlineData("10/9/26, 4:20 PM - Anna: hi\n10/9/26, 4:21 PM - Anna created group \"x\"\n10/13/26, 4:25 PM - Ben Ode: re: price")]
    [InlineData("Anna, [9 Oct 2026 at 16:20:33]:\nhi\nBen Ode, [13 Oct 2026 at 16:25:33]:\nre: price")]
    [InlineData("Anna, [09.10.2026 16:20]\nhi\nBen Ode, [13.10.2026 16:25]\nre: price")]
    [InlineData("Anna 10/9/2026 4:20 PM\nhi\nBen Ode 10/13/2026 4:25 PM\nre: price")]
    public void Messenger_FormOfExport_TurnsWithTimesAndSides(string text)
    {
        var chat = Chats.Parse(text, contacts: ["Anna Berg"]);

        chat.Said().ShouldBe(["Customer 10-09 16:20 hi", "Us 10-13 16:25 re: price"]);
        chat.Type.ShouldBe(InteractionType.Message);
    }

    [Theory]
    [InlineData("Anna  4:20 PM\nhi\nBen  4:25 PM\nhello")]
    [InlineData("Anna\n4:20 PM\nhi\nBen\n4:25 PM\nhello")]
    public void Messenger_NameAndClock_AsksWhoIsWho(string text)
    {
        var chat = Chats.Parse(text);

        chat.Said().ShouldBe(["Unknown 10-14 16:20 hi", "Unknown 10-14 16:25 hello"]);
        chat.Asked.ShouldBe(["Anna", "Ben"]);
        chat.Direction.ShouldBeNull();
    }

    [Fact]
    public void SingleMessage_KnownNameAndTime_IsATurn() =>
        Chats.Parse("张小三 16:20\n你好").Asked.ShouldBe(["张小三"]);
}
