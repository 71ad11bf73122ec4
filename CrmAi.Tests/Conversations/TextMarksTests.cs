using AngleSharp.Dom;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.Conversations;

namespace CrmAi.Tests.Conversations;

public sealed class TextMarksTests
{
    private const string Text = "价格高了一成，预算八十万左右";

    private static readonly Guid Interaction = Guid.CreateVersion7();

    [Fact]
    public void Cut_OverlappingClaims_EachCharacterOnceWithAllItsClaims()
    {
        var price = Pages.Finding(Interaction, Text, "价格高了一成，预算", FindingKind.Objection, ObjectionKind.Price);
        var budget = Pages.Finding(Interaction, Text, "预算八十万", FindingKind.Budget);

        var runs = TextMarks.Cut(0, Text.Length, [budget, price], null);

        string.Concat(runs.Select(r => Text.Substring(r.Start, r.Length))).ShouldBe(Text);
        runs.Select(r => (Text.Substring(r.Start, r.Length), r.Findings.Count)).ShouldBe([("价格高了一成，", 1), ("预算", 2), ("八十万", 1), ("左右", 0)]);
        runs[1].Findings[0].ShouldBe(price); // the objection gives the colour
    }

    [Fact]
    public void Cut_ClaimBeyondTheTurn_IsClippedToIt()
    {
        var finding = Pages.Finding(Interaction, Text, "一成，预算八十万", FindingKind.Need);
        var runs = TextMarks.Cut(7, 4, [finding], new Evidence(Interaction, 0, 9));
        runs.Select(r => (r.Start, r.Length, r.IsTarget)).ShouldBe([(7, 2, true), (9, 2, false)]);
    }

    [Fact]
    public async Task MarkedText_WithMarkupInIt_ShowsItAsText()
    {
        const string Hostile = "<script>alert(1)</script>太贵了<img src=x onerror=alert(1)>";
        await using var page = await ComponentPage.RenderAsync<MarkedText>(_ => { }, new
        {
            Text = Hostile,
            Hostile.Length,
            Findings = (IReadOnlyList<QuotedFinding>)[Pages.Finding(Interaction, Hostile, "</script>太贵了", FindingKind.Objection, ObjectionKind.Price)],
        });

        page.Document.QuerySelectorAll("script, img").ShouldBeEmpty();
        page.Document.Body!.TextContent.Replace("\n", "").Replace("\r", "").Replace(" ", "").ShouldBe(Hostile.Replace(" ", ""));
        page.Find("mark.bad").GetAttribute("data-tip")!.ShouldContain("价格");
    }
}
