using CrmAi.Domain.Interactions;

namespace CrmAi.Tests.Interactions;

public sealed class ChatTimesTests
{
    // Received on Wednesday 14 October 2026 at 18:00 +08:00.
    [Theory]
    [InlineData("今天 09:12", "2026-10-14 09:12")]
    [InlineData("昨天 09:12", "2026-10-13 09:12")]
    [InlineData("Yesterday 9:12 PM", "2026-10-13 21:12")]
    [InlineData("周一 09:12", "2026-10-12 09:12")]
    [InlineData("星期三 09:12", "2026-10-14 09:12")]
    [InlineData("星期三 23:12", "2026-10-07 23:12")]
    [InlineData("周日 上午10:05", "2026-10-11 10:05")]
    [InlineData("下午3:20", "2026-10-14 15:20")]
    [InlineData("中午12:20", "2026-10-14 12:20")]
    [InlineData("凌晨12:20", "2026-10-14 00:20")]
    [InlineData("12:20 AM", "2026-10-14 00:20")]
    [InlineData("10月9日 16:20", "2026-10-09 16:20")]
    [InlineData("12月30日 16:20", "2025-12-30 16:20")]
    [InlineData("10-15 16:20", "2026-10-15 16:20")]
    [InlineData("10-16 16:20", "2025-10-16 16:20")]
    [InlineData("2月29日 16:20", "2024-02-29 16:20")]
    [InlineData("26/10/9 16:20", "2026-10-09 16:20")]
    [InlineData("9 Oct 2026 16:20", "2026-10-09 16:20")]
    [InlineData("October 9, 2026 4:20 PM", "2026-10-09 16:20")]
    [InlineData("2026-10-09T16:20:00+02:00", "2026-10-09 22:20")]
    [InlineData("2026-10-09T08:20:00Z", "2026-10-09 16:20")]
    public void Stamp_AsWritten_CompletedFromTheReceipt(string stamp, string expected)
    {
        var at = Chats.Parse($"钱多多 {stamp}\n好的").Chat.StartedAt.ShouldNotBeNull();

        at.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(expected);
        at.Offset.ShouldBe(TimeSpan.FromHours(8));
    }

    [Theory]
    [InlineData("13/10/2026", "09/10/2026", "10-13", "10-09")]
    [InlineData("10/13/2026", "10/09/2026", "10-13", "10-09")]
    [InlineData("05/09/2026", "01/10/2026", "09-05", "10-01")]
    [InlineData("09/08/2026", "10/07/2026", "09-08", "10-07")]
    public void NumbersOfADate_WholeText_TellsTheDay(string first, string second, string one, string other)
    {
        var chat = Chats.Parse($"[{first}, 16:20:33] Anna: hi\n[{second}, 16:20:33] Me: ok\n[{second}, 16:25:33] Me: ok?");

        chat.Said().Take(2).ShouldBe([$"Customer {one} 16:20 hi", $"Us {other} 16:20 ok"]);
    }

    [Fact]
    public void NumbersOfADate_OneOrderIsInTheFuture_IsNotTaken() =>
        Chats.Parse("[12/10/2026, 16:20:33] Anna: hi").Said().ShouldBe(["Unknown 10-12 16:20 hi"]);

    [Fact]
    public void NumbersOfADate_ChineseText_MonthFirst() =>
        Chats.Parse("钱多多 2/3 16:20\n你好\n我 2/3 16:21\n好的").Said().ShouldBe(["Customer 02-03 16:20 你好", "Us 02-03 16:21 好的"]);

    [Fact]
    public void TimesAlone_PastMidnight_EndOnTheDayOfReceipt() =>
        Chats.Parse("钱多多 23:58\n在吗\n我 00:03\n在的").Said().ShouldBe(["Customer 10-13 23:58 在吗", "Us 10-14 00:03 在的"]);

    [Fact]
    public void Divider_TimeAlone_DatesTheWordsBelow()
    {
        var chat = Chats.Parse("昨天 16:20\n\n钱多多:\n在吗\n我:\n在的");

        chat.Said().ShouldBe(["Customer 10-13 16:20 在吗", "Us 10-13 16:20 在的"]);
    }

    [Fact]
    public void Weekday_InAName_IsAName() =>
        Chats.Parse("周三丰 上午 10:05\n你好").Names.ShouldBe(["周三丰"]);
}
