using CrmAi.Domain.Jobs;
using CrmAi.Infrastructure.Profiles;
using CrmAi.Tests.NightRuns;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Profiles;

/// <summary>Of two runs for one contact the one that read more stands, whichever ends last.</summary>
public sealed class ProfileOrderTests
{
    [Fact]
    public async Task OlderRun_ThatEndsLast_DoesNotStandBeforeTheNewer()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var analyst = new HeldAnalyst { First = async () => { reached.SetResult(); await go.Task; } };
        await using var stage = await NightStage.CreateAsync(1, analyst);
        var contact = await stage.Db.ReadAsync(d => d.Contacts.Select(c => c.Id).SingleAsync());
        await AskAsync();
        var older = Task.Run(() => stage.Db.Workers.DrainAsync(JobLane.Person, default));
        await reached.Task;
        await stage.Db.WriteAsync(d => stage.Talk(d, contact, 4));
        await AskAsync();
        await stage.Db.Workers.DrainAsync(JobLane.Person, default);
        (await NewestAsync()).ShouldBe(4);
        go.SetResult();
        await older;
        (await NewestAsync()).ShouldBe(4);
        (await stage.Db.JobsAsync()).ShouldAllBe(j => j.State == JobState.Done);

        Task AskAsync() => stage.Db.WriteAsync(d => d.Jobs.Add(ProfileRequests.JobOf(contact, stage.Rep.Id, JobLane.Person, stage.Db.Clock.Now)));
        Task<int> NewestAsync() => stage.Db.ReadAsync(d => d.Profiles.OrderByDescending(p => p.Id).Select(p => p.Conversations).FirstAsync());
    }
}
