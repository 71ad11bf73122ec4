using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.CustomFields;

public sealed class CustomFieldsTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Acting my = null!;
    private Acting admin = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        my = db.As(await db.AddUserAsync(Role.SalesRep));
        admin = db.As(await db.AddUserAsync(Role.Admin));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    private ICustomFields Fields => admin.Get<ICustomFields>();

    [Fact]
    public async Task Field_AddedEditedArchived_ReadsBackInOrder()
    {
        var gift = await AddAsync(new() { Name = " 礼物 ", Type = CustomFieldType.Choice, Choices = ["茶", "书"] });
        var fair = await AddAsync(new() { Name = "展会", IsSearchable = true });
        var lines = await AddAsync(new() { Name = "礼物", Target = CustomFieldTarget.Account, Type = CustomFieldType.Number, Min = 0, Max = 100, IsSearchable = true });
        (await ListAsync()).Select(f => f.Fields.Name).ShouldBe(["礼物", "展会"]);
        (await Fields.ListAsync(CustomFieldTarget.Account, false, default)).Single().Fields.ShouldSatisfyAllConditions(f => f.IsSearchable.ShouldBeFalse(), f => f.Max.ShouldBe(100));
        (await Fields.MoveAsync(fair, gift, default)).Succeeded.ShouldBeTrue();
        (await ListAsync()).Select(f => f.Fields.Name).ShouldBe(["展会", "礼物"]);
        (await Fields.MoveAsync(fair, null, default)).Succeeded.ShouldBeTrue();
        (await ListAsync()).Select(f => f.Fields.Name).ShouldBe(["礼物", "展会"]);
        (await Fields.MoveAsync(fair, lines, default)).Errors.ShouldBe([Error.NotFound]);
        (await Fields.ArchiveAsync(gift, true, default, 99)).Errors.ShouldBe([Error.Conflict]);
        var archived = (await Fields.ArchiveAsync(gift, true, default)).Value;
        (await ListAsync()).Select(f => f.Id).ShouldBe([fair]);
        (await Fields.ListAsync(CustomFieldTarget.Contact, true, default)).Select(f => (f.Id, f.IsArchived)).ShouldBe([(fair, false), (gift, true)]);
        (await admin.History.UndoAsync(archived.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await ListAsync()).Count.ShouldBe(2);
        (await my.Get<ICustomFields>().ListAsync(CustomFieldTarget.Contact, false, default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Field_OfBadInput_IsRefused()
    {
        await AddAsync(new() { Name = "Gift" });
        (await Refusals(new() { Name = " " })).ShouldBe("field.name.empty Name");
        (await Refusals(new() { Name = "ＧＩＦＴ " })).ShouldBe("field.name.taken Name");
        (await Refusals(new() { Name = new('x', 51) })).ShouldBe("text.long Name");
        (await Refusals(new() { Name = "x", Hint = new('x', 201) })).ShouldBe("text.long Hint");
        (await Refusals(new() { Name = "x", Type = CustomFieldType.Choice })).ShouldBe("field.choices.empty Choices");
        (await Refusals(new() { Name = "x", Type = CustomFieldType.Choices, Choices = ["a", "A "] })).ShouldBe("field.choices.same Choices");
        (await Refusals(new() { Name = "x", Type = CustomFieldType.Choice, Choices = [.. Enumerable.Range(0, 101).Select(i => $"{i}")] })).ShouldBe("list.long Choices");
        (await Refusals(new() { Name = "x", Type = CustomFieldType.Number, Min = 2, Max = 1 })).ShouldBe("field.range Max");
        for (var i = 1; i < CustomField.MaxPerTarget; i++) await AddAsync(new() { Name = $"{i}" });
        (await Refusals(new() { Name = "x" })).ShouldBe("field.limit ");
    }

    [Fact]
    public async Task Field_ByARepStaleOrOfAnotherType_IsNotChanged()
    {
        var id = await AddAsync(new() { Name = "展会" });
        var rep = my.Get<ICustomFields>();
        foreach (var refused in (Result<Saved>[])[await rep.AddAsync(new() { Name = "x" }, default), await rep.UpdateAsync(id, 1, new() { Name = "x" }, default), await rep.ArchiveAsync(id, true, default), await rep.MoveAsync(id, null, default)])
            refused.Errors.ShouldBe([Error.Forbidden]);
        (await Fields.UpdateAsync(id, 1, new() { Name = "展会", Type = CustomFieldType.Date }, default)).Errors.Single().Code.ShouldBe("field.type.fixed");
        (await Fields.UpdateAsync(id, 1, new() { Name = "首次展会" }, default)).Succeeded.ShouldBeTrue();
        (await Fields.UpdateAsync(id, 1, new() { Name = "x" }, default)).Errors.ShouldBe([Error.Conflict]);
        (await Fields.UpdateAsync(Guid.NewGuid(), 1, new() { Name = "x" }, default)).Errors.ShouldBe([Error.NotFound]);
        (await admin.History.OfAsync(nameof(CustomField), id, default))[0].Fields.ShouldBe([new("Name", "展会", "首次展会")]);
        (await my.History.OfAsync(nameof(CustomField), id, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Values_OfAContact_AreCheckedStoredToldAndTakenBackOneByOne()
    {
        var (fair, credit) = (await AddAsync(new() { Name = "首次展会" }), await AddAsync(new() { Name = "授信额度", Type = CustomFieldType.Money }));
        var saved = (await my.Contacts.AddAsync(With((fair, " 工博会 "), (credit, "1,200,000.50")), default)).Value;
        (await ReadAsync(saved.Id)).ShouldBe(new Dictionary<Guid, string> { [fair] = "工博会", [credit] = "1200000.5" }, ignoreOrder: true);
        var refused = await my.Contacts.UpdateAsync(saved.Id, 1, With((credit, "many"), (Guid.Empty, "x")), default);
        refused.Errors.Select(e => $"{e.Code} {e.Field}").ShouldBe([$"custom.unknown {CustomFieldRules.FieldName(Guid.Empty)}", $"custom.number {CustomFieldRules.FieldName(credit)}"]);
        var first = (await my.Contacts.UpdateAsync(saved.Id, 1, With((fair, "进博会"), (credit, "1200000.5")), default)).Value;
        (await my.Contacts.UpdateAsync(saved.Id, 2, With((fair, "进博会")), default)).Succeeded.ShouldBeTrue();
        var history = await my.History.OfAsync(nameof(Contact), saved.Id, default);
        history[0].Fields.ShouldBe([new("Custom.Money", "1200000.5", null) { Label = "授信额度" }]);
        history[1].Fields.ShouldBe([new("Custom.Text", "工博会", "进博会") { Label = "首次展会" }]);
        // The first edit is taken back although the other value has changed since.
        (await my.History.UndoAsync(first.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await ReadAsync(saved.Id)).ShouldBe(new Dictionary<Guid, string> { [fair] = "工博会" });
    }

    [Fact]
    public async Task ValuesOfArchivedFields_StayAndTakeNoNewOnes()
    {
        var fair = await AddAsync(new() { Name = "首次展会" });
        var saved = (await my.Contacts.AddAsync(With((fair, "工博会")), default)).Value;
        (await Fields.ArchiveAsync(fair, true, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.UpdateAsync(saved.Id, 1, new() { Name = "张三", Title = "总监" }, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.UpdateAsync(saved.Id, 2, With((fair, "工博会")), default)).Succeeded.ShouldBeTrue();
        (await ReadAsync(saved.Id)).ShouldBe(new Dictionary<Guid, string> { [fair] = "工博会" });
        (await my.Contacts.UpdateAsync(saved.Id, 3, With((fair, "进博会")), default)).Errors.Single().Code.ShouldBe("custom.unknown");
        (await my.Contacts.AddAsync(With((fair, "进博会")), default)).Errors.Single().Code.ShouldBe("custom.unknown");
    }

    [Fact]
    public async Task RequiredField_OfAnOldContact_BlocksNobodyUntilItIsFilled()
    {
        var old = (await my.Contacts.AddAsync(With(), default)).Value;
        var field = await AddAsync(new() { Name = "行业客户", IsRequired = true });
        (await my.Contacts.AddAsync(With(), default)).Errors.Single().ShouldSatisfyAllConditions(e => e.Code.ShouldBe("custom.required"), e => e.Field.ShouldBe(CustomFieldRules.FieldName(field)));
        (await my.Contacts.UpdateAsync(old.Id, 1, With() with { Title = "总监" }, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.UpdateAsync(old.Id, 2, With((field, " ")), default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.UpdateAsync(old.Id, 3, With((field, "是")), default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.UpdateAsync(old.Id, 4, With(), default)).Errors.Single().Code.ShouldBe("custom.required");
    }

    [Fact]
    public async Task ChoiceTakenAway_StaysWhereItWasChosen()
    {
        var gift = await AddAsync(new() { Name = "礼物", Type = CustomFieldType.Choices, Choices = ["茶", "书"] });
        var saved = (await my.Contacts.AddAsync(With((gift, """["茶","书"]""")), default)).Value;
        (await Fields.UpdateAsync(gift, 1, new() { Name = "礼物", Type = CustomFieldType.Choices, Choices = ["书", "花"] }, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.UpdateAsync(saved.Id, 1, With((gift, """["茶","花"]""")), default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.AddAsync(With((gift, """["茶"]""")), default)).Errors.Single().Code.ShouldBe("custom.choice");
    }

    [Fact]
    public async Task SearchableField_IsFoundByItsValuesAndNoLongerWhenItCeases()
    {
        var fair = await AddAsync(new() { Name = "首次展会" });
        var saved = (await my.Contacts.AddAsync(With((fair, "汉诺威工博会")), default)).Value;
        (await FoundAsync("工博会")).ShouldBe(0);
        (await Fields.UpdateAsync(fair, 1, new() { Name = "首次展会", IsSearchable = true }, default)).Succeeded.ShouldBeTrue();
        (await db.DrainAsync()).ShouldBe(1);
        (await FoundAsync("工博会")).ShouldBe(1);
        (await my.Contacts.UpdateAsync(saved.Id, 1, With((fair, "进博会")), default)).Succeeded.ShouldBeTrue();
        (await FoundAsync("工博会")).ShouldBe(0);
        (await FoundAsync("进博")).ShouldBe(1);
        var archived = (await Fields.ArchiveAsync(fair, true, default)).Value;
        (await db.DrainAsync()).ShouldBe(1);
        (await FoundAsync("进博")).ShouldBe(0);
        (await FoundAsync("张三")).ShouldBe(1);
        (await admin.History.UndoAsync(archived.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await db.DrainAsync()).ShouldBe(1);
        (await FoundAsync("进博")).ShouldBe(1);
    }

    [Fact]
    public async Task SearchableField_OfACompany_IsFoundByItsValues()
    {
        var erp = await AddAsync(new() { Name = "ERP", Target = CustomFieldTarget.Account });
        var account = (await my.Accounts.AddAsync(new() { Name = "沪上精工" }, default)).Value;
        await db.WriteAsync(d => d.Accounts.Find(account.Id)!.Custom = new() { [erp] = "用友 U8" });
        (await my.Accounts.SuggestAsync("用友", default)).ShouldBeEmpty();
        (await Fields.UpdateAsync(erp, 1, new() { Name = "ERP", Target = CustomFieldTarget.Account, IsSearchable = true }, default)).Succeeded.ShouldBeTrue();
        (await db.DrainAsync()).ShouldBe(1);
        (await my.Accounts.SuggestAsync("用友", default)).Single().Name.ShouldBe("沪上精工");
    }

    private static ContactEdit With(params (Guid Id, string Value)[] values) => new() { Name = "张三", Custom = values.ToDictionary(v => v.Id, v => v.Value) };

    private async Task<int> FoundAsync(string search) => (await my.Contacts.ListAsync(new(Search: search), 0, 5, default)).Total;

    private async Task<IReadOnlyDictionary<Guid, string>> ReadAsync(Guid id) => (await my.Contacts.GetAsync(id, default))!.Fields.Custom;

    private async Task<Guid> AddAsync(CustomFieldEdit edit) => (await Fields.AddAsync(edit, default)).Value.Id;

    private async Task<string> Refusals(CustomFieldEdit edit) => string.Join(' ', (await Fields.AddAsync(edit, default)).Errors.Select(e => $"{e.Code} {e.Field}"));

    private Task<IReadOnlyList<CustomFieldRow>> ListAsync() => Fields.ListAsync(CustomFieldTarget.Contact, false, default);
}
