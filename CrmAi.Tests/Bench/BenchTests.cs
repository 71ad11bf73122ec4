using CrmAi.Tests.Support;
using Whole = CrmAi.Bench.Web;

namespace CrmAi.Tests.Bench;

/// <summary>The benchmark on a handful of records, so that it still runs on the day it is wanted.</summary>
public sealed class BenchTests
{
    [Fact]
    public async Task Web_OnAFewRecords_MeasuresEveryRequest()
    {
        var folder = TestFolders.New();
        try
        {
            var program = Path.Combine(AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}CrmAi.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}CrmAi.Web{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "CrmAi.Web.dll");
            var report = await Whole.RunAsync(new(program, folder, Contacts: 60, Interactions: 60, Times: 2, Warm: 2, Most: TimeSpan.FromSeconds(30), Circuits: 0, Browser: null));

            ((string[])[Whole.List, Whole.Deepest, Whole.Filtered, Whole.One, Whole.Two, Whole.Four, Whole.Contact, Whole.Create]).ShouldBeSubsetOf(report.Names);
            report.One(Whole.List).Times.ShouldBe(2);
            var document = Path.Combine(folder, "figures.md");
            await File.WriteAllTextAsync(document, "before\n<!-- figures -->\nof another day\n<!-- end of figures -->\nafter\n");
            await report.WriteAsync(document);
            var written = await File.ReadAllTextAsync(document);
            written.ShouldStartWith("before\n<!-- figures -->\n");
            written.ShouldContain("| contact with timeline |");
            written.ShouldNotContain("of another day");
            written.ShouldEndWith("<!-- end of figures -->\nafter\n");
        }
        finally
        {
            TestFolders.Remove(folder);
        }
    }

    [Fact]
    public async Task Ledger_OfAModelThatOftenFails_BillsEachQuestionOnce()
    {
        var folder = TestFolders.New();
        try
        {
            var report = await CrmAi.Bench.Ledger.RunAsync(new(folder, Runs: 300, Questions: 120, Faults: 30, Callers: 8, Seed: 7, Stall: TimeSpan.FromSeconds(10)));

            report.Holds.ShouldBeTrue(report.ToString());
            (report.Billed, report.Rows, report.Twice, report.RerunAsked).ShouldBe((120, 120, 0, 0));
            report.Asked.ShouldBeGreaterThan(140, "faults were to happen");
        }
        finally
        {
            TestFolders.Remove(folder);
        }
    }

    [Fact]
    public async Task Night_OverAFewContacts_DoesEachOnceAndTheNextNone()
    {
        var folder = TestFolders.New();
        try
        {
            var report = await CrmAi.Bench.Nights.RunAsync(new(folder, Contacts: 90, Alone: 30, Asked: 40, AtOnce: 8, Answer: TimeSpan.FromMilliseconds(5)));

            (report.First.Progress.Chosen, report.First.Progress.Renewed, report.First.Progress.Failed).ShouldBe((90, 90, 0), report.ToString());
            (report.Second.Chosen, report.Second.Renewed).ShouldBe((0, 0));
            (report.Model.Chosen, report.Model.Renewed, report.Model.Failed).ShouldBe((40, 40, 0), report.ToString());
            report.SecondCalls.ShouldBe(0);
            (report.First.Reading + report.First.Analysis + report.First.Scoring + report.First.Writing).ShouldBe(1, 0.001);
        }
        finally
        {
            TestFolders.Remove(folder);
        }
    }

    [Fact]
    public async Task Import_OfAFewRows_IsMeasuredBesideABulkWriteAndTakenBack()
    {
        var folder = TestFolders.New();
        try
        {
            var measures = new List<CrmAi.Bench.ImportMeasure>();
            await foreach (var measure in CrmAi.Bench.Imports.RunAsync(folder, [80], withSaves: true)) measures.Add(measure);

            measures.Select(m => m.Rows).ShouldBe([80, 20]);
            measures[0].ShouldSatisfyAllConditions(m => m.Bulk.ShouldNotBeNull().ShouldBeGreaterThan(0), m => m.Run.ShouldBeGreaterThan(0), m => m.Undo.ShouldBeNull());
            measures[1].ShouldSatisfyAllConditions(m => m.Bulk.ShouldBeNull(), m => m.Undo.ShouldNotBeNull().ShouldBeGreaterThan(0), m => m.Saves.ShouldNotBeEmpty());
        }
        finally
        {
            TestFolders.Remove(folder);
        }
    }
}
