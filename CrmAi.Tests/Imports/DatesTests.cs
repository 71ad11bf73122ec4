using CrmAi.Domain.Imports;

namespace CrmAi.Tests.Imports;

public sealed class DatesTests
{
    [Theory]
    [InlineData("2024-05-06", "2024-05-06")]
    [InlineData("2024/5/6 14:30", "2024-05-06 14:30")]
    [InlineData("2024年5月6日", "2024-05-06")]
    [InlineData("2024年5月6日 下午2点半", "2024-05-06 14:30")]
    [InlineData("二〇二四年十二月二十五日", "2024-12-25")]
    [InlineData("２０２４－０５－０６", "2024-05-06")]
    [InlineData("20240506", "2024-05-06")]
    [InlineData("6 May 2024", "2024-05-06")]
    [InlineData("May 6, 2024 2:30 PM", "2024-05-06 14:30")]
    [InlineData("Mon, 06 May 2024 10:00:00", "2024-05-06 10:00")]
    [InlineData("45418", "2024-05-06")]
    [InlineData("45418.5", "2024-05-06 12:00")]
    [InlineData("25/12/2024", "2024-12-25")]
    [InlineData("2024-02-30", null)]
    [InlineData("13/13/2024", null)]
    [InlineData("明天", null)]
    [InlineData("13800006620", null)]
    [InlineData("2024-05-06 25:00", null)]
    public void Text_ThatIsOneDay_IsReadWithoutAnOrder(string text, string? day)
    {
        var read = ImportDates.Read(text, null, out var isOpen);
        isOpen.ShouldBeFalse();
        (read is { } moment ? moment.At.ToString(moment.HasTime ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null).ShouldBe(day);
    }

    [Fact]
    public void Instants_AreOfTheWritersZone_UnlessTheySayAnother()
    {
        var shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        ImportDates.Read("2024-05-06 14:30", null, out _)!.Value.ToUtc(shanghai).ShouldBe(new(2024, 5, 6, 6, 30, 0, DateTimeKind.Utc));
        ImportDates.Read("2024-05-06T14:30:00Z", null, out _)!.Value.ToUtc(shanghai).ShouldBe(new(2024, 5, 6, 14, 30, 0, DateTimeKind.Utc));
        ImportDates.Read("2024-05-06T14:30:00+09:00", null, out _)!.Value.ToUtc(shanghai).ShouldBe(new(2024, 5, 6, 5, 30, 0, DateTimeKind.Utc));
        ImportDates.Read("1714977000", null, out _)!.Value.ToUtc(shanghai).ShouldBe(new(2024, 5, 6, 6, 30, 0, DateTimeKind.Utc));
    }

    [Theory]
    [InlineData("05/06/2024,25/06/2024", DateOrder.DayMonthYear)]
    [InlineData("05/06/2024,06/25/2024", DateOrder.MonthDayYear)]
    [InlineData("2024-05-06,2024-12-25", DateOrder.YearMonthDay)]
    [InlineData("2024-05-06,2024-25-12", DateOrder.YearDayMonth)]
    [InlineData("6 May 2024,2024年5月6日", DateOrder.YearMonthDay)]
    [InlineData("20-10-16,25-10-16,01-03-17,31-10-00", DateOrder.DayMonthYear)]
    public void Order_IsDecidedByTheColumn(string column, DateOrder order) => Of(column).Decided.ShouldBe(order);

    [Fact]
    public void Order_ThatNothingDecides_IsAskedFor_AndNotGuessed()
    {
        var orders = Of("05/06/2024,07/08/2024,1/2/2024");
        orders.Possible.ShouldBe([DateOrder.DayMonthYear, DateOrder.MonthDayYear]);
        orders.Decided.ShouldBeNull();
        ImportDates.Read("05/06/2024", null, out var isOpen).ShouldBeNull();
        isOpen.ShouldBeTrue();
        ImportDates.Read("05/06/2024", DateOrder.DayMonthYear, out _)!.Value.Day.ShouldBe(new(2024, 6, 5));
        ImportDates.Read("05/06/2024", DateOrder.MonthDayYear, out _)!.Value.Day.ShouldBe(new(2024, 5, 6));
        ImportDates.Read("05/05/2024", null, out isOpen)!.Value.Day.ShouldBe(new(2024, 5, 5), "either order means the same");
        Of("25/12/2024,12/25/2024").Possible.ShouldBeEmpty("the column mixes them");
    }

    private static DateOrders Of(string column)
    {
        var orders = new DateOrders();
        foreach (var text in column.Split(',')) orders.See(text);
        return orders;
    }
}
