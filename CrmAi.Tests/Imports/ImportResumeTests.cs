using CrmAi.Domain.Contacts;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Imports;

/// <summary>Imports whose worker ended somewhere, put there as it would have left them.</summary>
public sealed class ImportResumeTests : IAsyncLifetime
{
    private ImportStage stage = null!;

    public async Task InitializeAsync() => stage = await ImportStage.CreateAsync();

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [Fact]
    public async Task Row_AlikeOnlyToARefusedOne_ComesInAfterAPause()
    {
        var id = (await stage.ImportedAsync("姓名,手机,负责人\n甲,13700000001,nobody@x.example\n乙,13700000002,\n甲,13700000001,\n乙,13700000002,\n")).Summary.Id;
        (await ReadAsync(id)).Run.ShouldBe(new(4, 2, 0, 0, 1, 1));
        // as it stood when two rows were dealt with
        await stage.Db.SqlAsync("PRAGMA foreign_keys = OFF; DELETE FROM Contacts WHERE Id IN (SELECT RecordId FROM ImportItems WHERE Phase = 'Run' AND Number = 4)");
        (await stage.Db.ReadAsync(db => db.Contacts.CountAsync())).ShouldBe(1);
        await stage.Db.ReadAsync(db => db.ImportItems.Where(i => i.ImportId == id && i.Phase == ImportPhase.Run && i.Number > 3).ExecuteDeleteAsync());
        await stage.Db.ReadAsync(db => db.Imports.ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Paused).SetProperty(i => i.LastNumber, 3).SetProperty(i => i.Done, 2).SetProperty(i => i.Created, 1).SetProperty(i => i.Repeated, 0)));
        (await stage.Imports.ResumeAsync(id, default)).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        (await ReadAsync(id)).ShouldSatisfyAllConditions(s => s.State.ShouldBe(ImportState.Done), s => s.Run.ShouldBe(new(4, 2, 0, 0, 1, 1)));
    }

    [Theory]
    [InlineData(JobState.Waiting, false)]
    [InlineData(JobState.Waiting, true)]
    [InlineData(JobState.Failed, false)]
    public async Task People_WhoseTermsTheWorkerDidNotWrite_AreFound_ThoughTheImportIsEnded(JobState state, bool paused)
    {
        var id = (await stage.ImportedAsync("姓名,手机\n张三丰,13700000001\n")).Summary.Id;
        // as a worker left it that was stopped between contacts and terms
        await stage.Db.ReadAsync(db => db.ContactTerms.ExecuteDeleteAsync());
        await stage.Db.ReadAsync(db => db.Imports.ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Running).SetProperty(i => i.IndexedNumber, 0)));
        await stage.Db.ReadAsync(db => db.Jobs.Where(j => j.Kind == "import.run").ExecuteUpdateAsync(set => set.SetProperty(j => j.State, state)));
        (await (paused ? stage.Imports.PauseAsync(id, default) : stage.Imports.CancelAsync(id, default))).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        (await ReadAsync(id)).State.ShouldBe(paused ? ImportState.Paused : ImportState.Cancelled);
        (await stage.Db.As(stage.Rep).Contacts.ListAsync(new(ContactScope.Mine, "zsf"), 0, 10, default)).Items.Select(c => c.Name).ShouldBe(["张三丰"]);
    }

    [Fact]
    public async Task Trial_ThatFailed_CanBeMappedAnew_AndItsFileGoesInTime()
    {
        var sent = (await stage.SendAsync("姓名,手机\n甲,13700000001\n")).Value;
        var id = sent.Summary.Id;
        var file = Directory.GetFiles(Path.Combine(stage.Db.Folder, "files"), "*", SearchOption.AllDirectories).Single();
        File.Move(file, file + "-away");
        (await stage.Imports.CheckAsync(id, default)).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        (await ReadAsync(id)).State.ShouldBe(ImportState.Failed);
        File.Move(file + "-away", file);
        var mapped = await stage.Imports.MapAsync(id, (await stage.Imports.GetAsync(id, default))!.Version, ImportStage.Plan(sent), default);
        mapped.Errors.ShouldBeEmpty();
        (await stage.Imports.ReadAsAsync(id, mapped.Value.Version, sent.Shape.Reading, ImportKind.Contacts, default)).Errors.ShouldBeEmpty();

        (await stage.Imports.CheckAsync(id, default)).Errors.ShouldBeEmpty();
        await stage.Db.ReadAsync(db => db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Failed)));
        (await ReadAsync(id)).State.ShouldBe(ImportState.Failed);
        stage.Db.Clock.Advance(TimeSpan.FromDays(32));
        (await stage.Db.Get<Infrastructure.Imports.OldImports>().RemoveAsync(default)).ShouldBe(1);
        File.Exists(file).ShouldBeFalse();
    }

    private async Task<ImportSummary> ReadAsync(Guid id) => (await stage.Imports.GetAsync(id, default))!.Summary;
}
