using CrmAi.Infrastructure.AiRuns;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.AiRuns;

public sealed class SharedWorkTests
{
    private readonly SharedWork<int> shared = new();
    private readonly TaskCompletionSource<int> outcome = new();
    private readonly List<CancellationToken> begun = [];

    [Fact]
    public async Task Caller_WhoLeaves_DoesNotTakeTheOutcomeFromTheOthers()
    {
        using var leave = new CancellationTokenSource();
        var (first, second) = (shared.DoAsync("a", WorkAsync, null, leave.Token), shared.DoAsync("a", WorkAsync, null, default));
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        outcome.SetResult(7);
        (await second).ShouldBe((7, false));
        begun.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Callers_WhoAllLeave_EndTheWork()
    {
        using var leave = new CancellationTokenSource();
        Task[] asked = [shared.DoAsync("a", WorkAsync, null, leave.Token), shared.DoAsync("a", WorkAsync, null, leave.Token)];
        await Eventually.TrueAsync(() => begun.Count == 1, "it was not begun");
        await leave.CancelAsync();
        foreach (var task in asked) await Should.ThrowAsync<OperationCanceledException>(task);
        begun[0].IsCancellationRequested.ShouldBeTrue();

        var anew = shared.DoAsync("a", WorkAsync, null, default);
        outcome.SetResult(8);
        (await anew).ShouldBe((8, true));
    }

    [Fact]
    public async Task Fault_IsEverybodys_AndTheNextBeginsAnew()
    {
        Task[] asked = [shared.DoAsync("a", WorkAsync, null, default), shared.DoAsync("a", WorkAsync, null, default)];
        outcome.SetException(new InvalidDataException());
        foreach (var task in asked) await Should.ThrowAsync<InvalidDataException>(task);
        (await shared.DoAsync("a", (_, _) => Task.FromResult(9), null, default)).ShouldBe((9, true));
    }

    [Fact]
    public async Task Work_OfOtherNames_IsDoneBeside()
    {
        var (a, b) = (shared.DoAsync("a", WorkAsync, null, default), shared.DoAsync("b", WorkAsync, null, default));
        outcome.SetResult(1);
        ((await a).IsOwn, (await b).IsOwn).ShouldBe((true, true));
    }

    private Task<int> WorkAsync(AnswerSoFar soFar, CancellationToken ct)
    {
        lock (begun) begun.Add(ct);
        return outcome.Task;
    }
}
