using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Seed;

/// <summary>What a newcomer finds of folders, views and bulk edits.</summary>
public sealed class DemoFilingTests
{
    [Fact]
    public async Task Newcomer_OfTheDemoTeam_FindsContactsKeptInOrder()
    {
        await using var db = await TestDatabase.CreateAsync();
        await db.Get<IDemoSeed>().SeedDemoAsync(new Progress<SeedProgress>(), default);
        foreach (var person in await db.ReadAsync(d => d.Users.AsNoTracking().Where(u => u.Role == Role.SalesRep || u.Role == Role.Manager).ToListAsync()))
        {
            var my = db.As(person);
            var views = (await my.Get<IViews>().ListAsync(default)).Where(v => v.Owner == person.Name).ToList();
            (views.Count, views.Count(v => v.Fields.IsShared)).ShouldBe((3, 1), person.Name);
            views.ShouldAllBe(v => ViewFilter.Parse(v.Fields.Filter) != null);
            if (person.Role != Role.SalesRep) continue;
            var folders = await my.Folders.ListAsync(default);
            folders.Count(f => f.Depth == 1).ShouldBe(3, person.Name);
            folders.Count(f => f.Depth == 1 && f.Contacts > 0).ShouldBeGreaterThan(1, person.Name);
            (await db.ReadAsync(d => d.Contacts.Where(c => c.OwnerId == person.Id).GroupBy(c => new { c.FolderId, c.Position }).AnyAsync(g => g.Count() > 1))).ShouldBeFalse("two contacts at one place");
        }
        (await db.As((await db.ReadAsync(d => d.Users.ToListAsync())).First(u => u.Role == Role.Admin)).Get<ITags>().ListAsync(default)).Select(t => t.Kind).Distinct().ShouldBe(Enum.GetValues<TagKind>(), ignoreOrder: true);

        var edit = await db.ReadAsync(d => d.BulkEdits.AsNoTracking().SingleAsync(e => e.Failed > 0));
        var bulk = db.As((await db.ReadAsync(d => d.Users.ToListAsync())).First(u => u.Id == edit.UserId)).Get<IBulkEdits>();
        var progress = (await bulk.ProgressAsync(edit.Id, default))!;
        (progress.State, progress.MayUndo).ShouldBe((JobState.Done, true));
        progress.Failures.ShouldHaveSingleItem().Code.ShouldBe("forbidden");
        var undo = (await bulk.UndoAsync(edit.Id, default)).Value;
        await db.DrainAsync();
        (await bulk.ProgressAsync(undo, default))!.ShouldSatisfyAllConditions(p => p.State.ShouldBe(JobState.Done), p => p.Failed.ShouldBe(0), p => p.Done.ShouldBeGreaterThan(3));
    }
}
