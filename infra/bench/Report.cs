using System.Globalization;
using System.Text;

namespace CrmAi.Bench;

/// <param name="Aim">What the figure should stay under, null where there is none.</param>
internal sealed record Figure(string Name, string Value, string? Aim = null, bool? Met = null);

/// <summary>The figures of one run, as text for a console and for the document.</summary>
internal sealed class Report
{
    private const string Begin = "<!-- figures -->", End = "<!-- end of figures -->";

    private readonly List<(string Name, Timing One, Timing Eight, Timing? Raw)> requests = [];
    private readonly List<Figure> figures = [];

    public Timing Empty { get; set; } = new(0, 0, 0);

    public string Size { get; set; } = "";

    public IEnumerable<string> Names => requests.Select(r => r.Name).Concat(figures.Select(f => f.Name));

    public void Add(string name, Timing one, Timing eight, Timing? raw) => requests.Add((name, one, eight, raw));

    public void Add(Figure figure) => figures.Add(figure);

    /// <summary>To what the same rows and an empty request take.</summary>
    public double RatioOf(string name) => requests.Single(r => r.Name == name) is var r ? r.One.P50 / (r.Raw!.P50 + Empty.P50) : 0;

    public Timing One(string name) => requests.Single(r => r.Name == name).One;

    public string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd}, {Machine()}. {Size}").AppendLine();
        text.AppendLine("| over HTTP, ms | one client p50 | p95 | eight clients p50 | p95 | rows raw p50 | ratio | server's CPU | raw CPU |").AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| empty request | {Empty.P50:F2} | {Empty.P95:F2} | | | | | {Empty.Cpu:F2} | |");
        foreach (var (name, one, eight, raw) in requests)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {one.P50:F2} | {one.P95:F2} | {eight.P50:F2} | {eight.P95:F2} | {(raw is null ? "" : raw.P50.ToString("F2", CultureInfo.InvariantCulture))} | {(raw is null ? "" : RatioOf(name).ToString("F2", CultureInfo.InvariantCulture))} | {eight.Cpu:F2} | {(raw is null ? "" : raw.Cpu.ToString("F2", CultureInfo.InvariantCulture))} |");
        text.AppendLine().AppendLine("| | measured | aim | |").AppendLine("| --- | ---: | ---: | --- |");
        foreach (var figure in figures) text.AppendLine(CultureInfo.InvariantCulture, $"| {figure.Name} | {figure.Value} | {figure.Aim} | {(figure.Met switch { true => "met", false => "missed", null => "" })} |");
        return text.ToString();
    }

    /// <summary>Puts the figures into the document, in place of those of the run before.</summary>
    public async Task WriteAsync(string file)
    {
        var text = await File.ReadAllTextAsync(file);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from) throw new InvalidOperationException($"{file} has no place for figures.");
        await File.WriteAllTextAsync(file, $"{text[..(from + Begin.Length)]}\n{Text()}{text[to..]}");
    }

    private static string Machine()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30);
        var load = File.Exists("/proc/loadavg") ? $", load {File.ReadAllText("/proc/loadavg").Split(' ')[0]} when it ended" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {memory} GB, .NET {Environment.Version}{load}");
    }
}
