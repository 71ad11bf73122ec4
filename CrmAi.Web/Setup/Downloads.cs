namespace CrmAi.Web.Setup;

internal static class Downloads
{
    /// <summary>A file of people's data: kept by nobody on the way, and nothing in it runs.</summary>
    public static void Guard(HttpContext http)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
    }
}
