using CrmAi.Domain.Imports;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Imports;

/// <summary>The real program, killed in the midst of an import, again and again.</summary>
public sealed class KilledImportTests
{
    private const int Rows = 16_000, Kills = 20;

    [Fact]
    public async Task Import_KilledAtTwentyPoints_HasEveryRowOnce()
    {
        await using var stage = await ImportStage.CreateAsync();
        var id = (await stage.CheckedAsync(ImportStage.People(Rows))).Summary.Id;
        (await stage.Imports.RunAsync(id, default)).Errors.ShouldBeEmpty();
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = await DoneAsync();
            using var process = AppProcess.Start(stage.Db.Folder);
            // Sooner or later after its first batch, as the kills go on.
            await Eventually.TrueAsync(async () => await DoneAsync() > before + (kill % 4 * 40), "another batch done");
            process.Kill();
        }
        (await DoneAsync()).ShouldBeLessThan(Rows, "the kills came too late: the rows are too few for this machine");
        using (var last = AppProcess.Start(stage.Db.Folder))
        {
            await Eventually.TrueAsync(() => stage.Db.ReadAsync(d => d.Imports.AllAsync(i => i.State == ImportState.Done)), "the import is done");
            last.Kill();
        }
        (await stage.Imports.GetAsync(id, default))!.Summary.Run.ShouldBe(new(Rows, Rows, 0, 0, 0, 0));
        await ImportJobTests.ShouldBeThereOnceAsync(stage.Db, id, Rows);

        Task<int> DoneAsync() => stage.Db.ReadAsync(d => d.Imports.Select(i => i.Done).SingleAsync());
    }
}
