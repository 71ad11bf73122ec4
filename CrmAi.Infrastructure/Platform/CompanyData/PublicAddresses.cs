using System.Net;
using System.Net.Sockets;

namespace CrmAi.Infrastructure.Platform.CompanyData;

/// <summary>
/// Which addresses lie out in the Internet, by the special-purpose registries of IANA (RFC 6890 and its successors). What carries an IPv4 address within an IPv6 one is judged by it:
/// mapped (RFC 4291), translated (NAT64, RFC 6052) and ISATAP (RFC 5214). Of IPv6 nothing outside 2000::/3 is public.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Closed4 =
    [
        .. ((string[])["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32" /* a cloud's own services at an address that looks public */]).Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3"), Translated = IPNetwork.Parse("64:ff9b::/96");

    // Protocol assignments with Teredo and ORCHID, documentation, 6to4.
    private static readonly IPNetwork[] Closed6 = [.. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(n => IPNetwork.Parse(n))];

    public static bool Holds(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork) return !Array.Exists(Closed4, n => n.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return false;
        if (address.IsIPv4MappedToIPv6) return Holds(address.MapToIPv4());
        var bytes = address.GetAddressBytes();
        if (Translated.Contains(address)) return Holds(new IPAddress(bytes[12..]));
        if (!Global6.Contains(address) || Array.Exists(Closed6, n => n.Contains(address))) return false;
        return bytes[8..12] is not ([0x00 or 0x02, 0x00, 0x5e, 0xfe]) || Holds(new IPAddress(bytes[12..]));
    }
}
