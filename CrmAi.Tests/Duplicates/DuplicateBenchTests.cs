using CrmAi.Bench;
using CrmAi.Domain.Duplicates;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Duplicates;

/// <summary>A small piece of what infra/bench measures, with words that no threshold was chosen on and with the others.</summary>
public sealed class DuplicateBenchTests
{
    [Theory]
    [InlineData(3, false, MergeKind.Contact)]
    [InlineData(4, true, MergeKind.Contact)]
    [InlineData(4, true, MergeKind.Account)]
    public async Task Planted_AmongTwoThousand_AreFound_AndFewOthers(int seed, bool heldOut, MergeKind kind)
    {
        var folder = TestFolders.New();
        try
        {
            var report = await DuplicateRuns.RunAsync(new(folder, 2_000, 100, seed, heldOut, Checks: 20, Predictions: Path.Combine(folder, "found.csv"), kind));
            report.Recall.ShouldBeGreaterThanOrEqualTo(0.95, report.ToString());
            report.Precision.ShouldBeGreaterThanOrEqualTo(0.9, report.ToString());
            File.ReadLines(Path.Combine(folder, "found.csv")).Count().ShouldBeGreaterThan(report.Found);
        }
        finally
        {
            TestFolders.Remove(folder);
        }
    }

    [Fact]
    public void People_OfOneSeed_AreTheSameAgain() =>
        new DuplicateData(5, DuplicateWords.Chosen).Make(600, 24).Select(p => (p.Fields.Name, p.Fields.Mobile, p.Of)).ShouldBe(new DuplicateData(5, DuplicateWords.Chosen).Make(600, 24).Select(p => (p.Fields.Name, p.Fields.Mobile, p.Of)));
}
