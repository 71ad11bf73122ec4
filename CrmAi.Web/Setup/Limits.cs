using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace CrmAi.Web.Setup;

/// <summary>How often one may ask: against guessing passwords and against programs that run away. 0 is without limit.</summary>
internal sealed class Limits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Attempts to sign in, by the address they come from.</summary>
    public int SignInPerMinute { get; set; } = 30;

    /// <summary>Requests to the API, by token; without a known token, by address.</summary>
    public int ApiPerMinute { get; set; } = 600;

    public static void Add(IServiceCollection services, IConfiguration settings)
    {
        services.Configure<Limits>(settings.GetSection(nameof(Limits)));
        services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Partition);
            options.OnRejected = AnswerAsync;
        });
    }

    private static RateLimitPartition<string> Partition(HttpContext http)
    {
        var limits = http.RequestServices.GetRequiredService<IOptions<Limits>>().Value;
        if (IsApi(http)) return Of("api " + Caller(http), limits.ApiPerMinute);
        return IsSignIn(http) ? Of("sign-in " + Address(http), limits.SignInPerMinute) : RateLimitPartition.GetNoLimiter("");
    }

    private static RateLimitPartition<string> Of(string key, int perMinute) => perMinute <= 0
        ? RateLimitPartition.GetNoLimiter("")
        : RateLimitPartition.GetFixedWindowLimiter(key, _ => new() { PermitLimit = perMinute, Window = Window });

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api");

    private static bool IsSignIn(HttpContext http) => HttpMethods.IsPost(http.Request.Method) && http.Request.Path.StartsWithSegments("/sign-in");

    // A token itself is kept nowhere, not even here.
    private static string Caller(HttpContext http) => http.User.UserId() is null ? Address(http)
        : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString())));

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    private static async ValueTask AnswerAsync(OnRejectedContext rejected, CancellationToken ct)
    {
        var http = rejected.HttpContext;
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (IsSignIn(http)) http.Response.Redirect("/sign-in?error=many");
        else await Faults.AnswerAsync(http, StatusCodes.Status429TooManyRequests);
    }
}
