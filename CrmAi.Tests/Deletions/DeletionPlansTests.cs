using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Deletions;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Deletions;

/// <summary>However many records there are, no list of deletions reads them all.</summary>
public sealed class DeletionPlansTests
{
    [Theory]
    [InlineData(Role.Admin)]
    [InlineData(Role.Manager)]
    [InlineData(Role.SalesRep)]
    public async Task Lists_OfDeletions_AreSoughtByAnIndex(Role role)
    {
        await using var db = await TestDatabase.CreateAsync();
        await using var d = db.Open();
        var (me, team) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var viewer = new Viewer(me, "x", role, team, [team], "zh-CN", "UTC", ChangeOrigin.Page);
        var part = new DeletedPart(db.Clock.Now.AddDays(-30), new(db.Clock.Now, Guid.CreateVersion7()), 51);
        foreach (var (table, query) in ((string, IQueryable<Guid>)[])[
            ("Contacts", part.Of(d.Contacts.VisibleTo(viewer, deletedToo: true).GovernedBy(viewer)).Select(c => c.Id)),
            ("Accounts", part.Of(d.Accounts.VisibleTo(viewer, deletedToo: true).GovernedBy(viewer)).Select(a => a.Id)),
            ("Interactions", part.Of(d.Interactions.VisibleTo(viewer, d, deletedToo: true).Where(i => i.Contact!.DeletedAt == null).ChangeableBy(viewer, d)).Select(i => i.Id)),
            ("Tasks", part.Of(d.Tasks.VisibleTo(viewer, d, deletedToo: true).Where(t => t.ContactId == null || t.Contact!.DeletedAt == null)).Select(t => t.Id))])
        {
            var plan = await PlanAsync(d, query);
            // Who governs few reads those few; all others read what was deleted.
            plan.ShouldNotMatch(@"\bSCAN [a-z]\d*\b", $"{role}: {plan}");
            if (role != Role.Admin && table != "Interactions") continue;
            plan.ShouldMatch($@"USING (COVERING )?INDEX IX_{table}_DeletedAt_Id \(DeletedAt>\? AND DeletedAt<\?\)", $"{role}: {plan}");
            plan.ShouldNotContain("TEMP B-TREE", customMessage: plan);
        }
    }

    private static async Task<string> PlanAsync(AppDbContext context, IQueryable<Guid> query)
    {
        await context.Database.OpenConnectionAsync();
        await using var command = query.CreateDbCommand();
#pragma warning disable CA2100 // a statement of the product's own
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync();
        var plan = new System.Text.StringBuilder();
        while (await rows.ReadAsync()) plan.AppendLine(rows.GetString(3));
        return plan.ToString();
    }
}
