using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Web.Contacts.Lists;

namespace CrmAi.Tests.Contacts;

public sealed class RowRangesTests
{
    private static ContactRow[] Rows(int count) => [.. Enumerable.Range(0, count).Select(i => new ContactRow(Guid.CreateVersion7(), $"第 {i} 位", null, null, Priority.Low, DealStage.Prospecting, null, null, null, 0))];

    private static ContactSlice Slice(int start, ContactRow[] rows) => new(rows, 100_000, new(start, $"c{start}"), new(start + rows.Length - 1, $"c{start + rows.Length - 1}"));

    [Fact]
    public void Near_AfterSeveralRanges_IsTheClosestOrTheBeginning()
    {
        var ranges = new RowRanges();
        ranges.Take(0, Slice(0, Rows(40)));
        ranges.Take(60_000, Slice(60_000, Rows(40)));
        ranges.Near(60_040)!.Position.ShouldBe(60_039);
        ranges.Near(59_900)!.Position.ShouldBeInRange(60_000, 60_039);
        ranges.Near(50)!.Position.ShouldBe(39);
        ranges.Near(10).ShouldBeNull("the beginning is nearer");
        ranges.Clear();
        ranges.Near(60_040).ShouldBeNull("the data are others");
    }

    [Fact]
    public void Take_ThroughALongList_KeepsFewRowsAndAnchors()
    {
        var ranges = new RowRanges();
        var first = Rows(50);
        ranges.Take(0, Slice(0, first));
        for (var start = 50; start < 20_000; start += 50) ranges.Take(start, Slice(start, Rows(50)));
        ranges.At(0).ShouldBeNull("far rows are let go");
        ranges.PlaceOf(first[0].Id).ShouldBeNull();
        ranges.At(19_990).ShouldNotBeNull();
        ranges.Near(5_000).ShouldNotBeNull().Position.ShouldBeInRange(4_900, 5_100);
    }

    [Fact]
    public void Move_BeforeAnother_ShiftsThoseBetween()
    {
        var (ranges, rows) = (new RowRanges(), Rows(4));
        ranges.Take(0, Slice(0, rows));
        ranges.Move([rows[3].Id, rows[0].Id], rows[2].Id).ShouldBeTrue();
        ranges.Known(0, 4)!.Select(r => Array.IndexOf(rows, r)).ShouldBe([1, 0, 3, 2]);
        ranges.Move([rows[1].Id], null).ShouldBeTrue();
        ranges.Known(0, 4)!.Select(r => Array.IndexOf(rows, r)).ShouldBe([0, 3, 2, 1]);
        ranges.Move([Guid.CreateVersion7()], null).ShouldBeFalse();
    }

    [Fact]
    public void Known_BeyondWhatWasRead_IsNotAnswered()
    {
        var ranges = new RowRanges();
        ranges.Take(10, Slice(10, Rows(5)));
        ranges.Known(10, 5)!.Count.ShouldBe(5);
        ranges.Known(9, 3).ShouldBeNull();
        ranges.Known(13, 3).ShouldBeNull();
    }

    [Fact]
    public void Selection_AllButSome_AsksForTheListWithout()
    {
        var (selection, rows, query) = (new RowSelection(), Rows(3), new ContactQuery(Priority: Priority.High));
        selection.Flip(rows[0].Id, 0);
        selection.Request(query, BulkAction.Archive, null, null).Ids.ShouldBe([rows[0].Id]);
        selection.All();
        selection.Flip(rows[1].Id, 1);
        selection.Count(402).ShouldBe(401);
        (selection.Has(rows[0].Id), selection.Has(rows[1].Id)).ShouldBe((true, false));
        var request = selection.Request(query, BulkAction.Archive, null, null);
        (request.Ids, request.All).ShouldBe((null, query));
        request.Except.ShouldBe([rows[1].Id]);
        selection.Add([rows[1].Id]);
        selection.Count(402).ShouldBe(402);
    }
}
