using CrmAi.Domain.PromptTexts;

namespace CrmAi.Tests.PromptTexts;

public sealed class LineDiffTests
{
    [Fact]
    public void Reworded_Added_AndRemovedLines_AreTold_WithTheCharactersThatDiffer()
    {
        var lines = LineDiff.Between("一\n客户想要什么\n三", "一\n客户现在想要什么\n三\n四");
        lines.ShouldBe([new(DiffKind.Same, "一", 0, 0), new(DiffKind.Removed, "客户想要什么", 2, 0), new(DiffKind.Added, "客户现在想要什么", 2, 2), new(DiffKind.Same, "三", 0, 0), new(DiffKind.Added, "四", 0, 1)]);
    }

    [Fact]
    public void Equal_Empty_AndOtherLineEndings_DifferInNothing()
    {
        LineDiff.Between("a\r\nb", "a\nb").ShouldAllBe(l => l.Kind == DiffKind.Same);
        LineDiff.Between("", "").ShouldHaveSingleItem().Kind.ShouldBe(DiffKind.Same);
    }

    [Fact]
    public void Change_NeverGoesThroughTheMiddleOfACharacter()
    {
        // Two characters whose first halves are equal.
        foreach (var line in LineDiff.Between("好😀", "好😁"))
        {
            line.From.ShouldBe(1);
            line.Length.ShouldBe(2);
        }
    }

    [Fact]
    public void Both_CanBePutTogetherAgain()
    {
        var (before, after) = (string.Join('\n', Enumerable.Range(0, 60).Select(i => $"line {i % 7}")), string.Join('\n', Enumerable.Range(0, 50).Select(i => $"line {i % 5}")));
        var lines = LineDiff.Between(before, after);
        string.Join('\n', lines.Where(l => l.Kind != DiffKind.Added).Select(l => l.Text)).ShouldBe(before);
        string.Join('\n', lines.Where(l => l.Kind != DiffKind.Removed).Select(l => l.Text)).ShouldBe(after);
    }
}
