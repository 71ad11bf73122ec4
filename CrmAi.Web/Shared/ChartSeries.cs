namespace CrmAi.Web.Shared;

public enum ChartKind { Columns, Bars }

/// <summary>One colour of a chart: a value for each of its categories.</summary>
/// <param name="Shade">Which colour, from 0, for what is to keep its own whatever stands beside it; its place where null.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double> Values, int? Shade = null);
