using System.Text;
using CrmAi.Infrastructure.Platform.Ocr;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.BusinessCards;

public sealed class BoundedProcessTests
{
    private static readonly ProcessBounds Wide = new(TimeSpan.FromMinutes(2), 1024, 1);

    [ShellFact]
    public async Task Program_ThatIsGivenInput_SaysIt()
    {
        var run = await Run(Wide, "cat", Encoding.UTF8.GetBytes("名片"));
        (run.Value.ExitCode, Encoding.UTF8.GetString(run.Value.Output)).ShouldBe((0, "名片"));
    }

    [ShellFact]
    public async Task Program_WithoutItsInputRead_EndsWithItsCode() => (await Run(Wide, "exit 3", new byte[4_000_000])).Value.ExitCode.ShouldBe(3);

    /// <summary>With a child of its own, which must not outlive it.</summary>
    [ShellFact]
    public async Task Program_ThatTakesTooLong_IsKilledWithItsChildren()
    {
        var folder = TestFolders.New();
        var file = Path.Combine(folder, "child");
        var run = await BoundedProcess.RunAsync("/bin/sh", ["-c", $"sleep 600 & echo $! > '{file}'; wait"], default, folder, Wide with { Time = TimeSpan.FromSeconds(2) }, CancellationToken.None);
        run.Errors.ShouldHaveSingleItem().Code.ShouldBe("card.reader.slow");
        var child = File.ReadAllText(file).Trim();
        await Eventually.TrueAsync(() => !File.Exists($"/proc/{child}/stat") || IsGone(child), "the child lives on");
    }

    [ShellFact]
    public async Task Program_ThatSaysTooMuch_IsStopped() => (await Run(Wide, "yes")).Errors.ShouldHaveSingleItem().Code.ShouldBe("card.reader.failed");

    [ShellFact]
    public async Task Program_ThatWantsTooMuchMemory_DoesNotGetIt()
    {
        // A line of a hundred megabytes, which tail keeps until its end.
        const string line = "head -c 100000000 /dev/zero | tail 2>/dev/null | wc -c";
        async Task<string> SaidAsync(int memory) => Encoding.UTF8.GetString((await Run(Wide with { Memory = memory }, line)).Value.Output).Trim();
        (await SaidAsync(64)).ShouldBe("0");
        (await SaidAsync(1024)).ShouldBe("100000000");
    }

    [ShellFact]
    public async Task Program_SeesNothingOfOurEnvironment()
    {
        Environment.SetEnvironmentVariable("CRMAI_TEST_SECRET", "not for others");
        Encoding.UTF8.GetString((await Run(Wide, "env")).Value.Output).ShouldNotContain("CRMAI_TEST_SECRET");
    }

    [Fact]
    public async Task Program_ThatIsNotThere_IsMissing()
    {
        var run = await BoundedProcess.RunAsync("/nowhere/tesseract", [], default, TestFolders.New(), Wide, CancellationToken.None);
        if (run.Succeeded) run.Value.ExitCode.ShouldBe(127);
        else run.Errors[0].Code.ShouldBe("card.reader.missing");
    }

    [ShellFact]
    public async Task Call_ThatIsCancelled_EndsTheProgram()
    {
        using var stop = new CancellationTokenSource();
        var folder = TestFolders.New();
        var run = BoundedProcess.RunAsync("/bin/sh", ["-c", "echo $$ > started; sleep 600"], default, folder, Wide, stop.Token);
        var started = Path.Combine(folder, "started");
        await Eventually.TrueAsync(() => File.Exists(started) && File.ReadAllText(started).EndsWith('\n'), "the program did not start");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => run);
        Directory.Exists($"/proc/{File.ReadAllText(started).Trim()}").ShouldBeFalse();
    }

    // Killed, but not yet collected by whoever inherited it.
    private static bool IsGone(string process)
    {
        try { return File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal); }
        catch (IOException) { return true; }
    }

    private static Task<CrmAi.Domain.Shared.Result<ProcessAnswer>> Run(ProcessBounds bounds, string script, byte[]? input = null) =>
        BoundedProcess.RunAsync("/bin/sh", ["-c", script], input, TestFolders.New(), bounds, CancellationToken.None);
}
