using System.Globalization;
using System.Text;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.Imports;

/// <summary>A salesperson with files to import.</summary>
internal sealed class ImportStage : IAsyncDisposable
{
    public required TestDatabase Db { get; init; }
    public required User Rep { get; init; }
    public required Team Team { get; init; }

    public IImports Imports => Db.As(Rep).Get<IImports>();

    public static async Task<ImportStage> CreateAsync(Action<IServiceCollection>? change = null)
    {
        var db = await TestDatabase.CreateAsync(change);
        var team = await db.AddTeamAsync("华东");
        return new() { Db = db, Team = team, Rep = await db.AddUserAsync(Role.SalesRep, team) };
    }

    public Task<Result<ImportDetail>> SendAsync(string text, string name = "people.csv", ImportKind? kind = null, User? by = null) => SendAsync(Encoding.UTF8.GetBytes(text), name, kind, by);

    public async Task<Result<ImportDetail>> SendAsync(byte[] file, string name = "people.csv", ImportKind? kind = null, User? by = null)
    {
        using var content = new MemoryStream(file);
        return await Db.As(by ?? Rep).Get<IImports>().UploadAsync(name, content, kind, default);
    }

    /// <summary>Uploaded, mapped as it was guessed, and gone through.</summary>
    public async Task<ImportDetail> CheckedAsync(string text, DuplicatePolicy policy = DuplicatePolicy.Skip, bool drops = false, ImportKind? kind = null, User? by = null)
    {
        var imports = Db.As(by ?? Rep).Get<IImports>();
        var sent = (await SendAsync(text, kind: kind, by: by)).Value;
        var mapped = await imports.MapAsync(sent.Summary.Id, sent.Version, Plan(sent, policy, drops), default);
        mapped.Errors.ShouldBeEmpty();
        (await imports.CheckAsync(sent.Summary.Id, default)).Errors.ShouldBeEmpty();
        await Db.DrainAsync();
        return (await imports.GetAsync(sent.Summary.Id, default))!;
    }

    /// <summary>As above, and imported.</summary>
    public async Task<ImportDetail> ImportedAsync(string text, DuplicatePolicy policy = DuplicatePolicy.Skip, bool drops = false, ImportKind? kind = null, User? by = null)
    {
        var imports = Db.As(by ?? Rep).Get<IImports>();
        var gone = await CheckedAsync(text, policy, drops, kind, by);
        gone.Summary.State.ShouldBe(ImportState.Checked);
        (await imports.RunAsync(gone.Summary.Id, default)).Errors.ShouldBeEmpty();
        await Db.DrainAsync();
        return (await imports.GetAsync(gone.Summary.Id, default))!;
    }

    public async Task<ImportDetail> UndoneAsync(Guid id)
    {
        (await Imports.UndoAsync(id, default)).Errors.ShouldBeEmpty();
        await Db.DrainAsync();
        return (await Imports.GetAsync(id, default))!;
    }

    public async Task<IReadOnlyList<ImportRowReport>> RowsAsync(Guid id, ImportPhase phase) => (await Imports.RowsAsync(id, phase, null, null, 200, default)).Value.Items;

    public static ImportPlan Plan(ImportDetail detail, DuplicatePolicy policy = DuplicatePolicy.Skip, bool drops = false) =>
        new([.. detail.Mapping.Columns.Select(c => new PlannedColumn(c.Index, c.Field.Target, c.Field.CustomFieldId, c.Dates))], policy, drops);

    /// <summary>Invented people, eight to a company.</summary>
    public static string People(int count, int from = 0)
    {
        var text = new StringBuilder("姓名,手机,邮箱,微信,公司,职位,城市,备注\n");
        for (var i = from; i < from + count; i++)
            text.Append(CultureInfo.InvariantCulture, $"周{(char)('一' + (i % 900))}{(char)('丁' + (i / 900))},139{i:D8},p{i}@c{i / 8}.example,wx_{i:D6},第{i / 8}精工有限公司,采购经理,苏州,第{i}行\n");
        return text.ToString();
    }

    public ValueTask DisposeAsync() => Db.DisposeAsync();
}
