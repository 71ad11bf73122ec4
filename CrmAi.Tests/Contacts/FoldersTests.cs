using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Contacts;

public sealed class FoldersTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!;
    private Acting my = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        my = db.As(rep);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Folders_Nested_AreListedAsATreeWithWhatEachHolds()
    {
        var (east, west) = (await FolderAsync("东"), await FolderAsync("西"));
        var inner = await FolderAsync("内", east);
        foreach (var name in (string[])["甲", "乙", "丙", "丁"]) await ContactAsync(name, inner);
        var (archived, deleted) = (await ContactAsync("旧", inner), await ContactAsync("删", inner));
        await db.WriteAsync(d => d.Contacts.Single(c => c.Id == archived).IsArchived = true);
        (await my.Contacts.DeleteAsync(deleted, default)).Succeeded.ShouldBeTrue();
        (await my.Folders.ListAsync(default)).Select(f => (f.Id, f.ParentId, f.Depth, f.Contacts)).ShouldBe([(east, null, 0, 0), (inner, east, 1, 4), (west, null, 0, 0)]);
    }

    [Fact]
    public async Task Folder_OfABadNameOrPlace_IsRefused()
    {
        var top = await FolderAsync("东");
        Code(await my.Folders.AddAsync(" ", null, default)).ShouldBe("folder.name.empty");
        Code(await my.Folders.AddAsync(new string('x', 51), null, default)).ShouldBe("text.long");
        Code(await my.Folders.AddAsync(" 东 ", null, default)).ShouldBe("folder.name.taken");
        Code(await my.Folders.AddAsync("新", Guid.NewGuid(), default)).ShouldBe("folder.unknown");
        var deepest = top;
        for (var depth = 1; depth < Folder.MaxDepth; depth++) deepest = await FolderAsync($"第{depth}层", deepest);
        Code(await my.Folders.AddAsync("太深", deepest, default)).ShouldBe("folder.deep");
        Code(await my.Folders.MoveAsync(top, deepest, null, default)).ShouldBe("folder.circle");
        Code(await my.Folders.MoveAsync(top, top, null, default)).ShouldBe("folder.circle");
        var other = await FolderAsync("他");
        Code(await my.Folders.MoveAsync(top, other, null, default)).ShouldBe("folder.deep");
        Code(await db.As(await db.AddUserAsync(Role.Manager, team)).Folders.RenameAsync(top, 1, "我的", default)).ShouldBe("not_found");
        Code(await my.Folders.RenameAsync(top, 7, "我的", default)).ShouldBe("conflict");
        (await my.Folders.RenameAsync(top, 1, "我的", default)).Value.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Folders_Moved_StandWhereTheyWerePutHoweverOften()
    {
        var folders = new List<Guid>();
        for (var i = 0; i < 4; i++) folders.Add(await FolderAsync($"夹{i}"));
        (await my.Folders.MoveAsync(folders[3], null, folders[1], default)).Succeeded.ShouldBeTrue();
        (await NamesAsync()).ShouldBe("夹0 夹3 夹1 夹2");
        for (var i = 0; i < 70; i++) (await my.Folders.MoveAsync(folders[i % 2 == 0 ? 2 : 3], null, folders[1], default)).Succeeded.ShouldBeTrue();
        (await NamesAsync()).ShouldBe("夹0 夹2 夹3 夹1");
        (await my.Folders.MoveAsync(folders[0], folders[1], null, default)).Succeeded.ShouldBeTrue();
        (await NamesAsync()).ShouldBe("夹2 夹3 夹1 夹0");
    }

    [Fact]
    public async Task Folder_Deleted_LeavesItsContentToItsParentAndUndoBringsAllBack()
    {
        var top = await FolderAsync("东");
        var (middle, twin) = (await FolderAsync("中", top), await FolderAsync("内", top));
        var inner = await FolderAsync("内", middle);
        var (contact, gone) = (await ContactAsync("甲", middle), await ContactAsync("乙", middle));
        (await my.Contacts.DeleteAsync(gone, default)).Succeeded.ShouldBeTrue();
        var before = await my.Folders.ListAsync(default);

        var deleted = (await my.Folders.DeleteAsync(middle, default)).Value;
        (await my.Folders.ListAsync(default)).Select(f => (f.Id, f.Name, f.ParentId, f.Contacts)).ShouldBe([(top, "东", null, 1), (twin, "内", top, 0), (inner, "内 (2)", top, 0)]);
        (await my.Contacts.GetAsync(contact, default))!.Fields.FolderId.ShouldBe(top);
        (await db.As(await db.AddUserAsync(Role.Manager, team)).History.UndoAsync(deleted.ChangeSetId, default)).Errors.ShouldBe([Error.NotFound]);
        (await my.History.UndoAsync(deleted.ChangeSetId, default)).Errors.ShouldBeEmpty();
        (await my.Folders.ListAsync(default)).Select(f => (f.Id, f.Name, f.ParentId, f.Depth, f.Contacts)).ShouldBe(before.Select(f => (f.Id, f.Name, f.ParentId, f.Depth, f.Contacts)));
        (await db.ReadAsync(d => d.Contacts.Where(c => c.FolderId == middle).CountAsync())).ShouldBe(2);
    }

    [Fact]
    public async Task Undo_OfAFolderWhoseParentIsGoneToo_IsRefused()
    {
        var top = await FolderAsync("东");
        var first = (await my.Folders.DeleteAsync(await FolderAsync("内", top), default)).Value;
        (await my.Folders.DeleteAsync(top, default)).Succeeded.ShouldBeTrue();
        (await my.History.UndoAsync(first.ChangeSetId, default)).Errors.Single().Code.ShouldBe("undo.changed");
    }

    [Fact]
    public async Task Contacts_Filed_StandBeforeTheOneNamedInTheirOwnOrder()
    {
        var folder = await FolderAsync("东");
        var all = new List<Guid>();
        foreach (var name in "甲乙丙丁戊") all.Add(await ContactAsync(name.ToString(), folder));
        (await OrderAsync(folder)).ShouldBe("甲乙丙丁戊");
        var filed = (await my.Folders.FileAsync([all[4], all[2]], folder, all[1], default)).Value;
        (await OrderAsync(folder)).ShouldBe("甲丙戊乙丁");
        (await my.History.UndoAsync(filed.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await OrderAsync(folder)).ShouldBe("甲乙丙丁戊");
        (await my.Folders.FileAsync([all[1], all[0]], folder, all[1], default)).Succeeded.ShouldBeTrue();
        (await OrderAsync(folder)).ShouldBe("甲乙丙丁戊");
        (await my.Folders.FileAsync([all[0]], folder, null, default)).Succeeded.ShouldBeTrue();
        (await OrderAsync(folder)).ShouldBe("乙丙丁戊甲");
        await ContactAsync("己", folder);
        (await OrderAsync(folder)).ShouldBe("乙丙丁戊甲己");
        (await my.Folders.FileAsync([all[2], all[3]], null, null, default)).Succeeded.ShouldBeTrue();
        (await OrderAsync(folder)).ShouldBe("乙戊甲己");
        (await OrderAsync(null)).ShouldBe("丙丁");
    }

    [Fact]
    public async Task Contacts_DraggedBetweenTheSameTwoManyTimes_KeepTheirOrder()
    {
        var folder = await FolderAsync("东");
        var all = new List<Guid>();
        foreach (var name in "甲乙丙丁") all.Add(await ContactAsync(name.ToString(), folder));
        for (var i = 0; i < 120; i++) (await my.Folders.FileAsync([all[i % 2]], folder, all[2], default)).Errors.ShouldBeEmpty();
        (await OrderAsync(folder)).ShouldBe("甲乙丙丁");
        // All at one place, as rows written by others may be.
        await db.SqlAsync("UPDATE Contacts SET Position = 0");
        (await my.Folders.FileAsync([all[3], all[2]], folder, all[1], default)).Errors.ShouldBeEmpty();
        (await OrderAsync(folder)).ShouldBe("甲丙丁乙");
    }

    [Fact]
    public async Task Contacts_OfOthers_AreFiledByTheirOwnersAlone()
    {
        var folder = await FolderAsync("东");
        var mine = await ContactAsync("甲");
        var colleague = db.As(await db.AddUserAsync(Role.SalesRep, team));
        var theirs = (await colleague.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        var hidden = (await colleague.Contacts.AddAsync(Samples.Contact(visibility: Visibility.Private), default)).Value.Id;
        Code(await my.Folders.FileAsync([mine, theirs], folder, null, default)).ShouldBe("forbidden");
        Code(await my.Folders.FileAsync([mine, hidden], folder, null, default)).ShouldBe("not_found");
        Code(await my.Folders.FileAsync([], folder, null, default)).ShouldBe("not_found");
        Code(await my.Folders.FileAsync([mine], Guid.NewGuid(), null, default)).ShouldBe("folder.unknown");
        Code(await my.Folders.FileAsync([mine], folder, theirs, default)).ShouldBe("not_found");
        Code(await db.As(await db.AddUserAsync(Role.Manager, team)).Folders.FileAsync([mine], null, null, default)).ShouldBe("forbidden");
        (await my.Contacts.GetAsync(mine, default))!.Version.ShouldBe(1);
    }

    private async Task<Guid> FolderAsync(string name, Guid? parent = null) => (await my.Folders.AddAsync(name, parent, default)).Value.Id;

    private async Task<Guid> ContactAsync(string name, Guid? folder = null) => (await my.Contacts.AddAsync(new() { Name = name, FolderId = folder }, default)).Value.Id;

    private async Task<string> NamesAsync() => string.Join(' ', (await my.Folders.ListAsync(default)).Select(f => f.Name));

    private async Task<string> OrderAsync(Guid? folder) =>
        string.Concat(await db.ReadAsync(d => d.Contacts.Where(c => c.FolderId == folder).OrderBy(c => c.Position).ThenBy(c => c.Id).Select(c => c.Name).ToListAsync()));

    private static string Code(Result<Saved> refused) => refused.Errors.Single().Code;
}
