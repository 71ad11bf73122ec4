namespace CrmAi.Web.Setup;

/// <summary>What browsers are told of every answer: run only our own scripts, guess no content types, show us in nobody's frame.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; "
        + "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        // At the last moment, since an answer to a fault begins with empty headers; what an endpoint says of its own stays.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.TryAdd("Content-Security-Policy", Policy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            // forms would have said SAMEORIGIN for every page
            headers.XFrameOptions = http.GetEndpoint()?.Metadata.GetMetadata<ShownInOurFrames>() is null ? "DENY" : "SAMEORIGIN";
            headers.TryAdd("Referrer-Policy", "same-origin");
            return Task.CompletedTask;
        });
        return next(http);
    }
}

/// <summary>Beside an endpoint whose answers our own pages show in a frame; its policy says which.</summary>
internal sealed class ShownInOurFrames;
