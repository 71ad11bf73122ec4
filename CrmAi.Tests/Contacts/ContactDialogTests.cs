using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.Contacts;
using CrmAi.Web.Shared;
using NSubstitute;

namespace CrmAi.Tests.Contacts;

public sealed class ContactDialogTests
{
    private static readonly CustomFieldRow Required = new(Guid.CreateVersion7(), 1, new() { Target = CustomFieldTarget.Contact, Type = CustomFieldType.Text, Name = "工号", IsRequired = true }, false);

    private readonly List<ContactEdit> sent = [];
    private IContacts contacts = null!;

    private async Task<ComponentPage> RenderAsync(AccountRow? company = null)
    {
        var page = await ComponentPage.RenderAsync<ContactDialog>(services =>
        {
            services.AddPerson();
            contacts = services.AddFake<IContacts>();
            services.AddFake<IFolders>().ListAsync(default).ReturnsForAnyArgs([]);
            services.AddFake<ICustomFields>().ListAsync(default, default, default).ReturnsForAnyArgs([Required]);
            services.AddFake<IAccounts>().SuggestAsync("恒川", Arg.Any<CancellationToken>()).Returns([new AccountRow(Guid.CreateVersion7(), "恒川精密", "制造", "苏州")]);
        }, new { Company = company });
        contacts.AddAsync(Arg.Do<ContactEdit>(sent.Add), default).ReturnsForAnyArgs(new Saved(Guid.CreateVersion7(), 1, Guid.CreateVersion7()));
        return page;
    }

    private static Task SubmitAsync(ComponentPage page) => page.RaiseAsync(page.Find("form"), "onsubmit", EventArgs.Empty);

    [Fact]
    public async Task Save_NotValid_SaysSoAtTheFieldAndKeepsTheRest()
    {
        await using var page = await RenderAsync();
        await page.ChangeAsync("#f-Name", "张三");
        await page.ChangeAsync("#f-Mobile", "12");
        await SubmitAsync(page);
        page.Find("#f-Mobile").ParentElement!.QuerySelector(".field-error")!.TextContent.ShouldBe("号码格式不对");
        sent.ShouldBeEmpty();

        await page.ChangeAsync("#f-Mobile", "13800001203");
        await SubmitAsync(page);

        sent.ShouldHaveSingleItem().ShouldSatisfyAllConditions(e => e.Name.ShouldBe("张三"), e => e.Mobile.ShouldBe("13800001203"));
    }

    [Fact]
    public async Task CustomField_ThatIsRequired_IsToldOfAndCanBeEntered()
    {
        await using var page = await RenderAsync();
        contacts.AddAsync(default!, default).ReturnsForAnyArgs(new Error("custom.required", CustomFieldRules.FieldName(Required.Id), "工号"), new Saved(Guid.CreateVersion7(), 1, Guid.CreateVersion7()));
        await page.ChangeAsync("#f-Name", "张三");
        await SubmitAsync(page);
        page.Find("[role=alert]").TextContent.ShouldContain("工号");

        await page.ChangeAsync($"#f-{CustomFieldRules.FieldName(Required.Id)}".Replace(".", "\\.", StringComparison.Ordinal), "A-7");
        await SubmitAsync(page);

        sent[^1].Custom[Required.Id].ShouldBe("A-7");
    }

    [Fact]
    public async Task Company_OneThatExists_IsChosenFromTheSuggestions()
    {
        await using var page = await RenderAsync();
        await page.ChangeAsync("#f-Name", "张三");
        await page.ChangeAsync("#f-Company", "恒川");
        await page.ClickAsync("#account-suggestions button");
        await SubmitAsync(page);
        sent.ShouldHaveSingleItem().ShouldSatisfyAllConditions(e => e.Company.ShouldBe("恒川精密"), e => e.AccountId.ShouldNotBeNull());
    }

    [Fact]
    public async Task Company_KnownBefore_IsFilledInAndSavedUnlessAnotherIsTyped()
    {
        var company = new AccountRow(Guid.CreateVersion7(), "恒川精密", null, null);
        await using (var page = await RenderAsync(company))
        {
            page.Find("#f-Company").GetAttribute("value").ShouldBe("恒川精密");
            await page.ChangeAsync("#f-Name", "张三");
            await SubmitAsync(page);
        }
        await using (var page = await RenderAsync(company))
        {
            await page.ChangeAsync("#f-Name", "李四");
            await page.ChangeAsync("#f-Company", "别家公司");
            await SubmitAsync(page);
        }
        sent.Select(e => (e.Name, e.Company, e.AccountId)).ShouldBe([("张三", "恒川精密", company.Id), ("李四", "别家公司", null)]);
    }

    [Fact]
    public void Merge_FieldsOfTwoPeople_ClashOnlyWhereBothChanged()
    {
        var before = new ContactEdit { Name = "林若溪", Title = "经理", Notes = "旧" };
        var mine = before with { Title = "总监", Notes = "我的" };
        var theirs = before with { Title = "副总", Department = "采购部" };

        EditField<ContactEdit>[] fields =
        [
            new("title", e => e.Title, (to, from) => to with { Title = from.Title }),
            new("department", e => e.Department, (to, from) => to with { Department = from.Department }),
            new("notes", e => e.Notes, (to, from) => to with { Notes = from.Notes }),
        ];
        var (merged, clashes) = Merge.Of(fields, before, mine, theirs);

        clashes.ShouldHaveSingleItem().Name.ShouldBe("title");
        (merged.Title, merged.Department, merged.Notes).ShouldBe(("副总", "采购部", "我的"));
    }

    [Fact]
    public async Task ConflictDialog_Clashes_ShowsBothValuesMineFirst()
    {
        await using var page = await ComponentPage.RenderAsync<ConflictDialog>(_ => { }, new { Clashes = (IReadOnlyList<ConflictDialog.Clash>)[new("职位", "总监", "副总")] });
        page.Document.QuerySelectorAll("label").Select(l => l.TextContent.Trim()).ShouldBe(["我的总监", "对方的副总"]);
        page.Find("label.chosen").TextContent.ShouldContain("总监");

        await page.RaiseAsync(page.Find("label:nth-of-type(2) input"), "onchange", new Microsoft.AspNetCore.Components.ChangeEventArgs { Value = "on" });

        page.Find("label.chosen").TextContent.ShouldContain("副总");
    }
}
