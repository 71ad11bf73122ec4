using System.Diagnostics;
using System.Globalization;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Platform.Ocr;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.BusinessCards;

/// <summary>The real program with the real engine, killed while a card is read.</summary>
public sealed class KilledReadingTests : IAsyncLifetime
{
    private static readonly string[] Names = ["c01.jpg", "c05.jpg", "c11.jpg"];

    private readonly string signs = TestFolders.New(), work = TestFolders.New();
    private TestDatabase db = null!;
    private IBusinessCards cards = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        cards = db.As(await db.AddUserAsync(Role.SalesRep)).Get<IBusinessCards>();
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [EngineFact]
    public async Task Cards_OfAProcessThatWasKilled_AreReadOnceByTheNext_AndNothingIsLeftBehind()
    {
        await SendAsync(Names);
        using (var first = Start())
        {
            await Eventually.TrueAsync(() => Begun.Count > 0, "a card is being read");
            first.Kill();
        }
        (await db.ReadAsync(d => d.BusinessCards.Select(c => c.State).ToListAsync())).ShouldAllBe(s => s == CardState.Waiting);
        (await db.ReadAsync(d => d.Jobs.CountAsync(j => j.State == JobState.Running))).ShouldBe(1);
        var left = Directory.GetDirectories(work).ShouldHaveSingleItem();
        Directory.SetLastWriteTimeUtc(left, DateTime.UtcNow - TimeSpan.FromHours(2));
        GoOn();
        using (var second = Start()) await ReadAsync(Names.Length);

        var read = await db.ReadAsync(d => d.BusinessCards.AsNoTracking().ToListAsync());
        read.ShouldAllBe(c => c.Read != null && c.StorageKey != null && c.PreviewKey != null);
        var jobs = await db.JobsAsync();
        (jobs.Count, jobs.Count(j => j.State == JobState.Done), jobs.Count(j => j.Attempts == 2)).ShouldBe((Names.Length, Names.Length, 1));
        (await db.ReadAsync(d => d.AiRuns.Where(r => r.ErrorCode == null).Select(r => r.Id).ToListAsync())).ShouldBe(read.Select(c => c.AiRunId!.Value), ignoreOrder: true);
        Directory.GetFiles(Path.Combine(db.Folder, "files"), "*", SearchOption.AllDirectories).Length.ShouldBe(2 * Names.Length, "a picture and a small one of each, none of them twice");
        Directory.GetDirectories(work).ShouldBeEmpty();
    }

    [EngineFact]
    public async Task Engine_ThatWasKilled_IsAskedAgain_AndTheCardIsReadOnce()
    {
        await SendAsync(Names[0]);
        using var program = Start();
        await Eventually.TrueAsync(() => Begun.Count > 0, "the card is being read");
        using (var engine = Process.GetProcessById(Begun[0])) engine.Kill();
        await Eventually.TrueAsync(() => db.ReadAsync(d => d.AiRuns.AnyAsync(r => r.ErrorCode == "card.reader.failed")), "that the engine fell is on record");
        GoOn();
        await ReadAsync(1);
        (await db.JobsAsync()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(j => j.State.ShouldBe(JobState.Done), j => j.Attempts.ShouldBe(2));
        (await db.ReadAsync(d => d.AiRuns.Select(r => r.ErrorCode).ToListAsync())).ShouldBe([null, "card.reader.failed"], ignoreOrder: true);
        Directory.GetDirectories(work).ShouldBeEmpty();
    }

    private List<int> Begun => [.. Directory.GetFiles(signs, "began-*").Select(f => int.Parse(Path.GetFileName(f)["began-".Length..], CultureInfo.InvariantCulture))];

    private void GoOn() => File.WriteAllText(Path.Combine(signs, "go"), "");

    private async Task SendAsync(params string[] names)
    {
        foreach (var name in names) (await cards.UploadAsync(null, name, new MemoryStream(CardPhotos.Card(name)), default)).Succeeded.ShouldBeTrue(name);
    }

    private Task ReadAsync(int count) => Eventually.TrueAsync(async () => (await db.ReadAsync(d => d.BusinessCards.CountAsync(c => c.State == CardState.ToReview))) == count, "all cards are read");

    // The engine says that it began, and waits until the test has it go on.
    private AppProcess Start() => AppProcess.Start(db.Folder, ("Ocr__Tesseract", CardReading.TesseractThat($"touch '{signs}'/began-$$; while [ ! -e '{signs}/go' ]; do sleep 0.05; done")), ("Ocr__WorkFolder", work), ("Ocr__Timeout", "00:05:00"), ("Ocr__AtOnce", "1"));
}
