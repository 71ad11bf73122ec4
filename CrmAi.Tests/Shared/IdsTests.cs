using CrmAi.Domain.Shared;

namespace CrmAi.Tests.Shared;

public sealed class IdsTests
{
    [Fact]
    public void Ids_OfOneMillisecond_SortAsMade()
    {
        var made = Enumerable.Range(0, 20_000).Select(_ => Ids.Next()).ToList();
        made.ShouldBe(made.Order());
        made.Select(id => Convert.ToHexString(id.ToByteArray(true))).ShouldBe(made.Select(id => Convert.ToHexString(id.ToByteArray(true))).Order(StringComparer.Ordinal));
        made.ShouldAllBe(id => id.Version == 7 && id.Variant >= 8 && id.Variant <= 11);
    }

    [Fact]
    public void Ids_MadeByManyAtOnce_AreAllDifferent()
    {
        var made = new Guid[8][];
        Parallel.For(0, made.Length, i => made[i] = [.. Enumerable.Range(0, 5_000).Select(_ => Ids.Next())]);
        made.SelectMany(m => m).Distinct().Count().ShouldBe(40_000);
        foreach (var ids in made) ids.ShouldBe(ids.Order());
    }
}
