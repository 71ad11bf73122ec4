using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Contacts;
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

    [Theory]
    [InlineData(Role.SalesRep)]
    [InlineData(Role.Manager)]
    [InlineData(Role.Admin)]
    public async Task People_AreSoughtByTheirTerms_OrMetInTheListsOrder(Role role)
    {
        await using var db = await TestDatabase.CreateAsync();
        await using var d = db.Open();
        await CountAsync(d);
        foreach (var spread in Enum.GetValues<WordSpread>())
        {
            var found = RecordSearch.People(d, Viewer(role), db.Cipher, [("zhang", spread)]);
            var plan = spread == WordSpread.Rare ? await PlanAsync(d, found.Select(c => new { c.Id, c.LastContactAt }))
                : await PlanAsync(d, ContactOrdering.Of(RecordSearch.Everybody).Parts(found, backwards: false).First().Take(51).Select(c => c.Id));
            if (spread == WordSpread.Rare) plan.ShouldMatch(@"SEARCH c USING (COVERING )?INDEX \w+ \([^)]*\bId=\?", plan);
            else plan.ShouldMatch(@"SEARCH c USING (COVERING )?INDEX IX_Contacts_IsArchived_DeletedAt_LastContactAt_", plan);
            if (spread == WordSpread.Common) plan.ShouldMatch(@"INDEX IX_ContactTerms_ContactId \(ContactId=\?[\s\S]+INDEX IX_AccountTerms_AccountId \(AccountId=\?", plan);
            else plan.ShouldMatch(@"SEARCH c\d* USING COVERING INDEX sqlite_autoindex_ContactTerms_1 \(Term>\? AND Term<\?\)[\s\S]+INDEX sqlite_autoindex_AccountTerms_1 \(Term>\? AND Term<\?\)", plan);
            plan.ShouldNotMatch(@"\bSCAN [a-z]\d*\b", plan);
            if (spread != WordSpread.Rare) plan.ShouldNotContain("TEMP B-TREE FOR ORDER BY", customMessage: plan);
        }
    }

    [Theory]
    [InlineData(Role.SalesRep, false)]
    [InlineData(Role.SalesRep, true)]
    [InlineData(Role.Admin, false)]
    [InlineData(Role.Admin, true)]
    public async Task Companies_AreSoughtByTheirTerms_OrMetInTheirOrder(Role role, bool isCommon)
    {
        await using var db = await TestDatabase.CreateAsync();
        await using var d = db.Open();
        var plan = await PlanAsync(d, RecordSearch.Companies(d, Viewer(role), "精密", isCommon, 51));
        if (isCommon) plan.ShouldMatch(@"SCAN a USING (COVERING )?INDEX sqlite_autoindex_Accounts_1[\s\S]+INDEX IX_AccountTerms_AccountId \(AccountId=\?", plan);
        else plan.ShouldMatch(@"SEARCH a USING INDEX sqlite_autoindex_Accounts_1 \(Id=\?\)[\s\S]+INDEX sqlite_autoindex_AccountTerms_1 \(Term>\? AND Term<\?\)", plan);
        plan.ShouldNotContain("TEMP B-TREE FOR ORDER BY", customMessage: plan);
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

    // What the database is told of 100,000 contacts, so that it weighs the ways as it would there.
    private static async Task CountAsync(AppDbContext context)
    {
        await context.Database.OpenConnectionAsync();
        await context.Database.ExecuteSqlAsync($"ANALYZE");
        await context.Database.ExecuteSqlAsync($"""
            INSERT INTO sqlite_stat1 SELECT tbl_name, name, CASE tbl_name WHEN 'ContactTerms' THEN '1286954 13 1' WHEN 'AccountTerms' THEN '526980 42 1' WHEN 'Accounts' THEN '12565 1 1'
                ELSE CASE WHEN name LIKE '%autoindex%' THEN '100417 1' WHEN name LIKE '%_AccountId_DeletedAt_%' THEN '100417 8 8 8 1' ELSE '100417 1001 1001 7 1' END END
            FROM sqlite_schema WHERE type = 'index' AND tbl_name IN ('Contacts', 'ContactTerms', 'AccountTerms', 'Accounts')
            """);
        await context.Database.ExecuteSqlAsync($"ANALYZE sqlite_schema");
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
