using CrmAi.Domain.Contacts;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Users;

namespace CrmAi.Tests.Users;

public sealed class PermissionsTests
{
    // Columns: ReadContacts, WriteContacts, ReadInteractions, WriteInteractions, WriteTasks, ReadHistory, ReadAiRuns, ManageTags, ManageCustomFields, Administer.
    [Theory]
    [InlineData(Role.Admin, "+++++++++++")]
    [InlineData(Role.Manager, "+++++++++--")]
    [InlineData(Role.SalesRep, "+++++++++--")]
    [InlineData(Role.SupportAgent, "+-+++------")]
    [InlineData(Role.Trainer, "+-+-+------")]
    [InlineData(Role.Analyst, "+-+---++---")]
    [InlineData(Role.Viewer, "+-+--------")]
    public void Role_OfTheTable_MayDoThisAndNoMore(Role role, string row) =>
        string.Concat(Enum.GetValues<Operation>().Select(o => Permissions.Allow(role, o) ? '+' : '-')).ShouldBe(row);

    [Fact]
    public void Role_OutsideTheTable_MayNothing() => Enum.GetValues<Operation>().ShouldAllBe(o => !Permissions.Allow((Role)99, o));

    [Theory]
    [InlineData("13800006620", "138****6620")]
    [InlineData("1234567", "****")]
    [InlineData(null, null)]
    public void Phone_Masked_KeepsItsEnds(string? text, string? masked) => Masks.Phone(text).ShouldBe(masked);

    [Theory]
    [InlineData("zhang@maker.example", "z***@maker.example")]
    [InlineData("@maker.example", "***")]
    [InlineData("broken", "***")]
    [InlineData(null, null)]
    public void Email_Masked_KeepsFirstLetterAndDomain(string? text, string? masked) => Masks.Email(text).ShouldBe(masked);

    [Theory]
    [InlineData("zhangsan", "zh***")]
    [InlineData("ab", "***")]
    [InlineData(null, null)]
    public void WeChat_Masked_KeepsTwoLetters(string? text, string? masked) => Masks.WeChat(text).ShouldBe(masked);

    [Fact]
    public void Retries_OfAJob_GrowAndEnd() => Enumerable.Range(1, 5).Select(JobRetries.DelayAfter)
        .ShouldBe([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(32), null, null]);
}
