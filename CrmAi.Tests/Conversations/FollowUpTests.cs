using CrmAi.Domain.Conversations;

namespace CrmAi.Tests.Conversations;

public sealed class FollowUpTests
{
    [Theory]
    // the day of the conversation is Wednesday 14 October 2026
    [InlineData("约好周五再聊", "2026-10-16", null)]
    [InlineData("约好本周五再聊", "2026-10-16", null)]
    [InlineData("约好周一再聊", "2026-10-19", null)]
    [InlineData("约好下周三再聊", "2026-10-21", null)]
    [InlineData("约好下下周二再聊", "2026-10-27", null)]
    [InlineData("约好下星期日再聊", "2026-10-25", null)]
    [InlineData("明天下午三点过去拜访", "2026-10-15", "15:00")]
    [InlineData("后天上午9点半开会", "2026-10-16", "09:30")]
    [InlineData("大后天再联系", "2026-10-17", null)]
    [InlineData("周五14:00电话沟通", "2026-10-16", "14:00")]
    [InlineData("周五中午十二点见面", "2026-10-16", "12:00")]
    [InlineData("28号前把方案发给他", "2026-10-28", null)]
    [InlineData("3号再打过去", "2026-11-03", null)]
    [InlineData("下月5号来签合同", "2026-11-05", null)]
    [InlineData("月底前给答复", "2026-10-31", null)]
    [InlineData("11月底前给答复", "2026-11-30", null)]
    [InlineData("年底前给答复", "2026-12-31", null)]
    [InlineData("11/11 14:00 电话会议", "2026-11-11", "14:00")]
    [InlineData("十一月二十号来开会", "2026-11-20", null)]
    [InlineData("明年的合同1月6日上午十点来签", "2027-01-06", "10:00")]
    [InlineData("2027年3月1日再约", "2027-03-01", null)]
    [InlineData("两周后我再打给他", "2026-10-28", null)]
    [InlineData("三个工作日内回复客户", "2026-10-19", null)]
    [InlineData("过完元旦再去找她", "2027-01-02", null)]
    [InlineData("双十一后再约", "2026-11-12", null)]
    [InlineData("Let's meet next Tuesday at 10am", "2026-10-20", "10:00")]
    [InlineData("Let's meet on Friday at 3:30 pm", "2026-10-16", "15:30")]
    [InlineData("I will call her again in two weeks", "2026-10-28", null)]
    [InlineData("Please send the quote by November 9", "2026-11-09", null)]
    [InlineData("Please send the quote by 9 November 2026", "2026-11-09", null)]
    [InlineData("I will check back at the end of Q4", "2026-12-31", null)]
    [InlineData("I will check back at the end of the month", "2026-10-31", null)]
    [InlineData("Call me tomorrow at noon", "2026-10-15", "12:00")]
    [InlineData("Kickoff meeting on January 6 at 9:30am", "2027-01-06", "09:30")]
    [InlineData("我们约了 next Wednesday 下午两点 final call", "2026-10-21", "14:00")]
    public void FollowUp_DateInWords_IsResolvedAgainstTheDay(string text, string date, string? time)
    {
        var finding = Conversations.Read(text).Findings.Where(f => f.Kind == FindingKind.FollowUp).ShouldHaveSingleItem();

        finding.Date.ShouldBe(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture));
        finding.Time?.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(time);
    }

    [Fact]
    public void FollowUp_AfterNationalDay_IsTheEighth() =>
        Conversations.Read("说好国庆后我再打", at: new(2026, 9, 29, 10, 0, 0, TimeSpan.FromHours(8))).Findings.Single(f => f.Kind == FindingKind.FollowUp).Date.ShouldBe(new DateOnly(2026, 10, 8));

    [Theory]
    [InlineData("过完年再说吧")]
    [InlineData("下个月再看看")]
    [InlineData("过段时间再联系")]
    [InlineData("上周三已经见过面了")]
    [InlineData("9月18日我们开过会")]
    [InlineData("I'm out of the office until October 26")]
    [InlineData("They want to go live on December 1")]
    [InlineData("我们在3号楼试用了两周，电话是8号线")]
    [InlineData("本周一来过")]
    public void FollowUp_OpenOrPastOrTheirOwnDate_IsNone(string text) =>
        Conversations.Read(text).Findings.ShouldNotContain(f => f.Kind == FindingKind.FollowUp);
}
