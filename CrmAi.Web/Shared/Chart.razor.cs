using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Shared;

/// <summary>Columns by time, or bars by kind. Of columns this is the one place that names the component library's chart; bars are ours, for their names are long and break into lines.</summary>
public sealed partial class Chart : ComponentBase
{
    private const int MostLabels = 6;

    // Told apart without their hue as well: light and dark alternate, and the table has them in the same order.
    private static readonly string[] Colours = ["var(--primary)", "var(--medium)", "var(--low)", "var(--rival)", "var(--high)", "var(--mute)", "var(--need)"];

    [Parameter, EditorRequired] public string Title { get; set; } = "";
    [Parameter] public string? Hint { get; set; }
    [Parameter] public ChartKind Kind { get; set; }

    /// <summary>What the categories are: "day".</summary>
    [Parameter, EditorRequired] public string CategoryName { get; set; } = "";
    [Parameter, EditorRequired] public IReadOnlyList<string> Categories { get; set; } = [];
    [Parameter, EditorRequired] public IReadOnlyList<ChartSeries> Series { get; set; } = [];

    /// <summary>How a value reads, on the axis and in the table.</summary>
    [Parameter, EditorRequired] public Func<double, string> Format { get; set; } = value => value.ToString(CultureInfo.CurrentCulture);

    /// <summary>The end of the axis; by itself a round number above the highest value.</summary>
    [Parameter] public double? Most { get; set; }

    /// <summary>Values are counts: the axis is marked at whole numbers alone.</summary>
    [Parameter] public bool Whole { get; set; }

    private double Ceiling => Most ?? Round(Kind == ChartKind.Bars ? Series.SelectMany(s => s.Values).DefaultIfEmpty().Max() : Enumerable.Range(0, Categories.Count).Select(i => Series.Sum(s => s.Values[i])).DefaultIfEmpty().Max(), Whole);

    private string Spoken => string.Join("; ", Series.Select(s => $"{s.Name}: {Format(s.Values.Sum())}")) is var sums && Kind == ChartKind.Columns ? $"{Title}. {sums}" : Title;

    private double? ColumnWidth => Categories.Count <= 10 ? 32 : null;

    /// <summary>The least of 1, 2, 4, 5 or 8 times a power of ten that is not below the value: each has a quarter that reads well.</summary>
    public static double Round(double highest, bool whole)
    {
        if (highest <= 0) return whole ? 4 : 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(highest)));
        var steps = (double[])[1, 2, 4, 5, 8, 10];
        var found = steps.Select(step => step * power).First(limit => limit >= highest * 0.9999);
        if (!whole) return found;
        return found <= 4 ? 4 : Math.Ceiling(found / 4) * 4;
    }

    public static string Colour(ChartSeries series, int at) => Colours[(series.Shade ?? at) % Colours.Length];

    private string Part(double value) => string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(value / Ceiling, 0, 1):0.####}");

    private IEnumerable<Point> Points(ChartSeries series) => Categories.Zip(series.Values, (category, value) => new Point(category, value));

    // Of many days only some are named, the last always.
    private string Label(object category)
    {
        var name = category as string ?? "";
        if (Categories.Count <= MostLabels) return name;
        var every = (int)Math.Ceiling(Categories.Count / (double)MostLabels);
        var at = Place(name);
        return at >= 0 && (Categories.Count - 1 - at) % every == 0 ? name : "";
    }

    private int Place(string category)
    {
        for (var i = 0; i < Categories.Count; i++)
            if (Categories[i] == category) return i;
        return -1;
    }

    public sealed record Point(string Category, double Value);
}
