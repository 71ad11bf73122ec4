using System.Net;
using System.Text.Json;
using CrmAi.Infrastructure.Platform.Ai;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace CrmAi.Infrastructure.Platform.CompanyData;

/// <summary>One attempt brought no answer. Tells nothing of what was asked or answered.</summary>
/// <param name="code">As of <see cref="Domain.Enrichment.ICompanyRegistry"/>.</param>
/// <param name="detail">HTTP status and the service's own code, for the log.</param>
/// <param name="retryAfter">What the service asks to wait; null where it asks nothing.</param>
internal sealed class DataFaultException(string code, string detail, TimeSpan? retryAfter = null) : Exception($"{code} ({detail})")
{
    public string Code { get; } = code;
    public string Detail { get; } = detail;
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Another attempt may succeed.</summary>
    public bool IsPassing => Code is "enrichment.busy" || IsOutage;

    /// <summary>The service is down or hangs; one that is busy or refuses is well.</summary>
    public bool IsOutage => Code is "enrichment.fault" or "enrichment.timeout";
}

/// <summary>Asks one service, as often as may help, behind the guard, a limit of time and size for each answer, and a breaker.</summary>
internal sealed class DataLine : IDisposable
{
    /// <summary>Bytes of one answer, and how deep it may be nested.</summary>
    public const int MaxBytes = 1 << 20, MaxDepth = 24;

    private readonly HttpClient http;
    private readonly Breaker breaker;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline retries, limit;

    public DataLine(string source, DataServiceOptions options, IHostAddresses addresses, IConnector connector, TimeProvider time, ILogger log)
    {
        (Source, Options, this.time) = (source, options, time);
        Address = Uri.TryCreate(options.BaseAddress, UriKind.Absolute, out var address) ? address : new("https://unset.invalid");
        http = OutgoingGuard.ClientFor(Address, options.AllowPrivateTargets, addresses, connector);
        breaker = new(options.BreakerFaults, options.BreakerPause, time);
        if (options is { IsConfigured: true, AllowPrivateTargets: true }) log.LogWarning("Requests to {Source} may go into one's own network: AllowPrivateTargets is set, which is for a stand-in alone", source);
        limit = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.Timeout).Build();
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.Attempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.Patience,
                ShouldHandle = args => new(args.Outcome.Exception is DataFaultException { IsPassing: true } fault && (fault.RetryAfter ?? TimeSpan.Zero) <= options.Patience),
                DelayGenerator = args => new((args.Outcome.Exception as DataFaultException)?.RetryAfter),
                OnRetry = args =>
                {
                    if (args.Outcome.Exception is DataFaultException fault) log.LogInformation("{Source} gave no answer at attempt {Attempt}: {Detail}; next in {Delay}", source, args.AttemptNumber + 1, fault.Detail, args.RetryDelay);
                    return default;
                },
            });
        }
        retries = builder.Build();
    }

    /// <summary>Its stable name.</summary>
    public string Source { get; }

    public DataServiceOptions Options { get; }

    public Uri Address { get; }

    /// <summary>The body of an answer that <paramref name="check"/> accepts.</summary>
    /// <param name="make">Makes the request of each attempt.</param>
    /// <param name="before">Run before each attempt; throws where the service may not be asked any more.</param>
    /// <param name="check">Throws <see cref="DataFaultException"/> where the answer is none.</param>
    /// <exception cref="DataFaultException">No answer.</exception>
    public async Task<string> AskAsync(Func<Uri, HttpRequestMessage> make, Func<CancellationToken, Task> before, Action<JsonElement> check, CancellationToken ct) =>
        await retries.ExecuteAsync(async token =>
        {
            if (!breaker.TryEnter()) throw new DataFaultException("enrichment.breaker", "left alone");
            var told = false;
            try
            {
                await before(token);
                var body = await limit.ExecuteAsync(async inTime => await SendAsync(make, check, inTime), token);
                breaker.Succeed();
                told = true;
                return body;
            }
            catch (TimeoutRejectedException)
            {
                throw Told(new("enrichment.timeout", "no answer in time"));
            }
            catch (DataFaultException fault)
            {
                Told(fault);
                throw;
            }
            finally
            {
                if (!told) breaker.Leave();
            }

            DataFaultException Told(DataFaultException fault)
            {
                // One that refuses, or has nothing, is well.
                var isWell = fault.Code is "enrichment.refused" or "enrichment.none";
                if (fault.IsOutage) breaker.Fail();
                else if (isWell) breaker.Succeed();
                told = fault.IsOutage || isWell;
                return fault;
            }
        }, ct);

    public static JsonElement Parse(string body)
    {
        using var document = JsonDocument.Parse(body, new() { MaxDepth = MaxDepth });
        return document.RootElement.Clone();
    }

    public void Dispose() => http.Dispose();

    private async Task<string> SendAsync(Func<Uri, HttpRequestMessage> make, Action<JsonElement> check, CancellationToken ct)
    {
        try
        {
            using var request = make(Address);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            ThrowIfRefused(response);
            var body = await ReadAsync(response, ct);
            check(Parse(body));
            return body;
        }
        catch (JsonException)
        {
            throw new DataFaultException("enrichment.garbage", "not JSON");
        }
        catch (Exception fault) when (fault is BlockedTargetException || fault.InnerException is BlockedTargetException)
        {
            throw new DataFaultException("enrichment.blocked", (fault as BlockedTargetException ?? fault.InnerException!).Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new DataFaultException("enrichment.fault", fault.GetType().Name);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DataFaultException("enrichment.fault", "the connection was given up");
        }
    }

    private void ThrowIfRefused(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.OK) return;
        var wait = response.Headers.TryGetValues("Retry-After", out var after) ? RetryAfter.Parse(after.First(), time.GetUtcNow()) : null;
        throw new DataFaultException(status switch
        {
            429 => "enrichment.busy",
            408 or >= 500 => "enrichment.fault",
            >= 300 and < 400 => "enrichment.blocked",
            _ => "enrichment.refused",
        }, status.ToString(System.Globalization.CultureInfo.InvariantCulture), wait);
    }

    // Not by the length that is announced: it may be none, or untrue.
    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream();
        var piece = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(piece, ct)) > 0;)
        {
            if (body.Length + read > MaxBytes) throw new DataFaultException("enrichment.garbage", "too long");
            body.Write(piece, 0, read);
        }
        return System.Text.Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }
}
