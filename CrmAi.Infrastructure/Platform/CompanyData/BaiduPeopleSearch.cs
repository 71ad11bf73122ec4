using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Platform.CompanyData;

/// <summary>
/// Baidu's search, https://cloud.baidu.com/doc/AppBuilder/s/pmaxd1hvy: POST with a bearer token and one message; the answer has "references", a refusal "code" and "message" (or an "error" with both).
/// </summary>
internal sealed class BaiduPeopleSearch(DataLines lines, OutsideCalls calls) : IPeopleSearch
{
    public const string Name = "baidu";

    /// <summary>The longest question that is taken; pages of one answer.</summary>
    private const int MaxQuestion = 72, Most = 10;

    private const string Operation = "v2/ai_search/web_search";

    private DataLine Line => lines.Baidu;

    public string Source => Name;

    public bool IsConfigured => Line.Options.IsConfigured;

    public Task<Result<Retrieved<IReadOnlyList<PersonCandidate>>>> SearchAsync(string person, string? company, Asker asker, CancellationToken ct)
    {
        var question = Search.SearchTerms.Cut($"{person} {company}".Trim(), MaxQuestion);
        HttpRequestMessage Make(Uri address)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/" + Operation))
            {
                Content = JsonContent.Create(new { messages = new[] { new { role = "user", content = question } }, search_source = "baidu_search_v2", resource_type_filter = new[] { new { type = "web", top_k = Most } } }),
            };
            request.Headers.Authorization = new("Bearer", Line.Options.Key);
            return request;
        }
        return calls.AskAsync(Line, new(Operation, [question], Make), Pages, found => found.Count, asker, ct);
    }

    private static IReadOnlyList<PersonCandidate> Pages(JsonElement answer)
    {
        if ((answer.At("error") ?? answer).Text("code", 80) is { } code && answer.At("references") is null) throw new DataFaultException(CodeOf(code), code);
        return [.. answer.Need("references", JsonValueKind.Array).EnumerateArray().Take(Most).Select(Page).OfType<PersonCandidate>().DistinctBy(p => p.SourceId)];
    }

    // Only pages that a browser opens, and no address of one's own network by its look: links are shown, and followed by people alone.
    private static PersonCandidate? Page(JsonElement item)
    {
        var (link, title) = (item.Text("url", RegistryEntry.MaxLink + 1), item.Text("title", 200));
        if (link is null || title is null || link.Length > RegistryEntry.MaxLink || !Uri.TryCreate(link, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https") || page.UserInfo.Length > 0) return null;
        var id = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(page.AbsoluteUri)))[..32];
        return new(id, title, item.Text("content", PersonCandidate.MaxExcerpt) ?? "", page.AbsoluteUri, item.Text("website", 80) ?? item.Text("web_anchor", 80), item.Day("date"));
    }

    private static string CodeOf(string code) =>
        code.Contains("limit", StringComparison.OrdinalIgnoreCase) ? "enrichment.busy"
        : code.Contains("quota", StringComparison.OrdinalIgnoreCase) || code.Contains("overdue", StringComparison.OrdinalIgnoreCase) || code.Contains("balance", StringComparison.OrdinalIgnoreCase) ? "enrichment.quota"
        : code.Contains("internal", StringComparison.OrdinalIgnoreCase) ? "enrichment.fault" : "enrichment.refused";
}
