using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Contacts;

/// <summary>One owner's contacts, each of them hard to find in its own way.</summary>
public sealed class SearchedContacts : IAsyncLifetime
{
    private TestDatabase db = null!;

    internal Acting My { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        My = db.As(await db.AddUserAsync(Role.SalesRep));
        var tag = new Tag { Name = "重点Key" };
        await db.WriteAsync(d => d.Tags.Add(tag));
        var account = (await My.Accounts.AddAsync(new() { Name = "上海明瞳视觉科技有限公司", ShortName = "MingTongVision明瞳智造" }, default)).Value;
        var zhang = await AddAsync(new() { Name = "张三", EnglishName = "Wolfeschlegelsteinhausen", Title = "采购总监", AccountId = account.Id, Mobile = "138-0000-6620", Phone = "+1 415 555 2671 ext 123456", Email = "Zhang.San@maker.example" });
        await db.WriteAsync(d => d.ContactTags.Add(new() { ContactId = zhang, TagId = tag.Id }));
        await db.WriteAsync(d => d.Update(d.Contacts.Include(c => c.Tags).Include(c => c.Account).Single(c => c.Id == zhang)));
        foreach (var name in (string[])["单雄信", "乐重阳", "解缙", "尉迟恭", "O'Neil", "100%纯", "a_b", "[方括号]", "Ångström Müller", "𠮷野家", "单"])
            await AddAsync(new() { Name = name });
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    internal async Task<Guid> AddAsync(ContactEdit edit) => (await My.Contacts.AddAsync(edit with { Visibility = Visibility.Private }, default)).Value.Id;
}

public sealed class ContactSearchTests(SearchedContacts all) : IClassFixture<SearchedContacts>
{
    private readonly Acting my = all.My;

    [Theory]
    [InlineData("张三", "张三")]
    [InlineData("三", "张三")]
    [InlineData("张 采购", "张三")]
    [InlineData("zs", "张三")]
    [InlineData("zhangsan", "张三")]
    [InlineData("ZHANG san", "张三")]
    [InlineData("ｚｈａｎｇ", "张三")]
    [InlineData("wolfe", "张三")]
    [InlineData("Wolfeschlegelsteinhausen", "张三")]
    [InlineData("schlegelsteinhausen", "张三")]
    [InlineData("明瞳", "张三")]
    [InlineData("视觉科技有限公司", "张三")]
    [InlineData("上海明瞳视觉科技有限公司", "张三")]
    [InlineData("shmt", "张三")]
    [InlineData("shanghaimingtongshijue", "张三")]
    [InlineData("mingtongvision明瞳智造", "张三")]
    [InlineData("总监", "张三")]
    [InlineData("重点", "张三")]
    [InlineData("key", "张三")]
    [InlineData("6620", "张三")]
    [InlineData("2671", "张三")]
    [InlineData("13800006620", "张三")]
    [InlineData("138 0000 6620", "张三")]
    [InlineData("+86 138 0000 6620", "张三")]
    [InlineData("+86138-0000-6620", "张三")]
    [InlineData("+14155552671x123456", "张三")]
    [InlineData("zhang.san@maker.example", "张三")]
    [InlineData("ZHANG.SAN@MAKER.EXAMPLE", "张三")]
    [InlineData("shanxiongxin", "单雄信")]
    [InlineData("sxx", "单雄信")]
    [InlineData("danxiong", "单雄信")]
    [InlineData("lechongyang", "乐重阳")]
    [InlineData("yuezhong", "乐重阳")]
    [InlineData("xiejin", "解缙")]
    [InlineData("yuchigong", "尉迟恭")]
    [InlineData("ycg", "尉迟恭")]
    [InlineData("angstrom", "Ångström Müller")]
    [InlineData("müller", "Ångström Müller")]
    [InlineData("𠮷", "𠮷野家")]
    [InlineData("野家", "𠮷野家")]
    [InlineData("o'neil", "O'Neil")]
    [InlineData("'", "O'Neil")]
    [InlineData("%", "100%纯")]
    [InlineData("_", "a_b")]
    [InlineData("[", "[方括号]")]
    [InlineData("100%", "100%纯")]
    public async Task Search_OfWords_FindsThisContactAlone(string search, string name)
    {
        (await my.Contacts.ListAsync(new(Search: search), 0, 50, default)).Items.Select(c => c.Name).ShouldBe([name]);
        (await my.Contacts.PageAsync(new(ContactScope.All, search, Order: ContactOrder.Created), null, 50, default)).Value.Items.Select(c => c.Fields.Name).ShouldBe([name]);
    }

    [Theory]
    [InlineData("张%三")]
    [InlineData("张_")]
    [InlineData("%%")]
    [InlineData("[a-z]")]
    [InlineData("*")]
    [InlineData("' or '1'='1")]
    [InlineData("张三 李四")]
    [InlineData("662")]
    [InlineData("wolfeschlegelsteinhausenX")]
    [InlineData("maker.example")]
    public async Task Search_OfWhatNobodyHas_FindsNobody(string search) =>
        (await my.Contacts.ListAsync(new(Search: search), 0, 50, default)).Total.ShouldBe(0);

    [Theory]
    [InlineData("")]
    [InlineData("  　")]
    [InlineData(null)]
    public async Task Search_OfNothing_FindsAll(string? search) => (await my.Contacts.ListAsync(new(Search: search), 0, 50, default)).Total.ShouldBe(12);

    [Theory]
    [InlineData("明瞳")]
    [InlineData("MT")]
    [InlineData("mingtongvision")]
    [InlineData("shanghaimingtongshijuekeji")]
    [InlineData("mingtongvision明瞳智造")]
    public async Task Company_Searched_IsSuggestedAndPaged(string search)
    {
        (await my.Accounts.SuggestAsync(search, default)).ShouldHaveSingleItem().Name.ShouldBe("上海明瞳视觉科技有限公司");
        (await my.Accounts.PageAsync(new(search), null, 10, default)).Value.Items.ShouldHaveSingleItem();
    }
}
