using System.Globalization;
using System.Text.Json;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Platform.CompanyData;

/// <summary>
/// Tianyancha's open API, https://open.tianyancha.com: GET with the token itself as Authorization; every answer is {"error_code", "reason", "result"}.
/// 0 is an answer, 300000 says that there is nothing; the others are put into our codes by <see cref="ResultOf"/>.
/// </summary>
internal sealed class TianyanchaRegistry(DataLines lines, OutsideCalls calls) : ICompanyRegistry
{
    public const string Name = "tianyancha";

    private const int Most = 20;

    private DataLine Line => lines.Tianyancha;

    public string Source => Name;

    public bool IsConfigured => Line.Options.IsConfigured;

    public string? PageOf(string sourceId) => sourceId.Length > 0 && sourceId.All(char.IsAsciiDigit) ? $"https://www.tianyancha.com/company/{sourceId}" : null;

    public Task<Result<Retrieved<IReadOnlyList<CompanyCandidate>>>> SearchAsync(string name, Asker asker, CancellationToken ct) =>
        AskAsync<IReadOnlyList<CompanyCandidate>>("open/search/2.0", [("word", name), ("pageSize", Most.ToString(CultureInfo.InvariantCulture)), ("pageNum", "1")],
            answer => [.. ResultOf(answer).Need("items", JsonValueKind.Array).EnumerateArray().Take(Most).Select(Candidate)], found => found.Count, asker, ct);

    public Task<Result<Retrieved<CompanyFacts>>> FactsAsync(string sourceId, Asker asker, CancellationToken ct) =>
        AskAsync("open/ic/baseinfo/normal", [("keyword", sourceId)], answer => Facts(ResultOf(answer)), _ => 1, asker, ct);

    public Task<Result<Retrieved<CompanyRisk>>> RiskAsync(string sourceId, Asker asker, CancellationToken ct) =>
        AskAsync("open/risk/riskInfo/2.0", [("keyword", sourceId)], answer => Risk(ResultOf(answer)), risk => risk.Events.Count, asker, ct);

    public Task<Result<Retrieved<IReadOnlyList<CompanyOfficer>>>> OfficersAsync(string sourceId, Asker asker, CancellationToken ct) =>
        AskAsync<IReadOnlyList<CompanyOfficer>>("open/ic/staff/2.0", [("keyword", sourceId), ("pageSize", Most.ToString(CultureInfo.InvariantCulture)), ("pageNum", "1")],
            answer => [.. ResultOf(answer).Need("items", JsonValueKind.Array).EnumerateArray().Take(Most).Select(Officer).OfType<CompanyOfficer>()], found => found.Count, asker, ct);

    public Task<Result<Retrieved<bool>>> VerifyAsync(string name, string creditCode, string legalRepresentative, Asker asker, CancellationToken ct) =>
        AskAsync("open/ic/verify/2.0", [("code", creditCode), ("name", name), ("legalPersonName", legalRepresentative)],
            answer => ResultOf(answer).Number("result") is { } verdict ? verdict == 1 : throw new DataFaultException("enrichment.garbage", "no verdict"), _ => 1, asker, ct);

