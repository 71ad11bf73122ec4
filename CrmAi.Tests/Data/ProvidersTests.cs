using System.Globalization;
using System.Text.RegularExpressions;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CrmAi.Tests.Data;

/// <summary>Both databases hold the same model and answer the same questions; no server is needed to see that.</summary>
public sealed partial class ProvidersTests
{
    private const int NonclusteredKey = 1700, ClusteredKey = 900;

    private static readonly FieldCipher Cipher = new(KeyRing.Make());

    public static TheoryData<string> Providers => ["Sqlite", "SqlServer"];

    [Theory, MemberData(nameof(Providers))]
    public void Model_AndMigrations_AreInStep(string provider)
    {
        using var db = Open(provider);
        db.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public void SqlServerScript_DeletesNothingAlong()
    {
        using var db = Open("SqlServer");
        var script = db.GetService<IMigrator>().GenerateScript();
        script.ShouldContain("CREATE TABLE [Contacts]");
        Constraint().Matches(script).ShouldNotBeEmpty();
        Constraint().Matches(script).Where(m => m.Value.Contains("ON DELETE CASCADE", StringComparison.Ordinal)).Select(m => m.Groups[1].Value).ShouldBeEmpty();
    }

    [Fact]
    public void SqlServerKeys_OfEveryIndex_AreNarrowEnough()
    {
        using var db = Open("SqlServer");
        var tables = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.ToList();
        tables.Count.ShouldBeGreaterThan(15);
        foreach (var table in tables)
        {
            Width(table.PrimaryKey!.Columns).ShouldBeLessThanOrEqualTo(ClusteredKey, $"primary key of {table.Name}");
            foreach (var index in table.Indexes) Width(index.Columns).ShouldBeLessThanOrEqualTo(NonclusteredKey, index.Name);
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public void Lists_OfAPersonsRecords_AreNarrowedInSql(string provider)
    {
        using var db = Open(provider);
        foreach (var role in (Role[])[Role.SalesRep, Role.Manager, Role.Viewer])
        {
            foreach (var (name, sql) in Queries(db, Viewer(role)))
            {
                Unquoted(sql).ShouldMatch(@"OwnerId = @\w+ OR \w+\.Visibility = ", $"{name} for {role}:\n{sql}");
                Unquoted(sql).ShouldMatch(@"DeletedAt IS NULL", name);
            }
        }
        foreach (var (name, sql) in Queries(db, Viewer(Role.Analyst))) Unquoted(sql).ShouldMatch(@"Visibility <> 'Private'|Visibility <> N'Private'", name);
        Unquoted(db.Contacts.VisibleTo(Viewer((Role)99)).ToQueryString()).ShouldMatch("WHERE 0 = 1|WHERE 0");
    }

    [Theory, MemberData(nameof(Providers))]
    public void Pages_ByKey_SeekAndAreCut(string provider)
    {
        using var db = Open(provider);
        var sql = Unquoted(Queries(db, Viewer(Role.SalesRep)).Single(q => q.Name == "page").Sql);
        sql.ShouldMatch(@"\w+\.Id > @\w+");
        sql.ShouldMatch(@"ORDER BY \w+\.Id");
        sql.ShouldMatch(@"LIMIT @|TOP\(@");
        sql.ShouldNotContain("OFFSET");
        Unquoted(Queries(db, Viewer(Role.SalesRep)).Single(q => q.Name == "timeline").Sql).ShouldMatch(@"ORDER BY \w+\.At DESC, \w+\.Id DESC");
    }

    [Theory, MemberData(nameof(Providers))]
    public void Search_OfWildcards_IsARangeOfTermsAndNoPattern(string provider)
    {
        using var db = Open(provider);
        foreach (var spread in Enum.GetValues<WordSpread>())
        {
            var sql = Unquoted(db.Contacts.VisibleTo(Viewer(Role.SalesRep)).Matching(db, Cipher, Viewer(Role.SalesRep), "50%_[a]", spread).ToQueryString());
            sql.ShouldMatch(@"Term >= @\w+ AND \w+\.Term < @\w+");
            sql.ShouldNotContain("LIKE", Case.Insensitive);
            // A rare word leads to its contacts; a common one is a set that leads nowhere.
            if (spread == WordSpread.Rare) sql.ShouldMatch(@"\.Id IN \(\s*SELECT[\s\S]+UNION");
            else sql.ShouldMatch(@"CASE\s+WHEN");
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public void Lists_ReadOnFromAPlace_SeekByTheirFirstColumn(string provider)
    {
        using var db = Open(provider);
        var viewer = Viewer(Role.SalesRep);
        foreach (var (order, seek) in ((ContactOrder, string)[])[(ContactOrder.LastContact, @"LastContactAt <= @\w+ AND \(\w+\.LastContactAt < @\w+ OR \w+\.Id < @"), (ContactOrder.Name, @"SortName >= @\w+ AND \(\w+\.SortName > @\w+ OR \w+\.Id > @"),
            (ContactOrder.Created, @"\w+\.Id < @"), (ContactOrder.FollowUp, @"NextFollowUpAt >= @\w+ AND \(\w+\.NextFollowUpAt > @\w+ OR \w+\.Id > @"), (ContactOrder.Manual, @"FolderId >= @\w+ AND \(\w+\.FolderId > @\w+ OR \(\w+\.Position >= @\w+ AND \(\w+\.Position > @\w+ OR \w+\.Id > @")])
        {
            var query = new ContactQuery(Order: order);
            var ordering = ContactOrdering.Of(query);
            var place = ordering.PlaceOf(new Contact { Name = "x", SortName = "x", LastContactAt = DateTime.UtcNow, NextFollowUpAt = DateTime.UtcNow, FolderId = Guid.CreateVersion7() });
            var sql = Unquoted(ordering.Parts(ContactLists.Narrow(db, query, viewer), backwards: false, place).First().Take(41).Select(ContactRows.Row(db, viewer)).ToQueryString());
            sql.ShouldMatch(seek, $"{order}");
            sql.ShouldNotContain("OFFSET");
            sql.ShouldMatch(@"IsArchived = @\w+");
        }
    }

    [Fact]
    public void Ids_MadeLater_SortLaterAsStored()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var stored = Enumerable.Range(0, 2000).Select(i => (byte[])new BigEndianGuid().ConvertToProvider(Guid.CreateVersion7(start.AddMilliseconds(i * 37)))!).Select(Convert.ToHexString).ToList();
        stored.ShouldBe(stored.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Instants_ThatAreNotUtc_AreNotStored()
    {
        var convert = new UtcDateTime();
        Should.Throw<InvalidOperationException>(() => convert.ConvertToProvider(DateTime.SpecifyKind(DateTime.UtcNow, DateTimeKind.Local)));
        Should.Throw<InvalidOperationException>(() => convert.ConvertToProvider(new DateTime(2026, 1, 1)));
        ((DateTime)convert.ConvertFromProvider(new DateTime(2026, 1, 1))!).Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Fact]
    public void Cursor_OfAnyRow_ReadsBack()
    {
        var cursor = new Cursor(DateTime.UtcNow, Guid.CreateVersion7());
        Cursor.Parse(cursor.ToString()).ShouldBe(cursor);
        Cursor.Parse(new Cursor(DateTime.MaxValue, Guid.Empty).ToString()).ShouldNotBeNull();
    }

    private static AppDbContext Open(string provider) => provider == "Sqlite" ? new SqliteDesign().CreateDbContext([]) : new SqlServerDesign().CreateDbContext([]);

    private static Viewer Viewer(Role role) => new(Guid.CreateVersion7(), "x", role, Guid.CreateVersion7(), [Guid.CreateVersion7()], "zh-CN", "UTC", ChangeOrigin.Page);

    private static IEnumerable<(string Name, string Sql)> Queries(AppDbContext db, Viewer viewer)
    {
        var (after, at, take) = (Guid.CreateVersion7(), DateTime.UtcNow, 51);
        foreach (var order in Enum.GetValues<ContactOrder>())
            foreach (var part in ContactOrdering.Of(new(Order: order)).Parts(ContactLists.Narrow(db, new(ContactScope.Team, Order: order), viewer), backwards: false))
                yield return ($"list by {order}", part.Skip(take).Take(take).Select(ContactRows.Row(db, viewer)).ToQueryString());
        foreach (var spread in Enum.GetValues<WordSpread>())
            yield return ("search", ((string[])["张三", "zs", "6620", "13800006620", "a@b.example", "wolfeschlegelsteinhausen"]).Aggregate(ContactLists.Narrow(db, Everything(after), viewer), (c, word) => c.Matching(db, Cipher, viewer, word, spread)).ToQueryString());
        yield return ("page", db.Contacts.VisibleTo(viewer).Where(c => c.Id > after).OrderBy(c => c.Id).Take(take).ToQueryString());
        yield return ("accounts", db.Accounts.VisibleTo(viewer).Where(a => a.Id > after).OrderBy(a => a.Id).Take(take).ToQueryString());
        yield return ("timeline", db.Interactions.VisibleTo(viewer, db).Where(i => i.ContactId == after && (i.At < at || (i.At == at && i.Id < after))).OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Take(take).ToQueryString());
    }

    private static ContactQuery Everything(Guid id) => new(ContactScope.Mine, null, Priority.High, DealStage.Proposal, id, DateTime.UtcNow, ContactOrder.Manual)
    {
        TagIds = [id, Guid.CreateVersion7()], OwnerId = id, AccountId = id, ContactedFrom = DateTime.UtcNow, ContactedBefore = DateTime.UtcNow, Seniority = Seniority.Manager, Lifecycle = Lifecycle.Lead, Industry = "x", BirthDecade = 1980,
    };

    private static string Unquoted(string sql) => sql.Replace("\"", "", StringComparison.Ordinal).Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static int Width(IEnumerable<IColumnBase> columns) => columns.Sum(c => Bytes(c.StoreType, $"{c.Table.Name}.{c.Name}"));

    private static int Bytes(string type, string column)
    {
        var sized = Sized().Match(type);
        if (sized.Success)
        {
            sized.Groups[2].Value.ShouldNotBe("max", column);
            return int.Parse(sized.Groups[2].Value, CultureInfo.InvariantCulture) * (sized.Groups[1].Value[0] == 'n' ? 2 : 1);
        }
        return type switch { "bit" => 1, "int" => 4, "bigint" or "float" or "datetime2" => 8, "datetimeoffset" => 10, "date" => 3, "time" => 5, _ => throw new InvalidOperationException($"{column} has the type {type}") };
    }

    [GeneratedRegex(@"^(n?varchar|n?char|varbinary|binary)\((\w+)\)$")]
    private static partial Regex Sized();

    [GeneratedRegex(@"CONSTRAINT \[(\w+)\] FOREIGN KEY[^\n]*")]
    private static partial Regex Constraint();
}
