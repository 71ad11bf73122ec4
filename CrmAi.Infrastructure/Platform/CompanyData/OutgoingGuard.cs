using System.Net;
using System.Net.Sockets;

namespace CrmAi.Infrastructure.Platform.CompanyData;

/// <summary>Finds a host's addresses. Apart, so that tests can have names lead anywhere.</summary>
internal interface IHostAddresses
{
    Task<IPAddress[]> OfAsync(string host, CancellationToken ct);
}

internal sealed class SystemHostAddresses : IHostAddresses
{
    public Task<IPAddress[]> OfAsync(string host, CancellationToken ct) => Dns.GetHostAddressesAsync(host, ct);
}

/// <summary>Opens a connection to one address.</summary>
internal interface IConnector
{
    ValueTask<Stream> OpenAsync(IPEndPoint to, CancellationToken ct);
}

internal sealed class SocketConnector : IConnector
{
    public async ValueTask<Stream> OpenAsync(IPEndPoint to, CancellationToken ct)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A request would have gone where none of ours may.</summary>
internal sealed class BlockedTargetException(string why) : IOException(why);

/// <summary>
/// Lets requests out to one configured host and nowhere else. A redirect is not followed; whatever the host's name resolves to is judged when a connection is opened, and the connection goes to the
/// address that was judged, so that a name which answers otherwise a moment later gains nothing. One address that may not be reached closes the whole name: a service out in the Internet has none.
/// </summary>
/// <param name="allowsPrivate">Judges no addresses: for a stand-in on one's own machine.</param>
internal sealed class OutgoingGuard(Uri configured, bool allowsPrivate, IHostAddresses addresses, IConnector connector) : DelegatingHandler
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>No proxy, which would resolve names itself; no cookies; no redirects.</summary>
    public static HttpClient ClientFor(Uri configured, bool allowsPrivate, IHostAddresses addresses, IConnector connector)
    {
        var guard = new OutgoingGuard(configured, allowsPrivate, addresses, connector);
        guard.InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionLifetime = Lifetime, MaxResponseHeadersLength = 32, ConnectCallback = guard.ConnectAsync,
            AutomaticDecompression = DecompressionMethods.None, // what is small on the wire may be endless unpacked
        };
        return new(guard) { Timeout = Timeout.InfiniteTimeSpan };
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var to = request.RequestUri ?? throw new BlockedTargetException("no address");
        var same = to.IsAbsoluteUri && to.Scheme == configured.Scheme && to.IdnHost == configured.IdnHost && to.Port == configured.Port && to.UserInfo.Length == 0;
        return same ? base.SendAsync(request, cancellationToken) : throw new BlockedTargetException("another host than the configured one");
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        if (!string.Equals(host.Trim('[', ']'), configured.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase) || port != configured.Port) throw new BlockedTargetException("another host than the configured one");
        var found = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await addresses.OfAsync(host, ct);
        if (found.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        if (!allowsPrivate && !Array.TrueForAll(found, PublicAddresses.Holds)) throw new BlockedTargetException("an address that is not public");
        for (var i = 0; ; i++)
        {
            try { return await connector.OpenAsync(new(found[i], port), ct); }
            catch (SocketException) when (i < found.Length - 1) { } // the next one may answer
        }
    }
}
