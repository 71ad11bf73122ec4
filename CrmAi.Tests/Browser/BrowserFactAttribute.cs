namespace CrmAi.Tests.Browser;

/// <summary>A test in the system's Chromium. Without one it is skipped with the reason; under CI it fails.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (!BrowserFixture.HasChromium && Environment.GetEnvironmentVariable("CI") != "true") Skip = "Chromium is not installed: run infra/test.sh, or install the package chromium.";
    }
}
