using System.Diagnostics;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Users;
using CrmAi.Tests.NightRuns;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Jobs;

/// <summary>The real program, killed in the midst of its jobs and started again.</summary>
public sealed class KilledProcessTests
{
    private const int Talks = 10, Repeats = 800;

    [Fact]
    public async Task Jobs_OfAProcessThatWasKilled_AreDoneOnceByTheNext()
    {
        await using var db = await TestDatabase.CreateAsync();
        var my = db.As(await db.AddUserAsync(Role.SalesRep));
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var text = string.Concat(Enumerable.Repeat("我: 好的，我们再看看。\n", Repeats)) + Samples.Talk;
        for (var i = 0; i < Talks; i++) (await my.Interactions.AddAsync(contact.Id, Samples.Interaction($"第{i}次\n{text}"), default)).Succeeded.ShouldBeTrue();

        do
        {
            using var first = Start(db.Folder);
            await Eventually.TrueAsync(async () => (await StatesAsync(db)) is var s && ((s.Contains(JobState.Running) && s.Contains(JobState.Done)) || s.All(x => x == JobState.Done)), "a job running after another is done");
            Kill(first);
        }
        while (!(await StatesAsync(db)).Contains(JobState.Running) && (await StatesAsync(db)).Contains(JobState.Waiting));
        (await StatesAsync(db)).ShouldContain(JobState.Running, "the kill came too late: the texts are too short for this machine");

        using (var second = Start(db.Folder))
        {
            await Eventually.TrueAsync(async () => (await StatesAsync(db)).All(s => s is JobState.Done or JobState.Failed), "all jobs done");
            Kill(second);
        }
        var jobs = await db.JobsAsync();
        jobs.ShouldAllBe(j => j.State == JobState.Done && j.LeasedBy == null);
        jobs.ShouldContain(j => j.Attempts == 2);
        (await db.ReadAsync(d => d.AiRuns.CountAsync())).ShouldBe(Talks);
        (await db.ReadAsync(d => d.AiRuns.Select(r => r.InteractionId).Distinct().CountAsync())).ShouldBe(Talks);
        (await db.ReadAsync(d => d.Analyses.CountAsync())).ShouldBe(Talks);
        var findings = await db.ReadAsync(d => d.Findings.GroupBy(f => f.InteractionId).Select(g => g.Count()).ToListAsync());
        findings.Count.ShouldBe(Talks);
        findings.Distinct().ShouldHaveSingleItem("the same text has the same findings, none of them twice");
    }

    [Fact]
    public async Task BulkEdit_OfAProcessThatWasKilled_IsFinishedByTheNextWithNoContactTwice()
    {
        const int contacts = 5_000;
        await using var db = await TestDatabase.CreateAsync();
        var rep = await db.AddUserAsync(Role.SalesRep);
        await db.WriteAsync(d => d.Contacts.AddRange(Enumerable.Range(0, contacts).Select(i => new Contact { Name = $"人{i}", OwnerId = rep.Id, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now })));
        var id = (await db.As(rep).Get<IBulkEdits>().StartAsync(new(BulkAction.Archive, All: new()), default)).Value;

        using (var first = Start(db.Folder))
        {
            await Eventually.TrueAsync(() => db.ReadAsync(d => d.BulkEdits.AnyAsync(b => b.Done > 0)), "some contacts done");
            Kill(first);
        }
        (await db.ReadAsync(d => d.BulkEdits.Select(b => b.Done).SingleAsync())).ShouldBeInRange(1, contacts - 1, "the kill came too late: the contacts are too few for this machine");
        using (var second = Start(db.Folder))
        {
            await Eventually.TrueAsync(async () => (await StatesAsync(db)).All(s => s is JobState.Done or JobState.Failed), "the bulk edit is done");
            Kill(second);
        }
        (await db.As(rep).Get<IBulkEdits>().ProgressAsync(id, default))!.ShouldSatisfyAllConditions(p => p.State.ShouldBe(JobState.Done), p => p.Done.ShouldBe(contacts), p => p.Failed.ShouldBe(0));
        (await db.ReadAsync(d => d.Contacts.CountAsync(c => c.IsArchived && c.Version == 2))).ShouldBe(contacts);
        (await db.ReadAsync(d => d.ChangeEntries.CountAsync(e => d.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.GroupId == id)))).ShouldBe(contacts);
    }

    [Fact]
    public async Task NightRun_OfProcessesThatWereKilled_IsFinishedByTheNextWithNoContactTwiceOrLeftOut()
    {
        const int contacts = 600, kills = 3;
        await using var stage = await NightStage.CreateAsync(contacts);
        (await stage.Nights.StartAsync(default)).Succeeded.ShouldBeTrue();
        for (var kill = 0; kill < kills; kill++)
        {
            var before = await DoneAsync();
            using var process = Start(stage.Db.Folder);
            await Eventually.TrueAsync(async () => await DoneAsync() > before, "another batch done");
            Kill(process);
        }
        (await DoneAsync()).ShouldBeLessThan(contacts, "the kills came too late: the contacts are too few for this machine");
        using (var last = Start(stage.Db.Folder))
        {
            await Eventually.TrueAsync(() => stage.Db.ReadAsync(d => d.NightRuns.AllAsync(r => r.State == NightRunState.Done)), "the run is done");
            Kill(last);
        }
        (await stage.Nights.OverviewAsync(default))!.Latest!.ShouldSatisfyAllConditions(n => n.Chosen.ShouldBe(contacts), n => n.Renewed.ShouldBe(contacts), n => n.Failed.ShouldBe(0));
        var profiled = await stage.ProfiledAsync();
        (profiled.Count, profiled.Distinct().Count()).ShouldBe((contacts, contacts));
        (await stage.Db.ReadAsync(d => d.AiRuns.CountAsync(r => r.Type == AiRunType.Profile))).ShouldBe(contacts);
        (await stage.Db.ReadAsync(d => d.ContactReviews.CountAsync())).ShouldBe(contacts);

        Task<int> DoneAsync() => stage.Db.ReadAsync(d => d.NightBatches.CountAsync(b => b.State == NightBatchState.Done));
    }

    private static Task<List<JobState>> StatesAsync(TestDatabase db) => db.ReadAsync(d => d.Jobs.Select(j => j.State).ToListAsync());

    internal static Process Start(string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}CrmAi.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}CrmAi.Web{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "CrmAi.Web.dll");
        var start = new ProcessStartInfo("dotnet", [program]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in (IEnumerable<(string, string)>)[("Data__Folder", folder), ("Keys__File", Path.Combine(folder, "keys.json")), ("Demo__Seed", "false"), ("Jobs__Lease", "00:00:02"), ("Jobs__Sweep", "00:00:01"), ("Night__Scheduled", "false"), ("Night__Sweep", "00:00:01"), ("Night__Lease", "00:00:02"), ("Night__BatchSize", "1"), ("Night__Workers", "1"),
            ("Jobs__PersonWorkers", "1"), ("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", "http://127.0.0.1:0")])
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    // SIGKILL: nothing is put away.
    internal static void Kill(Process process)
    {
        process.HasExited.ShouldBeFalse("the program ended by itself");
        process.Kill();
        process.WaitForExit();
    }
}
