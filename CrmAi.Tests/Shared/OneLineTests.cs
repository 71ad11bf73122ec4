using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Shared;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("张三", "张三")]
    [InlineData("张\r\n三", "张 三")]
    [InlineData(" \t张 \n\n 三\u0000\u0007 ", "张 三")]
    [InlineData("a\u0085b\u2028c\u2029d\u001be", "a b c d e")]
    [InlineData("两个  空格", "两个  空格")]
    [InlineData("\r\n\u0001", "")]
    [InlineData("王\u202Eexe.fdp", "王\u202Eexe.fdp")]
    [InlineData("\u2067שלום\u2069 👨‍👩‍👧", "\u2067שלום\u2069 👨‍👩‍👧")]
    public void Text_OfOneLine_HoldsNoLineEndsAndKeepsTheRest(string text, string line) => OneLine.Of(text).ShouldBe(line);

    [Fact]
    public async Task Names_WithLineEnds_AreStoredInOneLine_AndNotesKeepTheirs()
    {
        await using var db = await TestDatabase.CreateAsync();
        var my = db.As(await db.AddUserAsync(Role.Admin));

        var contact = (await my.Contacts.AddAsync(new() { Name = "张\n三", Title = "总\t监\u0007", Company = "沪上\r\n精工", Notes = "一\n二", Competitors = ["甲\n乙"], Personal = new() { City = "苏\n州", Notes = "三\n四" } }, default)).Value.Id;
        var read = (await my.Contacts.GetAsync(contact, default))!.Fields;
        (read.Name, read.Title, read.Company, read.Competitors.Single(), read.Personal.City).ShouldBe(("张 三", "总 监", "沪上 精工", "甲 乙", "苏 州"));
        (read.Notes, read.Personal.Notes).ShouldBe(("一\n二", "三\n四"));

        var account = (await my.Accounts.AddAsync(new() { Name = "苏州\n工厂", Industry = "制\n造", Description = "一\n二", Addresses = [new("总\n部", "星湖街\n1 号")] }, default)).Value.Id;
        var company = (await my.Accounts.GetAsync(account, default))!.Fields;
        (company.Name, company.Industry, company.Description, company.Addresses.Single()).ShouldBe(("苏州 工厂", "制 造", "一\n二", new("总 部", "星湖街 1 号")));

        var talk = (await my.Interactions.AddAsync(contact, Samples.Interaction("客户：好\r\n我：好") with { Subject = "报\n价" }, default)).Value.Id;
        var said = (await my.Interactions.GetAsync(talk, default))!.Fields;
        (said.Subject, said.Content).ShouldBe(("报 价", "客户：好\n我：好"));

        (await my.Get<Domain.Contacts.ITags>().AddAsync(new() { Name = "重\n点", Colour = "#0b8280" }, default)).Succeeded.ShouldBeTrue();
        (await my.Get<Domain.Contacts.ITags>().ListAsync(default)).ShouldHaveSingleItem().Name.ShouldBe("重 点");
        (await my.Get<Domain.Contacts.IFolders>().AddAsync("华\n东", null, default)).Succeeded.ShouldBeTrue();
        (await my.Get<Domain.Contacts.IFolders>().ListAsync(default)).ShouldHaveSingleItem().Name.ShouldBe("华 东");
        (await my.Get<IViews>().AddAsync(new() { Name = "本\n周", Filter = "priority=High" }, default)).Succeeded.ShouldBeTrue();
        (await my.Get<IViews>().ListAsync(default)).ShouldHaveSingleItem().Fields.Name.ShouldBe("本 周");
        (await my.Get<ICustomFields>().AddAsync(new() { Name = "礼\n物", Type = CustomFieldType.Choice, Choices = ["茶\n叶"] }, default)).Succeeded.ShouldBeTrue();
        var field = (await my.Get<ICustomFields>().ListAsync(CustomFieldTarget.Contact, true, default)).ShouldHaveSingleItem().Fields;
        (field.Name, field.Choices.Single()).ShouldBe(("礼 物", "茶 叶"));
    }

    [Fact]
    public async Task Names_OfControlCharactersAlone_AreEmpty()
    {
        await using var db = await TestDatabase.CreateAsync();
        var my = db.As(await db.AddUserAsync(Role.Admin));
        (await my.Contacts.AddAsync(new() { Name = "\u0001\u0002" }, default)).Errors.Single().Code.ShouldBe("contact.name.empty");
        (await my.Accounts.AddAsync(new() { Name = "\u0001" }, default)).Errors.Single().Code.ShouldBe("account.name.empty");
        (await my.Get<Domain.Contacts.IFolders>().AddAsync("\u0001", null, default)).Errors.Single().Code.ShouldBe("folder.name.empty");
        (await my.Get<Domain.Contacts.ITags>().AddAsync(new() { Name = "\u0001", Colour = "#0b8280" }, default)).Errors.Single().Code.ShouldBe("tag.name.empty");
    }
}
