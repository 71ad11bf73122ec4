using CrmAi.Infrastructure.Imports;

namespace CrmAi.Tests.Imports;

/// <summary>What is kept of a file's rows while it is imported: how else would a row be told from those before.</summary>
public sealed class FileKeysTests
{
    [Fact]
    public void Batch_ThatIsBeingWritten_Counts_AndNoLongerWhereItIsNotWritten()
    {
        var keys = new FileKeys();
        keys.Stage([Row(2, 7)]);
        keys.RowOf([7]).ShouldBe(2);
        keys.Drop();
        keys.RowOf([7]).ShouldBeNull();
        keys.Stage([Row(3, 7)]);
        keys.Settle();
        keys.Drop();
        keys.RowOf([9, 7]).ShouldBe(3);
    }

    [Fact]
    public void HundredThousandRows_OfFourKeysEach_TakeLessThanFortyMegabytes()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var keys = new FileKeys();
        for (var i = 0; i < 100_000; i++)
        {
            keys.Stage([Row(i, [.. Enumerable.Range(i * 4, 4).Select(k => (UInt128)k)])]);
            keys.Settle();
        }
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        keys.RowOf([399_999]).ShouldBe(99_999);
        taken.ShouldBeInRange(400_000 * 20, 40 * 1024 * 1024, "a key and a number each, and nothing else of a row");
    }

    private static Plain Row(int number, params UInt128[] keys)
    {
        var row = new Plain { Number = number };
        row.Keys.AddRange(keys);
        return row;
    }

    private sealed class Plain : RowDraft;
}
