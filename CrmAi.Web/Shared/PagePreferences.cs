namespace CrmAi.Web.Shared;

/// <summary>How the first page of a visit is drawn, before anything is asked of the database. Filled from the request.</summary>
public sealed class PagePreferences
{
    /// <summary>What this browser chose last, one of <see cref="ThemeNames.All"/>.</summary>
    public string Theme { get; set; } = ThemeNames.System;

    /// <summary>False for the pages that are plain HTML, such as the sign-in page.</summary>
    public bool IsInteractive { get; set; } = true;
}
