using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Platform.Ai;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>
/// Azure Document Intelligence over REST (API 2023-07-31): the picture is sent, the answer's Operation-Location asked until it is done.
/// Keys and pictures go to the configured host alone.
/// </summary>
internal sealed class DocumentIntelligenceClient(IOptions<DocumentIntelligenceOptions> options, TimeProvider time) : IDisposable
{
    public const string Version = "2023-07-31";
    private const string Model = "prebuilt-businessCard";
    private const string Scope = "https://cognitiveservices.azure.com/.default";
    private const int MostAnswer = 8 * 1024 * 1024;

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MostAnswer };
    private (string Token, DateTimeOffset Until) token;

    /// <returns>The answer's "analyzeResult"; or card.reader.refused, card.reader.busy, card.reader.slow, card.reader.failed, card.picture.damaged.</returns>
    public async Task<Result<JsonElement>> AnalyseAsync(byte[] picture, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        over.CancelAfter(options.Value.Timeout);
        try
        {
            return await AskAsync(picture, over.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Error("card.reader.slow", null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException)
        {
            return new Error("card.reader.failed", null);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<Result<JsonElement>> AskAsync(byte[] picture, CancellationToken ct)
    {
        var endpoint = new Uri(options.Value.Endpoint!.TrimEnd('/') + "/");
        using var begun = await SendAsync(() =>
        {
            var content = new ByteArrayContent(picture);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, $"formrecognizer/documentModels/{Model}:analyze?api-version={Version}")) { Content = content };
        }, ct);
        if (begun.StatusCode != HttpStatusCode.Accepted) return Refusal(begun.StatusCode);
        if (begun.Headers.TryGetValues("Operation-Location", out var places) is false || !Uri.TryCreate(places!.First(), UriKind.Absolute, out var operation)) return new Error("card.reader.failed", null);
        // The key would go along to wherever the answer points.
        if (operation.Scheme != endpoint.Scheme || !string.Equals(operation.Authority, endpoint.Authority, StringComparison.OrdinalIgnoreCase)) return new Error("card.reader.failed", null);
        var wait = Wait(begun);
        while (true)
        {
            await Task.Delay(wait ?? options.Value.PollDelay, time, ct);
            using var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, operation), ct);
            if (answer.StatusCode != HttpStatusCode.OK) return Refusal(answer.StatusCode);
            using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(ct));
            var status = body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("status", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString() : null;
            switch (status)
            {
                case "succeeded" when body.RootElement.TryGetProperty("analyzeResult", out var result): return result.Clone();
                case "notStarted" or "running": wait = Wait(answer); continue;
                default: return new Error("card.reader.failed", null);
            }
        }
    }

    /// <summary>Again after 429 and 5xx, as long as the service asks for (Retry-After); the card's whole time bounds it.</summary>
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var message = request();
            await SignAsync(message, ct);
            HttpResponseMessage? response = null;
            try
            {
                response = await http.SendAsync(message, ct);
                if ((response.StatusCode != HttpStatusCode.TooManyRequests && (int)response.StatusCode < 500) || attempt >= options.Value.Attempts) return response;
            }
            catch (HttpRequestException) when (attempt < options.Value.Attempts)
            {
                // The connection was lost: once more.
            }
            var wait = response is null ? null : Wait(response);
            response?.Dispose();
            await Task.Delay(wait ?? (options.Value.PollDelay * attempt), time, ct);
        }
    }

    private async Task SignAsync(HttpRequestMessage message, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(options.Value.Key)) message.Headers.Add("Ocp-Apim-Subscription-Key", options.Value.Key);
        else message.Headers.Authorization = new("Bearer", await TokenAsync(ct));
    }

    /// <summary>Of the client credentials flow (RFC 6749, section 4.4), kept until shortly before its end.</summary>
    private async Task<string> TokenAsync(CancellationToken ct)
    {
        if (token.Until > time.GetUtcNow()) return token.Token;
        var o = options.Value;
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", o.ClientId), new("client_secret", o.ClientSecret), new("scope", Scope)]);
        using var response = await http.PostAsync(new Uri($"{o.Authority.TrimEnd('/')}/{Uri.EscapeDataString(o.TenantId!)}/oauth2/v2.0/token"), form, ct);
        response.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct));
        if (!body.RootElement.TryGetProperty("access_token", out var value) || value.GetString() is not { Length: > 0 } given) throw new JsonException("No token.");
        var seconds = body.RootElement.TryGetProperty("expires_in", out var lasts) && lasts.TryGetInt32(out var number) ? number : 600;
        token = (given, time.GetUtcNow().AddSeconds(Math.Max(0, seconds - 300)));
        return given;
    }

    private TimeSpan? Wait(HttpResponseMessage response) => response.Headers.TryGetValues("Retry-After", out var after) ? RetryAfter.Parse(after.First(), time.GetUtcNow()) : null;

    private static Error Refusal(HttpStatusCode status) => new(status switch
    {
        HttpStatusCode.TooManyRequests => "card.reader.busy",
        HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.RequestEntityTooLarge => "card.picture.damaged",
        >= HttpStatusCode.InternalServerError => "card.reader.failed",
        _ => "card.reader.refused",
    }, null);
}
