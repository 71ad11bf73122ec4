using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.Contacts;
using CrmAi.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CrmAi.Tests.Contacts;

public sealed class ContactDetailsTests
{
    private static readonly Guid Budget = Guid.CreateVersion7();

    private readonly List<(int Version, ContactEdit Edit)> sent = [];
    private IContacts contacts = null!;
    private ContactDetail present = Pages.Contact() with { MayGovern = true };

    private async Task<ComponentPage> RenderAsync()
    {
        contacts = Substitute.For<IContacts>();
        contacts.GetAsync(default, default).ReturnsForAnyArgs(_ => present);
        contacts.UpdateAsync(default, default, Arg.Any<ContactEdit>(), default).ReturnsForAnyArgs(call => Save(call.ArgAt<int>(1), call.ArgAt<ContactEdit>(2)));
        return await ComponentPage.RenderAsync<Host>(all =>
        {
            all.AddPerson();
            all.AddSingleton(contacts);
            all.AddFake<IHistory>();
            all.AddFake<INameConfirmations>();
            all.AddFake<ILiveUpdates>();
            all.AddFake<IAccounts>().SuggestAsync("恒川", Arg.Any<CancellationToken>()).Returns([new AccountRow(Guid.CreateVersion7(), "恒川精密", "制造", "苏州")]);
            all.AddFake<IFolders>().ListAsync(default).ReturnsForAnyArgs([]);
            all.AddFake<ITags>().ListAsync(default).ReturnsForAnyArgs([]);
            all.AddFake<ICustomFields>().ListAsync(default, default, default).ReturnsForAnyArgs([new CustomFieldRow(Budget, 1, new() { Name = "设备台数", Type = CustomFieldType.Number, Max = 500 }, false)]);
        }, new { Contact = present });
    }

    private Result<Saved> Save(int version, ContactEdit edit)
    {
        if (version != present.Version) return Error.Conflict;
        var errors = ContactRules.Check(edit, new DateOnly(2026, 1, 1));
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        sent.Add((version, edit));
        present = present with { Version = version + 1, Fields = edit };
        return new Saved(present.Id, present.Version, Guid.CreateVersion7());
    }

    [Fact]
    public async Task Text_WhenLeft_IsSavedAndOffersToTakeItBack()
    {
        await using var page = await RenderAsync();
        await page.ChangeAsync("#d-Title", "采购副总裁");
        sent.ShouldHaveSingleItem().Edit.ShouldSatisfyAllConditions(e => e.Title.ShouldBe("采购副总裁"), e => e.Name.ShouldBe("林若溪"));
        page.Service<Toasts>().Shown.ShouldHaveSingleItem().ShouldSatisfyAllConditions(t => t.Text.ShouldContain("职位"), t => t.Action.ShouldNotBeNull());

        await page.ChangeAsync("#d-Department", "供应链");

        page.Service<Toasts>().Shown.ShouldHaveSingleItem("the next takes its place").Text.ShouldContain("部门");
    }

