using System.Net;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Browser;

/// <summary>The names people give to what all see: folders, views, tags, fields and their choices.</summary>
[Collection(BrowserTests.Name)]
public sealed class PayloadNamesTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task HostileNames_OfFoldersViewsTagsAndFields_AreShownAsTyped_AndNeverRun()
    {
        var (person, keeper) = (await fixture.App.AddUserAsync(Role.SalesRep), await fixture.App.AddUserAsync(Role.Admin));
        var (program, keeping) = (await fixture.App.ProgramOfAsync(person), await fixture.App.ProgramOfAsync(keeper));
        var (folders, views, tags, fields, choices) = (Some(50, 0), Some(30, 1), Some(50, 2), Some(50, 3), Some(50, 4));
        var (made, visit) = (new List<string>(), new HostileVisit(fixture));
        try
        {
            var tagIds = new List<Guid>();
            foreach (var name in tags) tagIds.Add(await AddAsync(keeping, "tags", new { name, kind = "Custom" }));
            made.AddRange(tagIds.Select(id => $"tags/{id}"));
            var custom = new Dictionary<Guid, string>();
            foreach (var name in fields)
            {
                var id = await AddAsync(keeping, "custom-fields", new { target = "Contact", type = "Text", name, hint = name, isSearchable = true });
                made.Add($"custom-fields/{id}");
                custom[id] = "值 " + name;
            }
            var choice = await AddAsync(keeping, "custom-fields", new { target = "Contact", type = "Choice", name = "选项", choices });
            made.Add($"custom-fields/{choice}");
            custom[choice] = choices[^1];
            var contact = await AddAsync(program, "contacts", new { name = "赵载荷", custom, tagIds });
            foreach (var name in folders) await AddAsync(program, "folders", new { name });
            foreach (var name in views) await AddAsync(program, "views", new { name, filter = "q=" + Uri.EscapeDataString(name) });

            var page = await visit.OpenAsync(person);
            await Places.GoAsync(page, $"/contacts/{contact}?pane=details&group=Folder&tag={tagIds[0]}");
            await HostileVisit.ShouldShowAsync(page, ".tabs-bar", views);
            await HostileVisit.ShouldShowAsync(page, ".filter-bar", [tags[0]]);
            await HostileVisit.ShouldShowAsync(page, "main", [.. tags, .. fields, .. fields.Select(f => "值 " + f), choices[^1]]);
            await Places.GoAsync(page, $"/contacts/{contact}?group=Folder");
            await page.Locator(".contact-row").First.WaitForAsync();
            await HostileVisit.ShouldShowAsync(page, ".contact-list", folders);
            await Places.GoAsync(page, $"/contacts/{contact}?pane=history");
            await page.Context.CloseAsync();

            page = await visit.OpenAsync(keeper);
            await Places.GoAsync(page, "/admin/fields");
            await HostileVisit.ShouldShowAsync(page, "main", [.. fields, .. choices]);
            await Places.GoAsync(page, "/admin/tags");
            await HostileVisit.ShouldShowAsync(page, "main", tags);
            await page.Context.CloseAsync();
        }
        finally
        {
            foreach (var path in made) await keeping.DeleteAsync(Requests.At("/api/v1/" + path));
        }
        visit.Hits.ShouldBeEmpty();
    }

    // Each fifth of those short enough, beginning elsewhere; names that differ only in case are one.
    private static IReadOnlyList<string> Some(int longest, int from) =>
        [.. Payloads.All.Where(p => p.Length <= longest && p == p.Trim() && !p.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029')).DistinctBy(p => p.ToUpperInvariant()).Where((_, i) => i % 5 == from % 5).Take(24)];

    private static async Task<Guid> AddAsync(HttpClient program, string path, object body)
    {
        var answer = await program.PostJsonAsync("/api/v1/" + path, JsonSerializer.Serialize(body));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.JsonAsync()).GetProperty("id").GetGuid();
    }
}
