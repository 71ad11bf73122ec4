using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CrmAi.Infrastructure.Data.Seed;

namespace CrmAi.Tests.Seed;

public sealed class DemoHeroTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 18, 3, 20, 0, TimeSpan.Zero);
    private static readonly DemoData Story = DemoStory.Create(Now);

    [Theory]
    [InlineData("林若溪", "采购总监", 14)]
    [InlineData("Olivia Bennett", "VP Sales", 10)]
    [InlineData("尉迟敏", "设备科主任", 9)]
    [InlineData("司徒振邦", "质量总监", 10)]
    [InlineData("郄知微", "新厂筹建经理", 2)]
    public void Hero_OfTheStory_HasOnlyTheHandWrittenTimeline(string name, string title, int moments)
    {
        var hero = Story.Contacts.Single(c => c.Name == name);
        hero.Title.ShouldBe(title);
        Timeline(name).Count(i => !i.IsScheduled).ShouldBe(moments);
    }

    [Fact]
    public void LinRuoxi_Today_AsksForTheFormalQuote()
    {
        var last = Timeline("林若溪").Last(i => !i.IsScheduled);
        Story.Contacts.Single(c => c.Name == "林若溪").OwnerKey.ShouldBe("zhoulan");
        last.At.ToOffset(TimeSpan.FromHours(8)).Date.ShouldBe(Now.ToOffset(TimeSpan.FromHours(8)).Date);
        last.Type.ToString().ShouldBe("WeChat");
        foreach (var words in new[] { "比我们现在那家的强", "百分之十几", "周四之前", "方案B的正式报价", "八十万左右" })
        {
            last.Content.ShouldContain(words);
        }

        last.Content.ShouldStartWith($"林若溪 {last.At.ToString("HH:mm", CultureInfo.InvariantCulture)}\n");
    }

    [Fact]
    public void LinRuoxi_ShowsEverythingATimelineHas()
    {
        var told = Timeline("林若溪");
        told.Count(i => i.IsScheduled && i.At > Now).ShouldBe(2);
        told.Count(i => i.IsScheduled && i.At < Now).ShouldBe(1);
        told.Count(i => i.IsPrivate).ShouldBe(1);
        told.Count(i => i.IsArchived).ShouldBe(1);
        told.Count(i => i.IsImportant).ShouldBeGreaterThan(1);
        told.Count(i => i.Transcript is not null).ShouldBe(1);
        told.SelectMany(i => i.Attachments).Select(a => a.ContentType).Distinct().Count().ShouldBe(5);
        told.Single(i => i.IsScheduled && i.Location is not null).Participants.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(16, 30)]
    [InlineData(9, 0)]
    public void LinRuoxi_AtAnyHour_HasTalkedToday(int hour, int minute)
    {
        var now = new DateTimeOffset(2026, 8, 8, hour, minute, 0, TimeSpan.Zero);
        var last = DemoStory.Create(now).Interactions.Last(i => i.ContactKey == "lin-ruoxi" && !i.IsScheduled);
        last.At.ShouldBeLessThanOrEqualTo(now);
        last.At.Date.ShouldBe(now.ToOffset(TimeSpan.FromHours(8)).Date);
    }

    [Fact]
    public void Attachments_OfTheStory_AreFilesOfTheirType()
    {
        var files = Story.Interactions.SelectMany(i => i.Attachments).ToArray();
        files.Select(f => f.ContentType).Distinct().ShouldBe(["image/png", "application/pdf", "text/plain", "audio/wav", "video/webm"], ignoreOrder: true);
        files.Length.ShouldBeInRange(10, 200);
        foreach (var file in files)
        {
            var bytes = file.Content();
            bytes.ShouldBe(file.Content());
            IsOfType(file.ContentType, bytes).ShouldBeTrue(file.FileName);
        }
    }

    private static bool IsOfType(string type, byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return type switch
        {
            "image/png" => text.StartsWith("\u0089PNG\r\n\u001a\n", StringComparison.Ordinal) && BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)) == 240
                && bytes.AsSpan(bytes.Length - 8, 4).SequenceEqual("IEND"u8) && BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(bytes.Length - 4)) == 0xAE426082u,
            "application/pdf" => text.StartsWith("%PDF-1.4", StringComparison.Ordinal) && text.EndsWith("%%EOF\n", StringComparison.Ordinal)
                && text.IndexOf("xref\n", StringComparison.Ordinal) == int.Parse(text.Split("startxref\n")[1].Split('\n')[0], CultureInfo.InvariantCulture),
            "audio/wav" => text.StartsWith("RIFF", StringComparison.Ordinal) && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)) == bytes.Length - 8 && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(40)) == bytes.Length - 44,
            "video/webm" => bytes is [0x1A, 0x45, 0xDF, 0xA3, ..] && bytes.Length < 20_000,
            _ => Encoding.UTF8.GetString(bytes).Length > 0,
        };
    }

    private static DemoInteraction[] Timeline(string name)
    {
        var key = Story.Contacts.Single(c => c.Name == name).Key;
        return [.. Story.Interactions.Where(i => i.ContactKey == key).OrderBy(i => i.At)];
    }
}
