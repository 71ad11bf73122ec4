using System.Collections.Concurrent;
using System.Net;
using CrmAi.Infrastructure.Platform.CompanyData;

namespace CrmAi.Tests.Enrichment;

/// <summary>Nothing goes anywhere but to the configured host, and not even there where its name leads inside. A connection is counted before it would be opened.</summary>
public sealed class OutgoingGuardTests
{
    /// <summary>Addresses that no request may reach, in the ways they can be written.</summary>
    private static readonly string[] Hosts =
    [
        // loopback, plainly and otherwise
        "127.0.0.1", "127.0.0.2", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0177.0.0.1", "017700000001", "0177.0x0.0.1", "127.0.0.1.", "localhost", "LOCALHOST", "localhost.", "a.localhost",
        "１２７.０.０.１", "127。0。0。1", "①②⑦.⓪.⓪.①", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        // unspecified, broadcast
        "0.0.0.0", "0", "0x0", "0.1.2.3", "255.255.255.255", "4294967295", "0xffffffff", "240.0.0.1", "254.1.1.1",
        // private
        "10.0.0.1", "10.255.255.255", "0xa.0.0.1", "012.0.0.1", "167772161", "10.1", "172.16.0.1", "172.31.255.254", "2886729729", "0xac.0x10.0.1", "192.168.0.1", "192.168.1.254", "3232235521", "0xc0a80001", "0300.0250.0.1", "192.168.257",
        // link-local with the metadata of clouds
        "169.254.169.254", "169.254.0.1", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "0xa9.254.0xa9.254", "169.254.43518", "169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192",
        // carriers' own, benchmarks, documentation, multicast, 6to4 relays
        "100.64.0.1", "100.127.255.254", "1681915905", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "192.88.99.1",
        // version 6
        "[::1]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::]", "[::127.0.0.1]", "[::7f00:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[::ffff:192.168.0.1]", "[::ffff:0.0.0.0]", "[::ffff:100.64.0.1]",
        "[64:ff9b::127.0.0.1]", "[64:ff9b::10.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]", "[64:ff9b:1::8.8.8.8]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[2002:a9fe:a9fe::]", "[2001:0:7f00:1::]", "[2001::1]", "[2001:20::1]", "[2001:db8::1]", "[3fff::1]", "[2606:4700::5efe:10.0.0.1]", "[2606:4700::200:5efe:7f00:1]",
        "[fe80::1]", "[fe80::1%25eth0]", "[febf::1]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[fd12:3456:789a::1]", "[ff02::1]", "[ff0e::1]", "[100::1]", "[5f00::1]", "[4000::1]",
        // names that lead inside
        "inside.example", "metadata.google.internal", "rebound.example", "mixed.example", "mapped.example", "bücher.example", "nat.example",
    ];

