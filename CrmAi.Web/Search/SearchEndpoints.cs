using CrmAi.Domain.Search;

namespace CrmAi.Web.Search;

/// <summary>One search over all kinds of records, over the API.</summary>
internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder api) =>
        api.MapGet("/search", async (IPalette use, string? q, FoundKind? kind, CancellationToken ct) => Results.Ok(await use.FindAsync(q ?? "", kind, ct)))
            .WithTags("search")
            .WithSummary("What `q` finds among contacts, companies, interactions' texts, the user's open tasks and labels, a few of each with how many there are (counted up to 50): by name, pinyin, initials, one Chinese character, the end of a number; where nobody is called so, names that differ by a slip. `kind` for one kind alone. `marks` are the places in a text that were searched for, in UTF-16 code units.")
            .Produces<IReadOnlyList<FoundGroup>>();
}
