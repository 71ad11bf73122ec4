using CrmAi.Bench.Models;
using CrmAi.Infrastructure.Platform.Ai;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Platform;

public sealed class ChatStreamTests
{
    private const string Text = "第一句在这里，第二句也在这里，第三句才是结束。";

    [Fact]
    public async Task Pieces_ArriveBeforeTheEnd_AndMakeTheWhole()
    {
        await using var stage = await ModelStage.StartAsync();
        var end = new TaskCompletionSource();
        stage.StandIn.Next(StandInReply.Answer(Text) with { HoldEnd = end.Task, InputTokens = 70, OutputTokens = 30 });

        var pieces = new List<ChatPiece>();
        await foreach (var piece in stage.StreamAsync())
        {
            pieces.Add(piece);
            if (string.Concat(pieces.Select(p => p.Text)) == Text) end.TrySetResult(); // not before all of it is here
        }

        pieces.Count.ShouldBeGreaterThan(2);
        pieces[..^1].ShouldAllBe(p => p.End == null);
        pieces[^1].End.ShouldBe(new ChatReply(Text, 70, 30, Truncated: false));
        stage.StandIn.Requests.Single().IsStreamed.ShouldBeTrue();
    }

    [Fact]
    public async Task Stream_CutAtTheLimitOfTokens_SaysSo()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.StandIn.Next(StandInReply.Truncated(Text));
        (await ReadAsync(stage))[^1].End!.Truncated.ShouldBeTrue();
    }

    [Fact]
    public async Task Fault_BeforeTheFirstPiece_IsTriedAgain()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.StandIn.Next(StandInReply.Refused(429, "3"), StandInReply.Answer(Text));
        var read = ReadAsync(stage);
        await stage.Clock.PassAsync(w => w == TimeSpan.FromSeconds(3));
        (await read)[^1].End!.Text.ShouldBe(Text);
    }

    [Fact]
    public async Task Connection_LostBetweenPieces_EndsTheStreamAsAFault()
    {
        await using var stage = await ModelStage.StartAsync();
        var cut = new TaskCompletionSource();
        stage.StandIn.Next(StandInReply.Answer(Text) with { Drops = true, HoldEnd = cut.Task });
        var pieces = new List<string>();
        (await ModelStage.CodeAsync(ReadAsync(stage, piece => { pieces.Add(piece.Text); cut.TrySetResult(); }))).ShouldBe("ai.fault");
        pieces.ShouldNotBeEmpty();
        stage.StandIn.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Silence_BetweenPieces_EndsTheStreamInTime()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.StandIn.Next(StandInReply.Answer(Text) with { HoldEnd = new TaskCompletionSource().Task });
        var read = 0;
        var reading = ReadAsync(stage, piece => Interlocked.Add(ref read, piece.Text.Length));
        await Eventually.TrueAsync(() => Volatile.Read(ref read) == Text.Length, "pieces did not come");
        await stage.Clock.PassAsync(w => w == TimeSpan.FromSeconds(60));
        (await ModelStage.CodeAsync(reading)).ShouldBe("ai.timeout");
    }

    [Fact]
    public async Task Reader_WhoLeaves_FreesThePlace()
    {
        await using var stage = await ModelStage.StartAsync(("Concurrency", "1"));
        stage.StandIn.Next(StandInReply.Answer(Text) with { HoldEnd = new TaskCompletionSource().Task });
        await foreach (var _ in stage.StreamAsync()) break;
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 0, "the stream went on");
        (await stage.AskAsync()).Text.ShouldBe(ModelStage.Fit);
    }

    private static async Task<List<ChatPiece>> ReadAsync(ModelStage stage, Action<ChatPiece>? seen = null)
    {
        var pieces = new List<ChatPiece>();
        await foreach (var piece in stage.StreamAsync())
        {
            seen?.Invoke(piece);
            pieces.Add(piece);
        }
        return pieces;
    }
}
