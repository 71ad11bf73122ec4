using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Accounts;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Contacts;

/// <summary>Invented people and what each of them may be found by, kept beside the index to compare with.</summary>
public sealed class RecalledContacts : IAsyncLifetime
{
    public const int People = 200;

    private TestDatabase db = null!;

    internal TestDatabase Database => db;

    internal User Rep { get; private set; } = null!;

    internal Dictionary<Guid, string[]> Texts { get; private set; } = null!;

    internal Dictionary<Guid, string> Tails { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        Rep = await db.AddUserAsync(Role.SalesRep);
        var dice = new Random(20261120);
        var tags = ((string[])["重点客户", "VIP 🚀", "Ｔ型", "价格敏感"]).Select(t => new Tag { Name = t }).ToList();
        var made = Enumerable.Range(0, People).Select(_ => Make(dice, tags)).ToList();
        await db.WriteAsync(d => d.AddRange(tags));
        await db.WriteAsync(d => d.AddRange(made));
        Texts = made.ToDictionary(c => c.Id, c => ((string?[])[c.Name, c.EnglishName, c.Title, c.Account!.Name, .. c.Tags.Select(t => tags.Single(x => x.Id == t.TagId).Name)]).Select(ContactKeys.Fold).Where(t => t.Length > 0).ToArray());
        Tails = made.ToDictionary(c => c.Id, c => c.Mobile![^4..]);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    private Contact Make(Random dice, List<Tag> tags)
    {
        const string surnames = "张王李赵陈杨黄周吴徐孙马朱胡", given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华", firm = "华东精密机械电子光学仪器上海北京苏州智能制造";
        string Pick(string from, int count) => new(dice.GetItems(from.ToCharArray(), count));
        var now = DateTime.UtcNow;
        var account = new Account { Name = Pick(firm, dice.Next(4, 24)) + "有限公司", OwnerId = Rep.Id, CreatedAt = now, UpdatedAt = now };
        var contact = new Contact
        {
            Name = Pick(surnames, 1) + Pick(given, dice.Next(1, 3)) + dice.GetItems(["", "", "😀", "ＡＢ", "👩‍💻"], 1)[0], EnglishName = dice.Next(3) == 0 ? Pick("abcdefghij", dice.Next(2, 22)) + " Smith" : null,
            Title = dice.Next(2) == 0 ? Pick("采购技术质量总监经理主任", dice.Next(2, 22)) : null, Mobile = $"138{dice.Next(10):D4}{dice.Next(40):D4}",
            Account = account, AccountId = account.Id, OwnerId = Rep.Id, CreatedAt = now, UpdatedAt = now,
        };
        contact.Tags = [.. tags.Where(_ => dice.Next(4) == 0).Select(t => new ContactTag { ContactId = contact.Id, TagId = t.Id })];
        return contact;
    }
}

/// <summary>The index finds what reading every contact would find: nothing is lost, nothing added.</summary>
public sealed class SearchRecallTests(RecalledContacts all) : IClassFixture<RecalledContacts>
{
    private readonly Acting my = all.Database.As(all.Rep);

    [Fact]
    public async Task Search_OfAnyPartOfWhatIsShown_EqualsAPlainScan()
    {
        var dice = new Random(7);
        var shown = all.Texts.Values.SelectMany(t => t).ToArray();
        for (var i = 0; i < 250; i++)
        {
            var part = Part(dice, dice.GetItems(shown, 1)[0], i % 3 == 0 ? 1 : dice.Next(1, 20));
            if (i % 5 == 0) part += " " + Part(dice, dice.GetItems(shown, 1)[0], 1);
            if (ContactKeys.Fold(part).Length > 0) await CompareAsync(part);
        }
    }

    [Fact]
    public async Task Search_OfEveryCharacterAlone_EqualsAPlainScan()
    {
        foreach (var character in all.Texts.Values.SelectMany(t => t).SelectMany(t => t.EnumerateRunes()).Select(r => r.ToString()).Distinct().Where(c => ContactKeys.Fold(c).Length > 0)) await CompareAsync(character);
    }

    [Theory]
    [InlineData("ａｂ")]
    [InlineData("Ａ")]
    [InlineData("ｖｉｐ")]
    [InlineData("t型")]
    [InlineData("🚀")]
    [InlineData("👩")]
    [InlineData("SMITH")]
    public async Task Search_InAnotherForm_EqualsAPlainScan(string search) => await CompareAsync(search);

    [Fact]
    public async Task Search_OfTheLastFourDigits_FindsEveryOneWhoHasThem()
    {
        foreach (var tail in all.Tails.Values.Distinct())
            (await FoundAsync(tail)).ShouldBe(all.Tails.Where(t => t.Value == tail).Select(t => t.Key), ignoreOrder: true);
    }

    [Fact]
    public async Task Words_RareAndCommon_AreAnsweredAlike()
    {
        var viewer = await my.Get<CrmAi.Domain.Shared.ICurrentUser>().GetAsync(default);
        await using var db = all.Database.Open();
        foreach (var word in (string[])["张", "公司", "a", "zhang", "经理", all.Tails.Values.First(), "wolfeschlegelsteinhausen", "有限公司", "重点客户"])
        {
            var ways = new List<List<Guid>>();
            foreach (var spread in Enum.GetValues<WordSpread>()) ways.Add(await db.Contacts.VisibleTo(viewer).Matching(db, all.Database.Cipher, viewer, word, spread).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
            ways[1].ShouldBe(ways[0], word);
            ways[2].ShouldBe(ways[0], word);
            (await AccountLists.Matching(db, db.Accounts.VisibleTo(viewer), word, isCommon: true).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync())
                .ShouldBe(await AccountLists.Matching(db, db.Accounts.VisibleTo(viewer), word).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(), word);
        }
    }

    private static string Part(Random dice, string text, int length)
    {
        var start = dice.Next(text.Length);
        return text.Substring(start, Math.Min(length, text.Length - start));
    }

    private async Task CompareAsync(string search)
    {
        var words = ContactKeys.Fold(search).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var expected = all.Texts.Where(t => words.All(w => t.Value.Any(x => x.Contains(w, StringComparison.Ordinal)))).Select(t => t.Key).ToHashSet();
        var found = await FoundAsync(search);
        expected.Except(found).ShouldBeEmpty($"lost for '{search}'");
        // Latin words may be found in readings too: only Chinese characters are compared in full.
        if (words.All(w => w.All(c => c > 0x2E80))) found.Except(expected).ShouldBeEmpty($"added for '{search}'");
    }

    private async Task<HashSet<Guid>> FoundAsync(string search) => [.. (await my.Contacts.ListAsync(new(Search: search), 0, RecalledContacts.People, default)).Items.Select(c => c.Id)];
}
