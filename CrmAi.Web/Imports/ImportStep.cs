namespace CrmAi.Web.Imports;

/// <summary>Where one stands between a file and its report.</summary>
public enum ImportStep { Columns, Check, Run, Report }
