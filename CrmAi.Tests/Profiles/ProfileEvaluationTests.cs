using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Profiles;

namespace CrmAi.Tests.Profiles;

/// <summary>What the rules make of labelled customers: floors under what was measured, so that no vocabulary grows at another's cost.</summary>
public sealed class ProfileEvaluationTests
{
    private static readonly RulesConversationAnalyst Reader = new();
    // In the order of the measures' classes: DISC, style, decision, budget, authority, need, timeline.
    private static readonly Dictionary<(string File, int Odd), Floor> Floors = new()
    {
        [("blind.jsonl", 1)] = new([0.9, 0.8, 0.7, 0.85, 0.85, 0.85, 0.85], 0.55, 0.75),
        [("blind.jsonl", 0)] = new([0.8, 0.6, 0.5, 0.7, 0.7, 0.75, 0.8], 0.25, 0.28),
        [("trades.jsonl", 1)] = new([0.9, 0.9, 0.6, 0.9, 0.9, 0.85, 0.9], 0.6, 0.7),
        [("trades.jsonl", 0)] = new([0.9, 0.9, 0.6, 0.85, 0.75, 0.8, 0.8], 0.55, 0.4),
    };

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Profiles", "Cases");

    /// <summary>Odd numbers were looked at while the vocabularies grew, even ones were not.</summary>
    [Theory]
    [InlineData("blind.jsonl", 1)]
    [InlineData("blind.jsonl", 0)]
    [InlineData("trades.jsonl", 1)]
    [InlineData("trades.jsonl", 0)]
    public async Task Rules_OverLabelledCustomers_KeepTheirMeasures(string file, int odd)
    {
        var (measures, bad) = await MeasureAsync(file, odd);

        bad.ShouldBe(0);
        measures.QuotesExact.ShouldBe(1);
        measures.ThinSilence!.Value.ShouldBeGreaterThanOrEqualTo(0.9, "too little evidence is no judgement");
        var floors = Floors[(file, odd)];
        foreach (var (name, floor) in ProfileMeasures.Classes.Zip(floors.Classes)) measures.Accuracy(name).ShouldBeGreaterThanOrEqualTo(floor, $"{file} {odd}: {name}");
        measures.Needs.F1!.Value.ShouldBeGreaterThanOrEqualTo(floors.Needs);
        measures.Objections.F1!.Value.ShouldBeGreaterThanOrEqualTo(floors.Objections);
    }

    private static async Task<(ProfileMeasures, int)> MeasureAsync(string file, int odd)
    {
        var half = Path.Combine(Directory.CreateTempSubdirectory("profiles").FullName, file);
        await File.WriteAllLinesAsync(half, File.ReadLines(Path.Combine(Folder, file)).Where((_, index) => (index + 1) % 2 == odd));
        var (measures, bad, _) = await ProfileEvaluation.MeasureAsync(half, null, Reader, new RulesProfileAnalyst(), TextWriter.Null, CancellationToken.None);
        Directory.Delete(Path.GetDirectoryName(half)!, recursive: true);
        return (measures, bad);
    }

    private sealed record Floor(double[] Classes, double Needs, double Objections);
}
