using System.Text.Json;
using CrmAi.Infrastructure.Scripts;

namespace CrmAi.Tests.Scripts;

public sealed class SentenceReaderTests
{
    private const string Answer = """{"sentences":[{"part":"Greeting","text":"您好，\"林\"总 😀！","conversation":null,"quote":null},{"part":"Body","text":"a{b}[c]","conversation":"c1","quote":"x"}]}""";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Elements_ComeWhenTheyAreComplete_HoweverTheTextIsCut(int size)
    {
        var (reader, found, firstAt) = (new SentenceReader("sentences"), new List<JsonElement>(), 0);
        for (var at = 0; at < Answer.Length; at += size)
        {
            var part = Answer.Substring(at, Math.Min(size, Answer.Length - at));
            found.AddRange(reader.Read(part));
            if (found.Count == 1 && firstAt == 0) firstAt = at + part.Length;
        }
        found.Select(f => f.GetProperty("text").GetString()).ShouldBe(["您好，\"林\"总 😀！", "a{b}[c]"]);
        if (size < 1000) firstAt.ShouldBeInRange(Answer.IndexOf("},", StringComparison.Ordinal) + 1, Answer.IndexOf("},", StringComparison.Ordinal) + size + 1);
    }

    [Theory]
    [InlineData("Here is what I would write to the customer: be kind.")]
    [InlineData("""{"mood":"fine"}""")]
    [InlineData("""{"sentences":"none"}""")]
    [InlineData("""[{"text":"x"}]""")]
    [InlineData("""{"other":{"sentences":[{"text":"deeper"}]}}""")]
    [InlineData("""{"sentences":[{"part":"Body","text":"half a sent""")]
    [InlineData("""{"sentences":[{"text":"a","text":"b"}]}""")]
    [InlineData("")]
    public void WhatIsNoListOfSentences_GivesNothing(string answer) => Cut(answer).ShouldBeEmpty();

    [Fact]
    public void Fence_IsLookedThrough_AndWhatFollowsTheEndIsNot()
    {
        Cut("```json\n" + Answer + "\n```").Count.ShouldBe(2);
        Cut(Answer + Answer).Count.ShouldBe(2);
    }

    [Fact]
    public void BrokenInTheMiddle_GivesWhatWasComplete() => Cut(Answer[..(Answer.IndexOf("},", StringComparison.Ordinal) + 1)] + " oops").Count.ShouldBe(1);

    private static List<JsonElement> Cut(string text)
    {
        var reader = new SentenceReader("sentences");
        return [.. text.Chunk(3).SelectMany(part => reader.Read(new(part)))];
    }
}
