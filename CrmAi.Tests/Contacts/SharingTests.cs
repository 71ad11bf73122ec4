using System.Text;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Contacts;

/// <summary>A share opens one contact to one colleague, and nothing else.</summary>
public sealed class SharingTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private User rep = null!;
    private User mate = null!;
    private Acting my = null!;
    private Acting their = null!;
    private Guid contact;
    private Guid talk;
    private Guid file;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        rep = await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("华东"));
        mate = await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("华南"));
        (my, their) = (db.As(rep), db.As(mate));
        contact = (await my.Contacts.AddAsync(Samples.Contact(visibility: Visibility.Private), default)).Value.Id;
        file = (await my.Attachments.UploadAsync("a.pdf", new MemoryStream("%PDF-1.7"u8.ToArray()), default)).Value.Id;
        talk = (await my.Interactions.AddAsync(contact, Samples.Interaction() with { AttachmentIds = [file] }, default)).Value.Id;
        (await my.Interactions.AddAsync(contact, Samples.Interaction("PRIVATEWORD", isPrivate: true), default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.AddAsync(Samples.Contact("另一个", Visibility.Private), default)).Succeeded.ShouldBeTrue();
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Contact_SharedForReading_IsReadInFullAndNotChanged()
    {
        await NothingIsSeenAsync();
        await ShareAsync(mayChange: false);
        var seen = (await their.Contacts.GetAsync(contact, default))!;
        (seen.Masked, seen.MayChange, seen.MayGovern, seen.Fields.Mobile, seen.Shares.Count).ShouldBe((false, false, false, "+86 138-0000-6620", 0));
        // the company itself was shared with nobody: its name is the contact's, all else stays hidden
        (seen.Company, seen.Account).ShouldBe(("沪上精工", null));
        (await my.Contacts.GetAsync(contact, default))!.Account!.Name.ShouldBe("沪上精工");
        foreach (var search in (string[])["张三", "6620", "+86138-0000-6620", "zhang.san@maker.example"])
            (await their.Contacts.ListAsync(new(ContactScope.All, search), 0, 5, default)).Total.ShouldBe(1, search);
        (await their.Contacts.ListAsync(new(ContactScope.All), 0, 5, default)).Total.ShouldBe(1);
        (await their.Interactions.TimelineAsync(contact, new(), null, 10, default)).Value.Items.ShouldHaveSingleItem().MayChange.ShouldBeFalse();
        (await their.Interactions.TimelineAsync(contact, new(Search: "PRIVATEWORD"), null, 10, default)).Value.Items.ShouldBeEmpty();
        (await their.History.OfAsync(nameof(Contact), contact, default)).ShouldAllBe(h => !h.Undoable);
        await using (var content = (await their.Attachments.OpenAsync(file, default))!.Content) content.Length.ShouldBe(8);
        Code(await their.Contacts.UpdateAsync(contact, seen.Version, seen.Fields, default)).ShouldBe("forbidden");
        Code(await their.Contacts.ArchiveAsync(contact, true, default)).ShouldBe("forbidden");
        Code(await their.Interactions.DeleteAsync(talk, default)).ShouldBe("forbidden");

        (await my.Contacts.ShareAsync(contact, [], default)).Succeeded.ShouldBeTrue();
        await NothingIsSeenAsync();
    }

    [Fact]
    public async Task Contact_SharedForChanging_IsEditedButNotGoverned()
    {
        await ShareAsync(mayChange: true);
        var seen = (await their.Contacts.GetAsync(contact, default))!;
        (seen.MayChange, seen.MayGovern, seen.Masked).ShouldBe((true, false, false));
        var edited = (await their.Contacts.UpdateAsync(contact, seen.Version, seen.Fields with { Title = "总经理" }, default)).Value;
        (await my.Contacts.GetAsync(contact, default))!.Fields.Title.ShouldBe("总经理");
        (await their.Contacts.UpdateAsync(contact, edited.Version, seen.Fields with { Visibility = Visibility.Public }, default)).Errors.Single().ShouldBe(new("forbidden", "Visibility"));
        Code(await their.Contacts.DeleteAsync(contact, default)).ShouldBe("forbidden");
        Code(await their.Contacts.AssignAsync(contact, mate.Id, default)).ShouldBe("forbidden");
        Code(await their.Contacts.ShareAsync(contact, [], default)).ShouldBe("forbidden");
        (await their.Interactions.UpdateAsync(talk, 1, Samples.Interaction("补充"), default)).Succeeded.ShouldBeTrue();
        (await their.History.UndoAsync(edited.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        // What governs it is not taken back by others either.
        var history = await their.History.OfAsync(nameof(Contact), contact, default);
        history.Where(h => h.Undoable).Select(h => h.Command).ShouldBe(["undo"]);
        var shared = history.Single(h => h.Command == "contact.share");
        (await their.History.UndoAsync(shared.ChangeSetId, default)).Errors.ShouldBe([Error.Forbidden]);
        (await my.History.UndoAsync(shared.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        await NothingIsSeenAsync();
    }

    [Fact]
    public async Task Share_Removed_ComesBackByUndoAndIsToldByName()
    {
        await ShareAsync(mayChange: false);
        (await my.Contacts.ShareAsync(contact, [new(mate.Id, true)], default)).Succeeded.ShouldBeTrue();
        var removed = (await my.Contacts.ShareAsync(contact, [], default)).Value;
        var history = await my.History.OfAsync(nameof(Contact), contact, default);
        history[0].Fields.ShouldBe([new("Shares", mate.Name, null)]);
        history[2].Fields.ShouldBe([new("Shares", null, mate.Name)]);
        (await my.History.UndoAsync(removed.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.GetAsync(contact, default))!.Shares.ShouldBe([new(mate.Id, mate.Name, true)]);
        (await their.Contacts.GetAsync(contact, default))!.MayChange.ShouldBeTrue();
    }

    [Fact]
    public async Task Share_WithNobodyOrTooMany_IsRefused()
    {
        Code(await my.Contacts.ShareAsync(contact, [new(Guid.NewGuid(), false)], default)).ShouldBe("user.unknown");
        var left = await db.AddUserAsync(Role.SalesRep, change: u => u.IsActive = false);
        Code(await my.Contacts.ShareAsync(contact, [new(left.Id, false)], default)).ShouldBe("user.unknown");
        Code(await my.Contacts.ShareAsync(contact, [.. Enumerable.Range(0, 31).Select(_ => new ShareEdit(mate.Id, false))], default)).ShouldBe("list.long");
        (await my.Contacts.ShareAsync(contact, [new(mate.Id, false), new(mate.Id, true), new(rep.Id, true)], default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.GetAsync(contact, default))!.Shares.ShouldBe([new(mate.Id, mate.Name, true)]);
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Analyst)]
    [InlineData(Role.SupportAgent)]
    public async Task Share_ForChanging_GivesNoRightThatTheRoleLacks(Role role)
    {
        var person = await db.AddUserAsync(role);
        (await my.Contacts.ShareAsync(contact, [new(person.Id, true)], default)).Succeeded.ShouldBeTrue();
        var seen = (await db.As(person).Contacts.GetAsync(contact, default))!;
        (seen.Masked, seen.MayChange).ShouldBe((false, false));
        Code(await db.As(person).Contacts.UpdateAsync(contact, seen.Version, seen.Fields, default)).ShouldBe("forbidden");
    }

    [Fact]
    public async Task Channels_AskedByRowAndByQuery_AreReadableForTheSame()
    {
        var team = rep.TeamId!.Value;
        foreach (var visibility in Enum.GetValues<Visibility>())
            (await my.Contacts.ShareAsync((await my.Contacts.AddAsync(Samples.Contact($"{visibility}", visibility), default)).Value.Id, visibility == Visibility.Public ? [] : [new(mate.Id, true)], default)).Succeeded.ShouldBeTrue();
        var all = await db.ReadAsync(d => d.Contacts.Include(c => c.Shares).AsNoTracking().ToListAsync());
        foreach (var (id, role, teams) in from person in (User[])[rep, mate] from role in Enum.GetValues<Role>() from teams in (Guid[][])[[], [team]] select (person.Id, role, teams))
        {
            var viewer = new Viewer(id, "x", role, teams.FirstOrDefault(), teams, "zh-CN", "UTC", ChangeOrigin.Page);
            var asked = await db.ReadAsync(d => d.Contacts.VisibleTo(viewer).ChannelsReadableBy(viewer).Select(c => c.Id).ToListAsync());
            var seen = await db.ReadAsync(d => d.Contacts.VisibleTo(viewer).Select(c => c.Id).ToListAsync());
            asked.ShouldBe(all.Where(c => seen.Contains(c.Id) && viewer.MayReadChannels(c)).Select(c => c.Id), ignoreOrder: true, $"{role} {(id == rep.Id ? "owner" : "mate")} {teams.Length}");
        }
    }

    [Fact]
    public async Task Lists_WithShares_SeekThemByContactAndPerson()
    {
        await using var d = db.Open();
        var viewer = new Viewer(mate.Id, "x", Role.SalesRep, mate.TeamId, [mate.TeamId!.Value], "zh-CN", "UTC", ChangeOrigin.Page);
        foreach (var scope in Enum.GetValues<ContactScope>())
        {
            var plan = await PlanAsync(d, Infrastructure.Contacts.ContactLists.Narrow(d, new(scope), viewer).OrderByDescending(c => c.LastContactAt).ThenByDescending(c => c.Id).Take(50).Select(c => c.Id));
            plan.ShouldContain("USING COVERING INDEX IX_ContactShares_ContactId_UserId", customMessage: $"{scope}: {plan}");
            plan.ShouldNotMatch(@"SCAN c\d", $"{scope}: {plan}");
        }
    }

    private static async Task<string> PlanAsync(AppDbContext context, IQueryable<Guid> query)
    {
        await context.Database.OpenConnectionAsync();
        await using var command = query.CreateDbCommand();
#pragma warning disable CA2100 // a statement of the product's own
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync();
        var plan = new StringBuilder();
        while (await rows.ReadAsync()) plan.AppendLine(rows.GetString(3));
        return plan.ToString();
    }

    private async Task ShareAsync(bool mayChange) => (await my.Contacts.ShareAsync(contact, [new(mate.Id, mayChange)], default)).Succeeded.ShouldBeTrue();

    private async Task NothingIsSeenAsync()
    {
        (await their.Contacts.GetAsync(contact, default)).ShouldBeNull();
        (await their.Contacts.ListAsync(new(ContactScope.All), 0, 5, default)).Total.ShouldBe(0);
        (await their.Contacts.PageAsync(new(ContactScope.All, Order: ContactOrder.Created), null, 5, default)).Value.Items.ShouldBeEmpty();
        (await their.Interactions.TimelineAsync(contact, new(), null, 5, default)).Errors.ShouldBe([Error.NotFound]);
        (await their.Interactions.GetAsync(talk, default)).ShouldBeNull();
        (await their.History.OfAsync(nameof(Contact), contact, default)).ShouldBeEmpty();
        (await their.History.OfAsync(nameof(Interaction), talk, default)).ShouldBeEmpty();
        (await their.Attachments.OpenAsync(file, default)).ShouldBeNull();
        Code(await their.Contacts.UpdateAsync(contact, 1, Samples.Contact(), default)).ShouldBe("not_found");
        Code(await their.Contacts.ShareAsync(contact, [new(mate.Id, true)], default)).ShouldBe("not_found");
    }

    private static string Code(Result<Saved> refused) => refused.Errors.Single().Code;
}
