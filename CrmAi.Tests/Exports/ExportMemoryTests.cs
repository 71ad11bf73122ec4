using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Exports;

[Collection(AloneCollection.Name)]
public sealed class ExportMemoryTests
{
    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    public async Task Writing_DoesNotGrowWithTheRows(ExportFormat format)
    {
        await using var db = await TestDatabase.CreateAsync();
        var rep = await db.AddUserAsync(Role.SalesRep);
        var my = db.As(rep);
        var viewer = await my.Get<ICurrentUser>().GetAsync(default);
        var request = new ExportRequest(ExportKind.Contacts, format) { Columns = ExportSamples.Columns(ExportKind.Contacts, ExportSamples.Chinese), Contacts = new(ContactScope.All) };
        // Each row has its own long text: whoever keeps rows keeps 24 MB.
        await db.WriteAsync(d => d.Contacts.AddRange(Enumerable.Range(0, 6_000).Select(i => new Contact { Name = $"人{i}", Notes = $"{i}" + new string((char)('a' + (i % 26)), 2_000), OwnerId = rep.Id, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now })));
        var held = new List<long>();
        var rows = await ((CrmAi.Infrastructure.Exports.Exports)my.Get<IExports>()).WriteAsync(request, viewer, Stream.Null, row =>
        {
            if (row % 1_000 == 0) held.Add(GC.GetTotalMemory(forceFullCollection: true));
            return Task.CompletedTask;
        }, default);
        rows.ShouldBe(6_000);
        (held[^1] - held[0]).ShouldBeLessThan(6 * 1024 * 1024, string.Join(' ', held.Select(h => $"{h / 1024} KiB")));
    }
}
