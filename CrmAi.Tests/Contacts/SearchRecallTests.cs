using CrmAi.Domain.Contacts;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Contacts;

/// <summary>The index finds what reading every contact would find: nothing is lost, nothing added.</summary>
public sealed class SearchRecallTests
{
    private const int People = 200;

    [Fact]
    public async Task Search_OfAnyPartOfNameTitleOrCompany_EqualsAPlainScan()
    {
        await using var db = await TestDatabase.CreateAsync();
        var rep = await db.AddUserAsync(Role.SalesRep);
        var dice = new Random(20261120);
        var made = Enumerable.Range(0, People).Select(i => Make(dice, rep.Id)).ToList();
        await db.WriteAsync(d => d.AddRange(made));
        var texts = made.ToDictionary(c => c.Id, c => (string[])[ContactKeys.Fold(c.Name), ContactKeys.Fold(c.EnglishName), ContactKeys.Fold(c.Title), ContactKeys.Fold(c.Account!.Name)]);
        var my = db.As(rep);

        for (var i = 0; i < 200; i++)
        {
            var text = dice.GetItems(texts.Values.SelectMany(t => t).Where(t => t.Length > 0).ToArray(), 1)[0];
            var start = dice.Next(text.Length);
            var part = text.Substring(start, Math.Min(dice.Next(1, 20), text.Length - start));
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            // Latin words may be found in readings too: only what has Chinese characters or a space is compared in full.
            var expected = texts.Where(t => words.All(w => t.Value.Any(x => x.Contains(w, StringComparison.Ordinal)))).Select(t => t.Key).ToHashSet();
            var found = (await my.Contacts.ListAsync(new(Search: part), 0, People, default)).Items.Select(c => c.Id).ToHashSet();
            expected.Except(found).ShouldBeEmpty($"lost for '{part}'");
            if (part.All(c => c > 0x2E80)) found.Except(expected).ShouldBeEmpty($"added for '{part}'");
        }
    }

    private static Contact Make(Random dice, Guid owner)
    {
        const string surnames = "张王李赵陈杨黄周吴徐孙马朱胡", given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华", firm = "华东精密机械电子光学仪器上海北京苏州智能制造";
        string Pick(string from, int count) => new(dice.GetItems(from.ToCharArray(), count));
        var now = DateTime.UtcNow;
        var account = new CrmAi.Domain.Accounts.Account { Name = Pick(firm, dice.Next(4, 24)) + "有限公司", OwnerId = owner, CreatedAt = now, UpdatedAt = now };
        return new()
        {
            Name = Pick(surnames, 1) + Pick(given, dice.Next(1, 3)), EnglishName = dice.Next(3) == 0 ? Pick("abcdefghij", dice.Next(2, 22)) + " Smith" : null, Title = dice.Next(2) == 0 ? Pick("采购技术质量总监经理主任", dice.Next(2, 22)) : null,
            Account = account, AccountId = account.Id, OwnerId = owner, CreatedAt = now, UpdatedAt = now,
        };
    }
}
