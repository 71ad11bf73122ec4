using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrmAi.Bench.Models;

/// <summary>Stands in for a language model: chat completions on a port of its own, streamed too, that answers as its script says and remembers what it was asked.</summary>
internal sealed class StandInModel : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<StandInRequest> requests = new();
    private readonly ConcurrentQueue<StandInReply> next = new();
    private int began, answered, atOnce, mostAtOnce;

    private StandInModel(WebApplication server) => this.server = server;

    /// <summary>To be set as Ai:BaseAddress.</summary>
    public Uri Address => new($"{server.Urls.First()}/v1");

    /// <summary>Answers what <see cref="Next"/> has no reply for.</summary>
    public Func<StandInRequest, StandInReply> Script { get; set; } = _ => StandInReply.Answer("{}");

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<StandInRequest> Requests => [.. requests];

    /// <summary>How many were answered to their end, and so would be billed.</summary>
    public int Answered => answered;

    public int MostAtOnce => mostAtOnce;

    /// <summary>Requests that it has not answered yet.</summary>
    public int AtOnce => atOnce;

    public static async Task<StandInModel> StartAsync(Func<StandInRequest, StandInReply>? script = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var model = new StandInModel(app);
        if (script is not null) model.Script = script;
        app.MapPost("/v1/chat/completions", model.HandleAsync);
        await app.StartAsync();
        return model;
    }

    /// <summary>Replies to the next requests, before the script is asked.</summary>
    public void Next(params ReadOnlySpan<StandInReply> replies)
    {
        foreach (var reply in replies) next.Enqueue(reply);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await server.DisposeAsync();
        stop.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        var now = Interlocked.Increment(ref atOnce);
        for (var most = mostAtOnce; now > most; most = mostAtOnce) Interlocked.CompareExchange(ref mostAtOnce, now, most);
        try
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync(http.RequestAborted);
            var request = new StandInRequest(Interlocked.Increment(ref began), body, http.Request.Headers.Authorization.ToString());
            requests.Enqueue(request);
            await ReplyAsync(http, request, next.TryDequeue(out var reply) ? reply : Script(request));
        }
        catch (OperationCanceledException) { } // the caller left, or the test ended
        finally
        {
            Interlocked.Decrement(ref atOnce);
        }
    }

    private async Task ReplyAsync(HttpContext http, StandInRequest request, StandInReply reply)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stop.Token);
        if (reply.Hold is { } hold) await hold.WaitAsync(either.Token);
        if (reply.Drops && !request.IsStreamed)
        {
            http.Abort();
            return;
        }
        if (reply.Status != 200)
        {
            http.Response.StatusCode = reply.Status;
            if (reply.Location is { } location) http.Response.Headers.Location = location.ToString();
            if (reply.RetryAfter is { } after) http.Response.Headers.RetryAfter = after;
            await http.Response.WriteAsJsonAsync(new { error = new { message = "refused by the stand-in", type = "stand_in", code = string.Create(CultureInfo.InvariantCulture, $"stand_in_{reply.Status}") } }, either.Token);
            return;
        }
        var content = reply.Content?.Invoke(request);
        // Before the last byte: whoever reads the answer finds it counted.
        if (!reply.Drops) Interlocked.Increment(ref answered);
        if (request.IsStreamed) await StreamAsync(http, reply, content ?? "", either.Token);
        else if (reply.Raw is { } raw) await http.Response.WriteAsync(raw, either.Token);
        else
        {
            await http.Response.WriteAsJsonAsync(new
            {
                id = $"stand-in-{request.Number}",
                @object = "chat.completion",
                model = request.Model,
                choices = new[] { new { index = 0, finish_reason = reply.Finish, message = new { role = "assistant", content } } },
                usage = Usage(reply),
            }, either.Token);
        }
    }

    private static async Task StreamAsync(HttpContext http, StandInReply reply, string content, CancellationToken ct)
    {
        http.Response.ContentType = "text/event-stream";
        async Task SendAsync(object data)
        {
            await http.Response.WriteAsync($"data: {JsonSerializer.Serialize(data)}\n\n", ct);
            await http.Response.Body.FlushAsync(ct);
        }
        foreach (var piece in content.Chunk(8))
            await SendAsync(new { choices = new[] { new { index = 0, delta = new { content = new string(piece) }, finish_reason = (string?)null } } });
        if (reply.HoldEnd is { } hold) await hold.WaitAsync(ct);
        if (reply.Drops)
        {
            http.Abort();
            return;
        }
        await SendAsync(new { choices = new[] { new { index = 0, delta = new { content = (string?)null }, finish_reason = (string?)reply.Finish } } });
        if (reply.IsCounted) await SendAsync(new { choices = Array.Empty<object>(), usage = Usage(reply) });
        await http.Response.WriteAsync("data: [DONE]\n\n", ct);
    }

    private static object Usage(StandInReply reply) => new { prompt_tokens = reply.InputTokens, completion_tokens = reply.OutputTokens, total_tokens = reply.InputTokens + reply.OutputTokens };
}

/// <summary>What the stand-in was sent.</summary>
/// <param name="Number">From 1, in the order of coming.</param>
internal sealed record StandInRequest(int Number, string Body, string Authorization)
{
    public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;

    public string Model => Json.GetProperty("model").GetString()!;

    public string Instructions => Messages[0];

    /// <summary>The last thing a person said: the data, or a request to do better.</summary>
    public string Data => Messages[^1];

    public IReadOnlyList<string> Messages => [.. Json.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("content").GetString()!)];

    public bool IsStreamed => Json.TryGetProperty("stream", out var streams) && streams.GetBoolean();
}

/// <summary>How the stand-in replies to one request.</summary>
internal sealed record StandInReply
{
    public int Status { get; init; } = 200;
    public string? RetryAfter { get; init; }
    public Uri? Location { get; init; }
    public Func<StandInRequest, string?>? Content { get; init; }

    /// <summary>The body as it is, instead of a completion.</summary>
    public string? Raw { get; init; }
    public string Finish { get; init; } = "stop";

    /// <summary>Nothing is sent before this is over; of a stream, not its end.</summary>
    public Task? Hold { get; init; }
    public Task? HoldEnd { get; init; }

    /// <summary>The connection is cut instead; of a stream, before its end.</summary>
    public bool Drops { get; init; }

    /// <summary>False: a stream ends without its tokens being told.</summary>
    public bool IsCounted { get; init; } = true;
    public int InputTokens { get; init; } = 100;
    public int OutputTokens { get; init; } = 20;

    public static StandInReply Answer(string? content) => new() { Content = _ => content };

    /// <summary>Repeats the data.</summary>
    public static StandInReply Echo() => new() { Content = request => request.Data };

    public static StandInReply Truncated(string content) => new() { Content = _ => content, Finish = "length" };

    public static StandInReply Nothing() => new();

    public static StandInReply Refused(int status, string? retryAfter = null) => new() { Status = status, RetryAfter = retryAfter };

    public static StandInReply Hang() => new() { Hold = Task.Delay(Timeout.Infinite) };

    public static StandInReply Dropped() => new() { Drops = true };
}
