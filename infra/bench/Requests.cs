using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CrmAi.Bench;

/// <summary>What a program asks of the API, each request checked: an error is no fast answer.</summary>
internal sealed class Requests : IDisposable
{
    private const string Contacts = "/api/v1/contacts";

    private readonly HttpClient client;

    public Requests(Uri address, string token)
    {
        client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        client.DefaultRequestHeaders.AcceptLanguage.Add(new("en"));
    }

    public Task EmptyAsync() => ReadAsync("/health/live");

    /// <summary>A page of fifty.</summary>
    public async Task<int> PageAsync(string query) => Count(await ReadAsync($"{Contacts}?limit=50&{query}"));

    public async Task ContactAsync(Guid id)
    {
        await ReadAsync($"{Contacts}/{id}");
        await ReadAsync($"{Contacts}/{id}/interactions");
    }

    public async Task<Guid> CreateAsync(int turn) => (await SendAsync(HttpMethod.Post, Contacts, Invented(turn))).RootElement.GetProperty("id").GetGuid();

    public async Task TalkAsync(Guid contact, string text) =>
        (await SendAsync(HttpMethod.Post, $"{Contacts}/{contact}/interactions", JsonSerializer.Serialize(new { type = "Call", content = text, at = DateTime.UtcNow }))).Dispose();

    public async Task UpdateAsync(Guid id, int version, int turn)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Contacts}/{id}") { Content = Json(Invented(turn)) };
        request.Headers.IfMatch.Add(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")));
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => client.Dispose();

    private static string Invented(int turn) => JsonSerializer.Serialize(new
    {
        name = "测试" + "张王李赵陈"[turn % 5],
        englishName = $"Bench {turn}",
        mobile = string.Create(CultureInfo.InvariantCulture, $"139 0000 {turn % 10_000:D4}"),
        email = $"bench{turn}@bench.example",
        company = "测试基准有限公司",
        title = "采购经理",
        seniority = "Manager",
        notes = $"第 {turn} 次",
        priority = "High",
    });

    private async Task<string> ReadAsync(string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<JsonDocument> SendAsync(HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = Json(json) };
        using var answer = await client.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static int Count(string page)
    {
        using var json = JsonDocument.Parse(page);
        return json.RootElement.GetProperty("items").GetArrayLength();
    }
}