    private Task<Result<Retrieved<T>>> AskAsync<T>(string operation, (string Name, string Value)[] arguments, Func<JsonElement, T> read, Func<T, int> count, Asker asker, CancellationToken ct)
    {
        var query = string.Join('&', arguments.Select(a => $"{a.Name}={Uri.EscapeDataString(a.Value)}"));
        HttpRequestMessage Make(Uri address)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, $"/services/{operation}?{query}"));
            request.Headers.TryAddWithoutValidation("Authorization", Line.Options.Key);
            request.Headers.Accept.ParseAdd("application/json");
            return request;
        }
        return calls.AskAsync(Line, new(operation, [.. arguments.Select(a => a.Value)], Make), read, count, asker, ct);
    }

    /// <summary>What is asked for, or why it is not there, by the codes of https://open.tianyancha.com.</summary>
    private static JsonElement ResultOf(JsonElement answer)
    {
        var code = answer.Number("error_code") ?? throw new DataFaultException("enrichment.garbage", "no code");
        if (code == 0) return answer.Need("result", JsonValueKind.Object);
        throw new DataFaultException(code switch
        {
            300000 => "enrichment.none", // nothing found
            300004 or 300012 => "enrichment.busy", // too often; still being made
            300006 or 300007 => "enrichment.quota", // no money, no calls left
            300002 or 300003 or 300005 or 300008 or 300009 or 300010 or 300011 => "enrichment.refused", // account, rights, address
            _ => "enrichment.fault",
        }, code.ToString(CultureInfo.InvariantCulture));
    }

    private CompanyCandidate Candidate(JsonElement item)
    {
        var (id, name, status) = (Id(item), item.Text("name"), item.Text("regStatus", 60));
        if (id is null || name is null) throw new DataFaultException("enrichment.garbage", "a company without a name");
        return new(id, name, CompanyStatuses.Of(status), status, item.Text("legalPersonName", 100), item.Text("regCapital", 60), item.Day("estiblishTime"), item.Text("creditCode", 40), item.Text("base", 40), PageOf(id));
    }

    private static CompanyFacts Facts(JsonElement result)
    {
        var status = result.Text("regStatus", 60);
        var classes = result.At("industryAll") ?? default;
        List<string> industry = [.. ((string[])["category", "categoryBig", "categoryMiddle", "categorySmall"]).Select(level => classes.Text(level, 60)).OfType<string>().Distinct()];
        if (industry.Count == 0 && result.Text("industry", 60) is { } plain) industry.Add(plain);
        return new()
        {
            Name = result.Text("name") ?? throw new DataFaultException("enrichment.garbage", "a company without a name"),
            EnglishName = result.Text("property3"),
            FormerNames = [.. result.Items("historyNameList").Take(10).Select(n => AnswerReading.Plain(n.ValueKind == JsonValueKind.String ? n.GetString() : null, 200)).OfType<string>()],
            CreditCode = result.Text("creditCode", 40), RegistrationNumber = result.Text("regNumber", 40), Form = result.Text("companyOrgType", 100),
            Status = CompanyStatuses.Of(status), StatusText = status, LegalRepresentative = result.Text("legalPersonName", 100), Capital = result.Text("regCapital", 60), Founded = result.Day("estiblishTime"),
            Industry = industry, Scope = Scope(result.Text("businessScope", 4000)), Address = result.Text("regLocation", 300), City = result.Text("city", 60),
            Staff = result.Text("staffNumRange", 40), Insured = result.Number("socialStaffNum"), Authority = result.Text("regInstitute", 100),
        };
    }

    private static CompanyRisk Risk(JsonElement result)
    {
        var events = new List<RiskEvent>();
        foreach (var group in result.Need("riskList", JsonValueKind.Array).EnumerateArray())
        {
            var scope = group.Number("type") switch { 1 => RiskScope.Own, 2 => RiskScope.Around, 3 => RiskScope.Past, _ => RiskScope.Notice };
            foreach (var item in group.Items("list").Take(40))
            {
                if (item.Text("title", 60) is not { } title || item.Number("total") is not (> 0 and var total)) continue;
                var tag = item.Text("tag", 20) ?? "";
                events.Add(new(scope, title, total, tag.Contains('高') ? RiskWeight.High : tag.Contains("警示", StringComparison.Ordinal) ? RiskWeight.Warning : RiskWeight.Info));
            }
        }
        return RiskRules.Of(events);
    }

    private static CompanyOfficer? Officer(JsonElement item)
    {
        if (item.Text("name", 100) is not { } name) return null;
        var posts = item.Items("typeJoin").Take(6).Select(p => AnswerReading.Plain(p.ValueKind == JsonValueKind.String ? p.GetString() : null, 60)).OfType<string>().ToList();
        return new(name, posts);
    }

    // One line of many parts; what stands in brackets belongs to its part.
    private static IReadOnlyList<string> Scope(string? text) =>
        text is null ? [] : [.. text.Split(['；', ';', '。'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(60)];

    private static string? Id(JsonElement item) => item.Text("id", RegistryEntry.MaxSourceId) is { } id && id.All(char.IsAsciiLetterOrDigit) ? id : null;
}