    [Fact]
    public async Task Text_Unchanged_IsNotSaved()
    {
        await using var page = await RenderAsync();
        await page.ChangeAsync("#d-Title", " 采购总监 ");
        sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Text_Refused_SaysWhyInPlaceAndShowsTheOldValueElsewhere()
    {
        await using var page = await RenderAsync();
        await page.ChangeAsync("#d-Email", "not-an-address");
        page.Find("#d-Email").Closest("[data-inline]")!.QuerySelector(".field-error")!.TextContent.ShouldBe("邮箱格式不对");
        page.Find("#d-Email").GetAttribute("aria-invalid").ShouldBe("true");
        page.Find(".shown-email").TextContent.ShouldBeEmpty("what was refused is not shown as if it were saved");
        sent.ShouldBeEmpty();

        await page.ChangeAsync("#d-Email", "lin@example.com");

        sent.ShouldHaveSingleItem().Edit.Email.ShouldBe("lin@example.com");
        page.Document.QuerySelector(".field-error").ShouldBeNull();
    }

    [Fact]
    public async Task LostRace_AnotherField_IsBroughtTogetherUnasked()
    {
        await using var page = await RenderAsync();
        present = present with { Version = 7, Fields = present.Fields with { Department = "供应链" } };
        await page.ChangeAsync("#d-Title", "采购副总裁");
        sent.ShouldHaveSingleItem().ShouldSatisfyAllConditions(s => s.Version.ShouldBe(7), s => s.Edit.Title.ShouldBe("采购副总裁"), s => s.Edit.Department.ShouldBe("供应链"));
        page.Find(".shown-department").TextContent.ShouldBe("供应链");
    }

    [Fact]
    public async Task LostRace_SameField_AsksAndKeepsWhatWasTypedWhileItIsOpen()
    {
        await using var page = await RenderAsync();
        var asked = new TaskCompletionSource<IReadOnlyList<ConflictDialog.Clash>>();
        page.Service<Radzen.DialogService>().OnOpen += (_, _, parameters, _) => asked.TrySetResult((IReadOnlyList<ConflictDialog.Clash>)parameters["Clashes"]!);
        present = present with { Version = 7, Fields = present.Fields with { Title = "厂长" } };
        var saving = page.ChangeAsync("#d-Title", "采购副总裁");
        var clash = (await asked.Task).ShouldHaveSingleItem();
        (clash.Mine, clash.Theirs).ShouldBe(("采购副总裁", "厂长"));
        page.Service<Radzen.DialogService>().Close(new HashSet<string> { clash.Name });
        await saving;
        sent.ShouldHaveSingleItem().Edit.Title.ShouldBe("采购副总裁");
    }

    [Fact]
    public async Task Sum_InWords_IsTakenWithItsCurrency()
    {
        await using var page = await RenderAsync();
        await page.ChangeAsync("#d-DealValueMinor", "八十万美元");
        sent.ShouldHaveSingleItem().Edit.ShouldSatisfyAllConditions(e => e.DealValueMinor.ShouldBe(80_000_000), e => e.Currency.ShouldBe("USD"));
        await page.ChangeAsync("#d-DealValueMinor", "很多");
        page.Find("#d-DealValueMinor").Closest("[data-inline]")!.QuerySelector(".field-error").ShouldNotBeNull();
    }

    [Fact]
    public async Task Choice_Clicked_IsSaved()
    {
        await using var page = await RenderAsync();
        await page.ClickAsync(page.FindByText("[data-inline=d-Seniority] button", "总监"));
        sent.ShouldHaveSingleItem().Edit.Seniority.ShouldBe(Seniority.Director);
    }

    [Fact]
    public async Task Items_EnteredWithCommas_AreAddedEachOnceAndRemovedByAClick()
    {
        await using var page = await RenderAsync();
        await page.ChangeAsync("#d-Competitors", "锐瞳，海视、锐瞳");
        sent[^1].Edit.Competitors.ShouldBe(["锐瞳", "海视"]);
        await page.ClickAsync("[data-inline=d-Competitors] .item:first-of-type .chip-remove");
        sent[^1].Edit.Competitors.ShouldBe(["海视"]);
    }

    [Fact]
    public async Task CustomField_OutOfRange_IsRefusedInPlace()
    {
        await using var page = await RenderAsync();
        var id = $"#d-{CustomFieldRules.FieldName(Budget)}".Replace(".", "\\.");
        await page.ChangeAsync(id, "501");
        page.Find(id).Closest("[data-inline]")!.QuerySelector(".field-error")!.TextContent.ShouldContain("500");
        await page.ChangeAsync(id, "12");
        sent.ShouldHaveSingleItem().Edit.Custom[Budget].ShouldBe("12");
    }

    [Fact]
    public async Task Company_ThatIsKnown_IsChosenWhileTyping()
    {
        await using var page = await RenderAsync();
        await page.ChangeAsync("#d-Company", "恒川精密");
        sent.ShouldHaveSingleItem().Edit.Company.ShouldBe("恒川精密");
    }

    [Fact]
    public async Task Masked_ChannelsAndPersonalDetails_AreReadOnlyWithTheReason()
    {
        present = present with { Masked = true, MayChange = true };
        await using var page = await RenderAsync();
        page.Document.QuerySelector("#d-Mobile").ShouldBeNull();
        page.Find("[data-inline=d-Mobile] .inline-locked").GetAttribute("data-tip")!.ShouldContain("周岚");
        page.Find("#d-Title").ShouldNotBeNull();
    }

    [Fact]
    public async Task Reader_WhoMayNotChange_SeesValuesAndNoEntries()
    {
        present = present with { MayChange = false };
        await using var page = await RenderAsync();
        page.Document.QuerySelectorAll(".contact-details input, .contact-details textarea, .contact-details summary").ShouldBeEmpty();
        page.Find("[data-inline=d-Title]").TextContent.ShouldContain("采购总监");
    }

    /// <summary>The details with a piece of header that shows the same contact.</summary>
    private sealed class Host : Microsoft.AspNetCore.Components.ComponentBase
    {
        [Microsoft.AspNetCore.Components.Inject] private ContactEditing Editing { get; set; } = null!;

        [Microsoft.AspNetCore.Components.Parameter] public ContactDetail Contact { get; set; } = null!;

        protected override void OnInitialized()
        {
            Editing.Show(Contact);
            Editing.Changed += StateHasChanged;
        }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "p");
            builder.AddAttribute(1, "class", "shown-email");
            builder.AddContent(2, Editing.Fields.Email);
            builder.CloseElement();
            builder.OpenElement(3, "p");
            builder.AddAttribute(4, "class", "shown-department");
            builder.AddContent(5, Editing.Fields.Department);
            builder.CloseElement();
            builder.OpenComponent<ContactDetails>(6);
            builder.AddComponentParameter(7, nameof(ContactDetails.Editing), Editing);
            builder.CloseComponent();
        }
    }
}
