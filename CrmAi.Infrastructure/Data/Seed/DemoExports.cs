using System.Text.Json;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>A list that somebody took along to a fair the other day.</summary>
internal sealed class DemoExports(IDbContextFactory<AppDbContext> contexts, DateTimeOffset now)
{
    private static readonly (ImportTarget Target, string Title)[] Columns =
        [(ImportTarget.Name, "姓名"), (ImportTarget.Company, "公司"), (ImportTarget.Title, "职位"), (ImportTarget.Mobile, "手机"), (ImportTarget.Email, "邮箱"), (ImportTarget.Stage, "阶段"), (ImportTarget.NextFollowUp, "下次跟进"), (ImportTarget.Tags, "标签")];

    public async Task RunAsync(User user, int rows, CancellationToken ct)
    {
        var at = DateTime.SpecifyKind(now.UtcDateTime.Date.AddDays(-2).AddHours(2.2), DateTimeKind.Utc);
        var request = new ExportRequest(ExportKind.Contacts, ExportFormat.Xlsx) { Columns = [.. Columns.Select(c => new ExportColumn(new(c.Target), c.Title))], Contacts = new(Order: ContactOrder.Name) };
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.Exports.Add(new() { UserId = user.Id, Kind = request.Kind, Format = request.Format, Request = JsonSerializer.Serialize(request), FileName = $"contacts-{at.AddHours(8):yyyyMMdd-HHmm}.xlsx", Total = rows, Rows = rows, CreatedAt = at });
        db.Begin("export.start", new Viewer(user.Id, user.Name, user.Role, user.TeamId, [], user.Language, user.TimeZone, ChangeOrigin.Page), at);
        await db.SaveChangesAsync(ct);
    }
}
