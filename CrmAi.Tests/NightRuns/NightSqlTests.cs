using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.NightRuns;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.NightRuns;

/// <summary>Both databases are asked the same; no server is needed to see that.</summary>
public sealed class NightSqlTests
{
    private static readonly NightReader Reader = new("model", "2-abcd", true);

    public static TheoryData<string> Providers => ["Sqlite", "SqlServer"];

    [Theory, MemberData(nameof(Providers))]
    public void Looked_TellsItsReasonInOneQuestion(string provider)
    {
        using var db = Open(provider);
        var sql = Unquoted(NightChoice.Looked(db, new("rules 1", Reader, 14, new(2026, 11, 28), new(2026, 11, 28, 18, 0, 0, DateTimeKind.Utc))).ToQueryString());
        sql.ShouldContain("LEFT JOIN ContactReviews");
        sql.ShouldContain("CASE");
        sql.ShouldMatch(@"END >= 0");
    }

    [Theory, MemberData(nameof(Providers))]
    public void Aged_GoesByTheStoredDay(string provider)
    {
        using var db = Open(provider);
        var sql = Unquoted(NightChoice.Aged(db, new(2026, 11, 28)).ToQueryString());
        sql.ShouldMatch(@"WHERE \w+\.ChangesOn <= @\w+");
        sql.ShouldContain("ProfileUpdates");
        db.Model.FindEntityType(typeof(Domain.Scoring.ContactScore))!.GetIndexes().ShouldContain(i => i.Properties.Count == 1 && i.Properties[0].Name == "ChangesOn", "found without a look at the others");
    }

    [Theory, MemberData(nameof(Providers))]
    public void Unread_IsOfAuthorsWhoLetIt_AndNeverPrivate(string provider)
    {
        using var db = Open(provider);
        var sql = NightChoice.Unread(db, Reader).Select(q => Unquoted(q.ToQueryString())).ToList();
        sql.Count.ShouldBe(2);
        foreach (var part in (string[])["AutoAnalysis", "IsPrivate", "IsScheduled", "IsArchived", "DeletedAt IS NULL"]) sql.ShouldAllBe(q => q.Contains(part), part);
        sql[0].ShouldContain("NOT EXISTS");
        sql[0].ShouldContain("Jobs");
        foreach (var part in (string[])["PromptVersion IS NULL", "Reader = @"]) sql[1].ShouldContain(part);
        Unquoted(NightReading.Again(db, Reader).ToQueryString()).ShouldContain("AnalystVersion NOT LIKE");
        NightChoice.Unread(db, Reader with { IsModel = false }).Count().ShouldBe(1, "the rules read nothing again");
    }

    private static AppDbContext Open(string provider) => provider == "Sqlite" ? new SqliteDesign().CreateDbContext([]) : new SqlServerDesign().CreateDbContext([]);

    private static string Unquoted(string sql) => sql.Replace("\"", "", StringComparison.Ordinal).Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
}
