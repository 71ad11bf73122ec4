using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Search;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Search;

/// <summary>However much was said and done, neither the palette nor the page of what can be undone reads all of it.</summary>
public sealed class SearchPlansTests
{
    [Theory]
    [InlineData(Role.SalesRep, UndoScope.Mine)]
    [InlineData(Role.Manager, UndoScope.Team)]
    [InlineData(Role.Admin, UndoScope.All)]
    public async Task Undoable_IsReadInTheOrderOfAnIndex(Role role, UndoScope scope)
    {
        await using var db = await TestDatabase.CreateAsync();
        await using var d = db.Open();
        foreach (var list in Enum.GetValues<UndoList>())
        {
            var plan = await PlanAsync(d, UndoQueries.Rows(d, Viewer(role), list, scope, db.Clock.Now, [d.BulkEdits.Select(b => b.Id)]).After(new Cursor(db.Clock.Now, Guid.CreateVersion7()), 31).Select(s => s.Id));
            plan.ShouldMatch(@"SEARCH \w+ USING (COVERING )?INDEX IX_ChangeSets_\w*At\w* \(", plan);
            plan.ShouldMatch(@"USING (COVERING )?INDEX IX_ChangeEntries_ChangeSetId", plan);
            plan.ShouldNotMatch(@"\bSCAN \w+\b(?! USING (COVERING )?INDEX)", plan);
            plan.ShouldNotContain("ORDER BY", customMessage: plan);
        }
    }

    [Theory]
    [InlineData("报价", false, "Term=?")]
    [InlineData("价", true, "Term>? AND Term<?")]
    public async Task WhatWasSaid_IsSoughtByTheKeyOfItsTerms(string term, bool isBeginning, string range)
    {
        await using var db = await TestDatabase.CreateAsync();
        await using var d = db.Open();
        foreach (var role in (Role[])[Role.SalesRep, Role.Manager, Role.Admin])
        {
            var plan = await PlanAsync(d, TalkSearch.Visible(d, Viewer(role), [new(term, isBeginning), new("价单", false)], 64).Select(i => i.Id));
            plan.ShouldContain($"USING PRIMARY KEY ({range})", customMessage: plan);
            plan.ShouldNotMatch(@"\bSCAN [a-z]\d*\b", plan);
        }
    }

    [Fact]
    public async Task Words_ForSlipsAreSoughtByTheirKeys()
    {
        await using var db = await TestDatabase.CreateAsync();
        await using var d = db.Open();
        var (keys, word) = ((List<string>)["zhang", "zhan"], "zhangsan");
        foreach (var query in (IQueryable<string>[])[d.SimilarTerms.Where(t => keys.Contains(t.Key)).Select(t => t.Word), d.SimilarTerms.Where(t => t.Key == "zhangsa" && t.Word == word).Select(t => t.Word)])
            (await PlanAsync(d, query)).ShouldMatch(@"USING COVERING INDEX IX_SimilarTerms_Key_Word \(Key=\?");
    }

    private static Viewer Viewer(Role role)
    {
        var team = Guid.CreateVersion7();
        return new(Guid.CreateVersion7(), "x", role, team, [team], "zh-CN", "UTC", ChangeOrigin.Page);
    }

    private static async Task<string> PlanAsync<T>(AppDbContext context, IQueryable<T> query)
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
