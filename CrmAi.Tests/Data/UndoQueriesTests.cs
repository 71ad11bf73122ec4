using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.BulkEdits;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Imports;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Data;

/// <summary>What can be undone and what was said are asked for alike on both databases, permission within.</summary>
public sealed class UndoQueriesTests
{
    public static TheoryData<string> Providers => ["Sqlite", "SqlServer"];

    [Theory, MemberData(nameof(Providers))]
    public void Undoable_IsNarrowedCutAndOrderedInSql(string provider)
    {
        using var db = Open(provider);
        foreach (var (role, scope) in ((Role, UndoScope)[])[(Role.SalesRep, UndoScope.Mine), (Role.Manager, UndoScope.Team), (Role.Manager, UndoScope.Mine)])
        {
            foreach (var list in Enum.GetValues<UndoList>())
            {
                var sql = Sql(UndoQueries.Rows(db, Viewer(role), list, scope, DateTime.UtcNow, [new BulkGroups(null!).TakenBack(db), new ImportGroups(null!, null!, null!, TimeProvider.System).TakenBack(db)]).After(new Cursor(DateTime.UtcNow, Guid.CreateVersion7()), 31));
                sql.ShouldMatch(@"At <= @\w+ AND \(\w+\.At < @\w+ OR \w+\.Id < @");
                sql.ShouldMatch(@"ORDER BY \w+\.At DESC, \w+\.Id DESC");
                sql.ShouldMatch(@"LIMIT @|TOP\(@");
                sql.ShouldNotContain("OFFSET");
                sql.ShouldMatch(@"OwnerId = @\w+ OR \w+\.Visibility = ", "the rows concerned are asked for");
                sql.ShouldMatch(@"IsPrivate");
            }
        }
        Sql(UndoQueries.Rows(db, Viewer(Role.SalesRep), UndoList.Undoable, UndoScope.All, DateTime.UtcNow, [])).ShouldMatch("0 = 1|WHERE 0|1 = 0");
        Sql(UndoQueries.Rows(db, Viewer(Role.Admin), UndoList.Undoable, UndoScope.All, DateTime.UtcNow, []).After(null, 31)).ShouldNotContain("Visibility");
    }

    [Theory, MemberData(nameof(Providers))]
    public void WhatWasSaid_IsSoughtByTermsAndPermission(string provider)
    {
        using var db = Open(provider);
        var sql = Sql(TalkSearch.Visible(db, Viewer(Role.SalesRep), [new("报价", false), new("价单", false)], 64));
        sql.ShouldMatch(@"Term = @");
        sql.ShouldMatch(@"OwnerId = @\w+ OR \w+\.Visibility = ");
        sql.ShouldMatch(@"IsPrivate");
        sql.ShouldNotContain("LIKE", Case.Insensitive);
        Sql(TalkSearch.Visible(db, Viewer(Role.SalesRep), [new("价", true)], 64)).ShouldMatch(@"Term >= @\w+ AND \w+\.Term < @\w+");
    }

    private static string Sql<T>(IQueryable<T> query) => query.ToQueryString().Replace("\"", "", StringComparison.Ordinal).Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static AppDbContext Open(string provider) => provider == "Sqlite" ? new SqliteDesign().CreateDbContext([]) : new SqlServerDesign().CreateDbContext([]);

    private static Viewer Viewer(Role role) => new(Guid.CreateVersion7(), "x", role, Guid.CreateVersion7(), [Guid.CreateVersion7()], "zh-CN", "UTC", ChangeOrigin.Page);
}