    // What a resolver in an attacker's hand would say. Names not listed lead to this machine.
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["metadata.google.internal"] = ["169.254.169.254"], ["inside.example"] = ["10.20.30.40"], ["mixed.example"] = ["93.184.215.14", "127.0.0.1"], ["mapped.example"] = ["::ffff:10.0.0.1"], ["nat.example"] = ["64:ff9b::c0a8:1"], ["rebound.example"] = ["fd00::5"],
    };

    public static TheoryData<string> Targets => [.. Hosts];

    [Fact]
    public void Targets_AreMoreThanAHundred_AndDifferent()
    {
        Hosts.Count(h => Uri.TryCreate($"http://{h}/", UriKind.Absolute, out _)).ShouldBeGreaterThan(100);
        Hosts.ShouldBeUnique();
    }

    [Theory, MemberData(nameof(Targets))]
    public async Task AnAddressInside_AsTheConfiguredOne_IsNeverConnectedTo(string host)
    {
        var stage = new Stage();
        if (!Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var configured)) return; // no address at all: refused at start
        using var client = OutgoingGuard.ClientFor(configured, allowsPrivate: false, stage, stage);
        var fault = await Should.ThrowAsync<Exception>(client.GetAsync(new Uri(configured, "/services")));
        (fault is BlockedTargetException || fault.InnerException is BlockedTargetException).ShouldBeTrue(fault.ToString());
        stage.Opened.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Targets))]
    public async Task AnotherHost_InARequest_IsNeverConnectedTo_EvenWhereAStandInIsAllowed(string host)
    {
        var stage = new Stage();
        if (!Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var asked)) return;
        using var client = OutgoingGuard.ClientFor(new("http://register.example"), allowsPrivate: true, stage, stage);
        await Should.ThrowAsync<BlockedTargetException>(client.GetAsync(asked));
        (stage.Opened.Count, stage.Resolved).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("http://register.example@127.0.0.1/")]
    [InlineData("http://register.example:80@10.0.0.1/")]
    [InlineData("http://user:word@register.example/")]
    [InlineData("http://register.example:81/")]
    [InlineData("https://register.example/")]
    [InlineData("http://register.example.evil.example/")]
    [InlineData("http://register.example./")]
    [InlineData("http://regıster.example/")]
    [InlineData("http://xn--regster-q1a.example/")]
    [InlineData("http://register.example%2eevil.example/")]
    [InlineData("http://127.0.0.1/#@register.example/")]
    [InlineData("http://127.0.0.1/?register.example")]
    public async Task WhatOnlyLooksLikeTheConfiguredHost_IsNeverConnectedTo(string address)
    {
        var stage = new Stage();
        using var client = OutgoingGuard.ClientFor(new("http://register.example"), allowsPrivate: true, stage, stage);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var asked)) return;
        await Should.ThrowAsync<BlockedTargetException>(client.GetAsync(asked));
        stage.Opened.ShouldBeEmpty();
    }

    [Fact]
    public async Task APublicAddress_IsConnectedTo_AndNoOther()
    {
        var stage = new Stage();
        using var client = OutgoingGuard.ClientFor(new("http://public.example"), allowsPrivate: false, stage, stage);
        await Should.ThrowAsync<HttpRequestException>(client.GetAsync(new Uri("http://public.example/services")));
        stage.Opened.ShouldBe([new IPEndPoint(IPAddress.Parse("93.184.215.14"), 80)]);
    }

    [Fact]
    public async Task ANameThatAnswersOtherwiseAMomentLater_IsConnectedToWhereItWasJudged()
    {
        var stage = new Stage { Turns = ["93.184.215.14", "127.0.0.1", "127.0.0.1"] };
        using var client = OutgoingGuard.ClientFor(new("http://turning.example"), allowsPrivate: false, stage, stage);
        await Should.ThrowAsync<HttpRequestException>(client.GetAsync(new Uri("http://turning.example/")));
        stage.Resolved.ShouldBe(1); // judged and used are one answer
        stage.Opened.Select(o => o.Address.ToString()).ShouldBe(["93.184.215.14"]);
        var again = await Should.ThrowAsync<Exception>(client.GetAsync(new Uri("http://turning.example/")));
        (again is BlockedTargetException || again.InnerException is BlockedTargetException).ShouldBeTrue(again.ToString());
        stage.Opened.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("93.184.215.14", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("100.128.0.1", true)]
    [InlineData("223.255.255.255", true)]
    [InlineData("2606:4700::6812:1b78", true)]
    [InlineData("64:ff9b::8.8.8.8", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("2606:4700::5efe:808:808", true)]
    [InlineData("169.253.255.255", true)]
    [InlineData("169.254.0.0", false)]
    public void Addresses_AreJudgedByTheRegistries(string address, bool isPublic) => PublicAddresses.Holds(IPAddress.Parse(address)).ShouldBe(isPublic);

    private sealed class Stage : IHostAddresses, IConnector
    {
        private int resolved;

        public ConcurrentQueue<IPEndPoint> Opened { get; } = new();

        public int Resolved => resolved;

        /// <summary>What the name answers, one time after the other.</summary>
        public string[] Turns { get; init; } = [];

        public Task<IPAddress[]> OfAsync(string host, CancellationToken ct)
        {
            var turn = Interlocked.Increment(ref resolved) - 1;
            string[] found = Turns.Length > 0 ? [Turns[Math.Min(turn, Turns.Length - 1)]] : host == "public.example" ? ["93.184.215.14"] : Names.GetValueOrDefault(host, ["127.0.0.1", "::1"]);
            return Task.FromResult(found.Select(IPAddress.Parse).ToArray());
        }

        public ValueTask<Stream> OpenAsync(IPEndPoint to, CancellationToken ct)
        {
            Opened.Enqueue(to);
            throw new IOException("nobody is there");
        }
    }
}
