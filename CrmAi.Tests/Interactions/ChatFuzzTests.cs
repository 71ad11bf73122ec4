using System.Text;
using CrmAi.Domain.Interactions;

namespace CrmAi.Tests.Interactions;

public sealed class ChatFuzzTests
{
    static readonly string[] Pieces =
    [
        "钱多多", "李经理", "客户", "我", "Anna Berg", "Me", "A", "🌸", "\uD800", "\uDC00", "\u202E", "\u200B", "שלום", "مرحبا", ":", "：", "，", "。", " ", "\u3000", "\t", "\n", "\r\n", "\r", "\n\n", "[", "]", "(", ")", "「", "」", "> ", ">>",
        "2026/10/9 16:20", "10-09 16:20:33", "09/10/2026, 16:20:33", "31/02/2026", "0000-00-00", "99:99", "4:20 PM", "下午3:20", "昨天", "周三", "星期天 9:00", "9 Oct 2026", "Feb 29", "2月29日", "1/2", "12.12.12 10:00", "+08:00", "—— 10月9日 ——",
        "From: ", "发件人：", "Sent: ", "To: ", "Subject: ", "主题：", "-----Original Message-----", "On Fri, Oct 9, 2026, Anna wrote:", "写道：", "在 ", "-- ", "Best regards,", "祝好", "Hi Ben,", "您好：", "发自我的iPhone", "<a@b.example>", "https://x.example/a:b",
        "wxid_abc", "以下为新消息", "撤回了一条消息", "- - - - -", "时间：", "Next step:", "价格有点高", "see you at 14:00", "________________", "*", "\0", "\u2028", "１６：２０",
    ];

    [Fact]
    public void AnyText_Seeded_SpansHoldAndRepeat()
    {
        var random = new Random(20261009);
        for (var round = 0; round < 2_000; round++)
        {
            var text = Text(random, random.Next(0, 60));
            var context = new ChatContext(At(random, round), ["李小雷"], ["钱多多", "Anna Berg"], new Dictionary<string, ChatSide> { ["A"] = ChatSide.Us });
            var chat = ChatParser.Parse(text, context);

            ShouldHold(text, chat);
            Print(ChatParser.Parse(text, context)).ShouldBe(Print(chat));
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData(">")]
    [InlineData(":")]
    [InlineData("「钱多多：")]
    [InlineData("A: hi\n")]
    [InlineData("「A：\n")]
    [InlineData("钱多多 16:20\n好\n")]
    [InlineData("From: a\nTo: b\n")]
    [InlineData("> > > hi\n")]
    [InlineData("On Fri\n")]
    [InlineData("1/1 1/1 1/1 ")]
    [InlineData("1/1 Oct 9 16:20 x\n")]
    [InlineData("-----Original Message-----\n")]
    [InlineData("谢谢\n")]
    [InlineData("[10/10/2026, 10:10:10] ")]
    public void RepeatedPiece_TwoHundredThousandSigns_IsReadWithNothingLost(string piece)
    {
        var text = new StringBuilder().Insert(0, piece, 200_000 / piece.Length).ToString();

        ShouldHold(text, ChatParser.Parse(text, ChatContext.At(Chats.ReceivedAt)));
    }

    [Fact]
    public void LongMixedText_TwoHundredThousandSigns_IsReadWithNothingLost()
    {
        var text = Text(new Random(7), 40_000)[..200_000];

        ShouldHold(text, ChatParser.Parse(text, ChatContext.At(Chats.ReceivedAt)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n\t\u3000\u200B\n")]
    public void NoWords_WhiteSpace_NoteWithoutTurns(string text)
    {
        var chat = ChatParser.Parse(text, ChatContext.At(Chats.ReceivedAt));

        chat.Format.ShouldBe(ChatFormat.Note);
        chat.Turns.ShouldBeEmpty();
    }

    static void ShouldHold(string text, ParsedChat chat)
    {
        var end = 0;
        foreach (var turn in chat.Turns)
        {
            turn.Start.ShouldBeGreaterThanOrEqualTo(end);
            turn.Length.ShouldBeGreaterThan(0);
            end = turn.Start + turn.Length;
            end.ShouldBeLessThanOrEqualTo(text.Length);
        }
        chat.Speakers.Sum(s => s.Turns).ShouldBe(chat.Turns.Count(t => t.Speaker is not null));
    }

    static string Print(ParsedChat chat) =>
        $"{chat.Format} {chat.Type} {chat.Direction} {chat.StartedAt} {chat.EndedAt} {string.Join('|', chat.Turns)} {string.Join('|', chat.Speakers)}";

    static DateTimeOffset At(Random random, int round) => (round % 50) switch
    {
        0 => DateTimeOffset.MinValue,
        1 => DateTimeOffset.MaxValue,
        _ => Chats.ReceivedAt.AddDays(random.Next(-4000, 4000)).AddMinutes(random.Next(1440)),
    };

    static string Text(Random random, int pieces)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pieces; i++)
            text.Append(random.Next(12) == 0 ? ((char)random.Next(0x10000)).ToString() : Pieces[random.Next(Pieces.Length)]).Append(random.Next(3) == 0 ? "\n" : "");
        return text.ToString();
    }
}
