using System.Text.RegularExpressions;
using CrmAi.Domain.Contacts;

namespace CrmAi.Tests.Architecture;

public sealed class LayerTests
{
    [Fact]
    public void Domain_RefersToTheFrameworkAlone()
    {
        typeof(Contact).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n != "netstandard" && !n.StartsWith("System.", StringComparison.Ordinal)).ShouldBeEmpty();
        Sources.Places(["CrmAi.Domain/CrmAi.Domain.csproj"], "PackageReference|ProjectReference|FrameworkReference").ShouldBeEmpty();
    }

    [Fact]
    public void Web_ReachesInfrastructureFromSetupAlone() =>
        Sources.Places(Sources.In("CrmAi.Web", ".cs", ".razor").Where(f => !f.StartsWith("CrmAi.Web/Setup/", StringComparison.Ordinal)), @"\bCrmAi\.Infrastructure\b|@using CrmAi\.Infrastructure").ShouldBeEmpty();

    [Fact]
    public void OutsideServices_AreNamedInPlatformAlone()
    {
        const string vendors = @"\b(using(\s+static)?|global::)?\s*(Quartz|OpenAI|Azure|RabbitMQ|Polly|Tesseract|Microsoft\.Data\.SqlClient|Microsoft\.Data\.Sqlite)(\.\w+)*\s*;";
        var files = Sources.In("CrmAi.Domain", ".cs").Concat(Sources.In("CrmAi.Infrastructure", ".cs")).Concat(Sources.In("CrmAi.Web", ".cs", ".razor"))
            .Where(f => !f.StartsWith("CrmAi.Infrastructure/Platform/", StringComparison.Ordinal)).ToList();
        // The database's own drivers may be named where the database is.
        Sources.Places(files, vendors).Where(p => !(p.StartsWith("CrmAi.Infrastructure/Data/", StringComparison.Ordinal) && p.Contains("Microsoft.Data.Sql", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Domain_UsesNoAspNetAndNoEntityFramework() =>
        Sources.Places(Sources.In("CrmAi.Domain", ".cs"), @"\bMicrosoft\.").ShouldBeEmpty();

    [Fact]
    public void Components_DoNotTouchTheRequest() =>
        Sources.Places(Sources.In("CrmAi.Web", ".razor", ".razor.cs"), @"\b(IHttpContextAccessor|HttpContext)\b").ShouldBeEmpty();

    [Fact]
    public void Features_AddThemselvesOnceAndAreAdded()
    {
        var composed = Sources.Read("CrmAi.Infrastructure/InfrastructureFeature.cs") + string.Concat(Sources.In("CrmAi.Infrastructure/Platform", "Feature.cs").Select(Sources.Read));
        var features = Sources.In("CrmAi.Infrastructure", "Feature.cs").Where(f => !f.EndsWith("/InfrastructureFeature.cs", StringComparison.Ordinal)).ToList();
        features.Count.ShouldBeGreaterThan(7);
        foreach (var feature in features)
        {
            var adds = Regex.Matches(Sources.Read(feature), @"public static IServiceCollection (Add\w+)\(");
            adds.Count.ShouldBe(1, $"{feature} has one Add method");
            Regex.Count(composed, $@"\.{adds[0].Groups[1].Value}\(").ShouldBe(1, $"{feature} is added once");
        }
        foreach (var folder in Directory.GetDirectories(Path.Combine(Sources.Root, "CrmAi.Infrastructure")).Select(Path.GetFileName))
        {
            if (folder is "bin" or "obj" or "Platform" or "Prompts") continue; // tools, tables and texts without services
            Sources.In($"CrmAi.Infrastructure/{folder}", "Feature.cs").ShouldNotBeEmpty($"{folder} has a feature");
        }
    }
}
