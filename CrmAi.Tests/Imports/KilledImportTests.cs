using CrmAi.Bench;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Imports;

/// <summary>Processes killed in the midst of an import, again and again. The benchmark import-kills does the same with seeds of its own and larger files.</summary>
public sealed class KilledImportTests
{
    private const int Rows = 2_400, Kills = 20, UndoKills = 5;

    private static string Program => Path.Combine(AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}CrmAi.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}{Path.Combine("infra", "bench")}{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "CrmAi.Bench.dll");

    [Fact]
    public async Task Import_KilledAtTwentyPoints_HasEveryRowOnce_AndGoesAsWhole()
    {
        await using var stage = await ImportStage.CreateAsync();
        var id = (await stage.CheckedAsync(ImportStage.People(Rows))).Summary.Id;
        (await stage.Imports.RunAsync(id, default)).Errors.ShouldBeEmpty();
        var kills = new ImportKills(Program, stage.Db.Folder, [], new(20), () => stage.Db.SqlAsync(ImportKills.Release));
        (await kills.RunAsync(Kills)).Count.ShouldBe(Kills, "the rows are too few for so many kills");
        (await stage.Imports.GetAsync(id, default))!.Summary.ShouldSatisfyAllConditions(s => s.State.ShouldBe(ImportState.Done), s => s.Run.ShouldBe(new(Rows, Rows, 0, 0, 0, 0)));
        await ImportJobTests.ShouldBeThereOnceAsync(stage.Db, id, Rows);

        (await stage.Imports.UndoAsync(id, default)).Errors.ShouldBeEmpty();
        (await kills.RunAsync(UndoKills)).Count.ShouldBe(UndoKills, "the records are too few for so many kills");
        (await stage.Imports.GetAsync(id, default))!.Summary.ShouldSatisfyAllConditions(s => s.State.ShouldBe(ImportState.Undone), s => s.Undo.ShouldBe(new(Rows + (Rows / 8), Rows + (Rows / 8), 0, Rows / 8)));
        (await stage.Db.ReadAsync(d => d.ChangeEntries.CountAsync(e => e.Kind == ChangeKind.Deleted && e.RecordType == nameof(Contact)))).ShouldBe(Rows);
        (await stage.Db.ReadAsync(d => d.ContactTerms.CountAsync())).ShouldBe(0);
        (await stage.Db.ReadAsync(d => d.AccountTerms.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Program_KilledInTheMidst_GoesOnByItself()
    {
        await using var stage = await ImportStage.CreateAsync();
        var id = (await stage.CheckedAsync(ImportStage.People(Rows))).Summary.Id;
        (await stage.Imports.RunAsync(id, default)).Errors.ShouldBeEmpty();
        using (var first = AppProcess.Start(stage.Db.Folder))
        {
            await Eventually.TrueAsync(() => stage.Db.ReadAsync(d => d.Imports.AnyAsync(i => i.Done > 0)), "a batch done");
            first.Kill();
        }
        using (var last = AppProcess.Start(stage.Db.Folder))
        {
            await Eventually.TrueAsync(() => stage.Db.ReadAsync(d => d.Imports.AllAsync(i => i.State == ImportState.Done)), "the import is done");
            last.Kill();
        }
        await ImportJobTests.ShouldBeThereOnceAsync(stage.Db, id, Rows);
    }
}
