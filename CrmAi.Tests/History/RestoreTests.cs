using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.History;

public sealed class RestoreTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!;
    private User colleague = null!;
    private Acting my = null!;

    private IRestores Restores => my.Get<IRestores>();

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        colleague = await db.AddUserAsync(Role.SalesRep, team);
        my = db.As(rep);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Field_PutBack_LeavesLaterEditsOfOthers_AndIsUndoneLikeAnyCommand()
    {
        var added = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var first = await EditAsync(added.Id, c => c with { Title = "总经理" });
        await EditAsync(added.Id, c => c with { Mobile = "13900001111", Title = "董事长" });
        var point = Of(nameof(Contact), added.Id, first, "Title");
        var preview = (await Restores.PreviewAsync(point, default)).Value;
        preview.Fields.Select(f => (f.Field, f.Before, f.After)).ShouldBe([("Title", "董事长", "采购总监")]);
        var saved = (await Restores.RestoreAsync(point, preview.Version, default)).Value;
        var read = (await my.Contacts.GetAsync(added.Id, default))!;
        (read.Fields.Title, read.Fields.Mobile, read.Version).ShouldBe(("采购总监", "13900001111", saved.Version));
        (await my.History.OfAsync(nameof(Contact), added.Id, default))[0].Command.ShouldBe("contact.putback");
        Code(await Restores.PreviewAsync(point, default)).ShouldBe("restore.same");
        (await my.History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.GetAsync(added.Id, default))!.Fields.Title.ShouldBe("董事长");
    }

    [Fact]
    public async Task Whole_PutBack_StandsAsItStoodThen_WithLabelsSharesAndOwnFields()
    {
        var (kept, added) = (new Tag { Name = "重点" }, new Tag { Name = "后加" });
        var field = new Domain.CustomFields.CustomField { Name = "覆盖区域", Target = Domain.CustomFields.CustomFieldTarget.Contact, Type = Domain.CustomFields.CustomFieldType.Text };
        await db.WriteAsync(d => d.AddRange(kept, added, field));
        var contact = (await my.Contacts.AddAsync(Samples.Contact() with { TagIds = [kept.Id], Custom = new Dictionary<Guid, string> { [field.Id] = "华东" } }, default)).Value;
        await my.Contacts.ShareAsync(contact.Id, [new(colleague.Id, true)], default);
        await EditAsync(contact.Id, c => c with { Title = "顾问", TagIds = [added.Id], Custom = new Dictionary<Guid, string> { [field.Id] = "华南" }, Personal = c.Personal with { City = "杭州" } });
        var point = Of(nameof(Contact), contact.Id, contact.ChangeSetId);
        var preview = (await Restores.PreviewAsync(point, default)).Value;
        preview.Fields.Select(f => f.Label ?? f.Field).Order(StringComparer.Ordinal).ShouldBe(((string[])["Personal", "Shares", "Tags", "Title", "覆盖区域"]).Order(StringComparer.Ordinal));
        (await Restores.RestoreAsync(point, preview.Version, default)).Errors.ShouldBeEmpty();
        var read = (await my.Contacts.GetAsync(contact.Id, default))!;
        (read.Fields.Title, read.Fields.Personal.City, read.Fields.Custom[field.Id], read.Shares.Count).ShouldBe(("采购总监", "苏州", "华东", 0));
        read.Tags.Select(t => t.Name).ShouldBe(["重点"]);
        (await db.As(colleague).Get<IRestores>().PreviewAsync(point, default)).Errors.Single().Code.ShouldBe("forbidden");
    }

    [Fact]
    public async Task PartOfPersonalDetails_PutBack_LeavesTheOthers()
    {
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var set = await EditAsync(contact.Id, c => c with { Personal = c.Personal with { City = "杭州", Notes = "改喝咖啡" } });
        var preview = (await Restores.PreviewAsync(Of(nameof(Contact), contact.Id, set, "Personal/city"), default)).Value;
        (await Restores.RestoreAsync(Of(nameof(Contact), contact.Id, set, "Personal/city"), preview.Version, default)).Errors.ShouldBeEmpty();
        var personal = (await my.Contacts.GetAsync(contact.Id, default))!.Fields.Personal;
        (personal.City, personal.Notes).ShouldBe(("苏州", "改喝咖啡"));
    }

    [Fact]
    public async Task Version_OfBefore_IsAConflict_AndWhatBreaksARuleIsRefused()
    {
        var tag = new Tag { Name = "将消失" };
        await db.WriteAsync(d => d.Add(tag));
        var contact = (await my.Contacts.AddAsync(Samples.Contact() with { TagIds = [tag.Id] }, default)).Value;
        var set = await EditAsync(contact.Id, c => c with { TagIds = [], Title = "顾问" });
        Code(await Restores.RestoreAsync(Of(nameof(Contact), contact.Id, set, "Title"), 1, default)).ShouldBe("conflict");
        await db.WriteAsync(d => d.Remove(tag));
        Code(await Restores.RestoreAsync(Of(nameof(Contact), contact.Id, contact.ChangeSetId), 2, default)).ShouldBe("tag.unknown");
        (await my.Contacts.GetAsync(contact.Id, default))!.Fields.Title.ShouldBe("顾问");
    }

    [Fact]
    public async Task Stranger_LearnsNothing()
    {
        var contact = (await my.Contacts.AddAsync(Samples.Contact(visibility: Visibility.Private), default)).Value;
        var set = await EditAsync(contact.Id, c => c with { Title = "顾问" });
        var other = db.As(colleague);
        Code(await other.Get<IRestores>().PreviewAsync(Of(nameof(Contact), contact.Id, set, "Title"), default)).ShouldBe("not_found");
        Code(await other.Get<IRestores>().RestoreAsync(Of(nameof(Contact), contact.Id, set), 2, default)).ShouldBe("not_found");
        (await other.History.PageAsync(nameof(Contact), contact.Id, new(), null, 50, default)).Value.ShouldSatisfyAllConditions(p => p.Items.ShouldBeEmpty(), p => p.People.ShouldBeEmpty());
    }

    [Fact]
    public async Task Company_Interaction_AndTask_ArePutBackToo()
    {
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var account = (await my.Accounts.AddAsync(new() { Name = "恒川精密", City = "苏州", Employees = 20 }, default)).Value;
        await my.Accounts.UpdateAsync(account.Id, 1, new() { Name = "恒川", City = "无锡", Employees = 30 }, default);
        await BackAsync(nameof(Account), account.Id, account.ChangeSetId, 2);
        (await my.Accounts.GetAsync(account.Id, default))!.Fields.ShouldSatisfyAllConditions(a => a.Name.ShouldBe("恒川精密"), a => a.City.ShouldBe("苏州"), a => a.Employees.ShouldBe(20));

        var talk = (await my.Interactions.AddAsync(contact.Id, Samples.Interaction(), default)).Value;
        await my.Interactions.UpdateAsync(talk.Id, 1, Samples.Interaction("改过的") with { IsImportant = true }, default);
        await BackAsync(nameof(Interaction), talk.Id, talk.ChangeSetId, 2, "Content", byItself: false);
        (await my.Interactions.GetAsync(talk.Id, default))!.Fields.ShouldSatisfyAllConditions(i => i.Content.ShouldBe(Samples.Talk), i => i.IsImportant.ShouldBeFalse());

        var tasks = my.Get<ITasks>();
        var task = (await tasks.AddAsync(new("回电话", null, null, false, null, contact.Id, null, TaskOrigin.Person, null), default)).Value;
        await tasks.UpdateAsync(task, 1, new() { Title = "发报价", ContactId = contact.Id, Priority = Priority.High }, default);
        var edit = (await my.History.OfAsync(nameof(TaskItem), task, default))[0];
        (await Restores.RestoreAsync(new(nameof(TaskItem), task, edit.ChangeSetId, "Title"), 2, default)).Errors.ShouldBeEmpty();
        (await tasks.GetAsync(task, default))!.Fields.ShouldSatisfyAllConditions(t => t.Title.ShouldBe("回电话"), t => t.Priority.ShouldBe(Priority.High));
    }

    [Fact]
    public async Task LabelsAndOwnFields_PutBack_KeepTheRulesOfTheirEdits()
    {
        var admin = db.As(await db.AddUserAsync(Role.Admin));
        var (tags, fields) = (admin.Get<ITags>(), admin.Get<Domain.CustomFields.ICustomFields>());
        var tag = (await tags.AddAsync(new() { Name = "重点", Colour = "#112233" }, default)).Value;
        var renamed = (await tags.UpdateAsync(tag.Id, 1, new() { Name = "一般", Colour = "#445566" }, default)).Value;
        var point = Of(nameof(Tag), tag.Id, renamed.ChangeSetId, "Name");
        var restores = admin.Get<IRestores>();
        (await restores.PreviewAsync(point, default)).Value.Fields.Select(f => (f.Field, f.Before, f.After)).ShouldBe([("Name", "一般", "重点")]);
        var taken = (await tags.AddAsync(new() { Name = "重点" }, default)).Value;
        Code(await restores.RestoreAsync(point, 2, default)).ShouldBe("tag.name.taken");
        (await tags.DeleteAsync(taken.Id, default)).Errors.ShouldBeEmpty();
        Code(await restores.RestoreAsync(point, 1, default)).ShouldBe("conflict");
        (await restores.RestoreAsync(point, 2, default)).Errors.ShouldBeEmpty();
        (await tags.ListAsync(default)).Single(t => t.Id == tag.Id).ShouldSatisfyAllConditions(t => t.Name.ShouldBe("重点"), t => t.Colour.ShouldBe("#445566"));

        var edit = new Domain.CustomFields.CustomFieldEdit { Name = "区域", Type = Domain.CustomFields.CustomFieldType.Choice, Choices = ["华东", "华南"] };
        var field = (await fields.AddAsync(edit, default)).Value;
        await fields.UpdateAsync(field.Id, 1, edit with { Name = "大区", Choices = ["华北"], IsRequired = true }, default);
        (await restores.RestoreAsync(Of(nameof(Domain.CustomFields.CustomField), field.Id, field.ChangeSetId), 2, default)).Errors.ShouldBeEmpty();
        (await fields.ListAsync(default, false, default)).Single().Fields.ShouldSatisfyAllConditions(f => f.Name.ShouldBe("区域"), f => f.Choices.ShouldBe(["华东", "华南"]), f => f.IsRequired.ShouldBeFalse());
        // Who may not change them is told nothing of them.
        Code(await db.As(await db.AddUserAsync(Role.Viewer)).Get<IRestores>().PreviewAsync(point, default)).ShouldBe("not_found");
        Code(await Restores.PreviewAsync(Of(nameof(Domain.CustomFields.CustomField), field.Id, field.ChangeSetId), default)).ShouldBe("not_found");
    }

    [Fact]
    public async Task History_IsReadToItsEnd_ByFieldAndByPerson()
    {
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        await my.Contacts.ShareAsync(contact.Id, [new(colleague.Id, true)], default);
        for (var i = 0; i < 230; i++) await EditAsync(contact.Id, c => i % 10 == 0 ? c with { Title = $"职位 {i}" } : c with { Notes = $"第 {i} 次" });
        var theirs = db.As(colleague);
        await theirs.Contacts.UpdateAsync(contact.Id, 232, (await theirs.Contacts.GetAsync(contact.Id, default))!.Fields with { Title = "别人改的" }, default);
        (await ReadAsync(new(), 40)).ShouldSatisfyAllConditions(all => all.Count.ShouldBe(233), all => all.Select(e => e.ChangeSetId).Distinct().Count().ShouldBe(233), all => all[^1].Command.ShouldBe("contact.add"));
        // the making of the record names it too
        (await ReadAsync(new("Title"), 10)).Count.ShouldBe(25);
        (await ReadAsync(new(UserId: colleague.Id), 10)).ShouldHaveSingleItem().Fields.ShouldContain(f => f.After == "别人改的");
        (await my.History.PageAsync(nameof(Contact), contact.Id, new(), null, 5, default)).Value.People.Select(p => p.Id).ShouldBe([rep.Id, colleague.Id], ignoreOrder: true);
        Code(await my.History.PageAsync(nameof(Contact), contact.Id, new(), "x", 5, default)).ShouldBe("cursor.unknown");

        async Task<List<HistoryEntry>> ReadAsync(HistoryFilter filter, int take)
        {
            var all = new List<HistoryEntry>();
            for (string? after = null; ;)
            {
                var page = (await my.History.PageAsync(nameof(Contact), contact.Id, filter, after, take, default)).Value;
                all.AddRange(page.Items);
                if ((after = page.Next) is null) return all;
            }
        }
    }

    private async Task BackAsync(string type, Guid id, Guid set, int version, string? field = null, bool byItself = true) =>
        (await Restores.RestoreAsync(Of(type, id, set, byItself ? field : null), version, default)).Errors.ShouldBeEmpty();

    private async Task<Guid> EditAsync(Guid id, Func<ContactEdit, ContactEdit> change)
    {
        var read = (await my.Contacts.GetAsync(id, default))!;
        return (await my.Contacts.UpdateAsync(id, read.Version, change(read.Fields), default)).Value.ChangeSetId;
    }

    private static RestorePoint Of(string type, Guid id, Guid set, string? field = null) => new(type, id, set, field);

    private static string Code<T>(Result<T> result) => result.Errors.Single().Code;
}
