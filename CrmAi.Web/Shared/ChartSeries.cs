namespace CrmAi.Web.Shared;

public enum ChartKind { Columns, Bars }

/// <summary>One colour of a chart: a value for each of its categories.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<double> Values);
