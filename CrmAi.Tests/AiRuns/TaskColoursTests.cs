using CrmAi.Domain.AiRuns;
using CrmAi.Web.AiRuns;
using CrmAi.Web.Shared;

namespace CrmAi.Tests.AiRuns;

/// <summary>Charts of different people can be laid side by side.</summary>
public sealed class TaskColoursTests
{
    [Fact]
    public void Task_HasOneColour_WhereverItStands()
    {
        var types = Enum.GetValues<AiRunType>();
        types.Select(t => Chart.Colour(new("", [], AiCharts.Shade(t)), 0)).Distinct().Count().ShouldBe(types.Length);
        foreach (var type in types) Chart.Colour(new("", [], AiCharts.Shade(type)), 0).ShouldBe(Chart.Colour(new("", [], AiCharts.Shade(type)), 3));
    }
}
