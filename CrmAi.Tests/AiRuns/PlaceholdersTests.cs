using System.Globalization;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Tests.AiRuns;

public sealed class PlaceholdersTests
{
    private static readonly KnownName[] Known =
    [
        new("周明远", NameRole.Customer), new("David Chen", NameRole.Customer), new("方屿", NameRole.Us), new("欧阳若兰", NameRole.Other),
        new("苏州恒达精密制造有限公司", NameRole.Company), new("Northwind Traders Co., Ltd.", NameRole.Company), new("zmy-purchasing", NameRole.Channel),
    ];

    [Theory]
    [InlineData("周明远说预算80万", "⟦人1⟧说预算80万")]
    [InlineData("明远，周总那边怎么看？", "⟦人1⟧，⟦姓1⟧总那边怎么看？")]
    [InlineData("周 明 远：好的", "⟦人1⟧：好的")]
    [InlineData("老周和小方都在", "老⟦姓1⟧和小⟦姓2⟧都在")]
    [InlineData("Dear David, Chen called. DAVID CHEN agreed.", "Dear ⟦人1⟧, ⟦人1.2⟧ called. ⟦人1.3⟧ agreed.")]
    [InlineData("Davidson is another man", "Davidson is another man")]
    [InlineData("恒达的合同，苏州恒达精密制造有限公司盖章", "⟦机构1⟧的合同，⟦机构1.2⟧盖章")]
    [InlineData("Northwind Traders will sign", "⟦机构1⟧ will sign")]
    [InlineData("手机13812345678，座机 0512-6688 1234，+86 138 1234 5678", "手机⟦电话1⟧，座机 ⟦电话2⟧，⟦电话3⟧")]
    [InlineData("１３８１２３４５６７８ 或 一三八一二三四五六七八", "⟦电话1⟧ 或 ⟦电话2⟧")]
    [InlineData("身份证320102199003071234，卡号 6222 0212 3456 7890 123", "身份证⟦号码1⟧，卡号 ⟦号码2⟧")]
    [InlineData("税号91320594MA1MXXXX3K", "税号⟦号码1⟧")]
    [InlineData("邮箱zhou.my@hengda.example.com，见 https://hengda.example.com/a?b=1 或 www.hengda.cn", "邮箱⟦邮箱1⟧，见 ⟦网址1⟧ 或 ⟦网址2⟧")]
    [InlineData("微信号：zhou_my88，wxid_ab12cd34ef56gh，加微信zhou2026x", "微信号：⟦微信1⟧，⟦微信2⟧，加微信⟦微信3⟧")]
    [InlineData("WeChat conversation with zmy-purchasing", "WeChat conversation with ⟦号码1⟧")]
    [InlineData("他写的是⟦人1⟧", "他写的是⟦符1⟧人1⟦符2⟧")]
    [InlineData("2026-11-20 10:01，预算1500000元，报价 2000000，¥1,200,000.00", "2026-11-20 10:01，预算1500000元，报价 2000000，¥1,200,000.00")]
    [InlineData("报价13812345678", "报价⟦电话1⟧")]
    [InlineData("合同号019aa000-0000-7000-8000-000000000001", "合同号⟦号码1⟧")]
    [InlineData("客户: 好的", "客户: 好的")]
    public void Text_LosesNamesNumbersAndAddresses_AndKeepsItsMeaning(string text, string masked)
    {
        var placeholders = new Placeholders([.. Known, new("客户", NameRole.Customer)]);
        var mask = placeholders.Mask(text);
        mask.Text.ShouldBe(masked);
        placeholders.Restore(mask.Text).ShouldBe(text);
    }

    [Fact]
    public void Roles_AreTold_AndNumbersAreTheSameInAllTexts()
    {
        var placeholders = new Placeholders(Known);
        placeholders.Mask("周明远 13812345678").Text.ShouldBe("⟦人1⟧ ⟦电话1⟧");
        placeholders.Mask("方屿打 13812345678 找周明远，欧阳若兰在苏州恒达").Text.ShouldBe("⟦人2⟧打 ⟦电话1⟧ 找⟦人1⟧，⟦人3⟧在苏州⟦机构1⟧");
        placeholders.Roles.ShouldBe(new Dictionary<string, NameRole> { ["⟦人1⟧"] = NameRole.Customer, ["⟦人2⟧"] = NameRole.Us, ["⟦人3⟧"] = NameRole.Other, ["⟦机构1⟧"] = NameRole.Company }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("⟦人9⟧")]
    [InlineData("⟦电话1⟧ 和 ⟦电话2⟧")]
    [InlineData("⟦人1")]
    public void Answer_WithAPlaceholderThatStandsForNothing_IsNotPutBack(string answer)
    {
        var placeholders = new Placeholders(Known);
        placeholders.Mask("周明远 13812345678");
        placeholders.Restore(answer).ShouldBeNull();
    }

    [Fact]
    public void AnyText_ComesBackExactly_AndEachPlaceStaysFindable()
    {
        var random = new Random(20261122);
        string[] parts =
        [
            "周明远", "明远", "周总", "David Chen", "david chen", "方屿", "欧阳若兰", "若兰", "恒达", "苏州恒达精密制造有限公司", "13812345678", "021-5566 7788", "zhou@x.cn", "https://a.example/b", "⟦", "⟧", "⟦人1⟧", "⟦电话2⟧",
            "预算80万", "下周三", "\n", " ", "，", "😀", "é", "A", "0", "合同", "wxid_abc123", "微信：abc_12345", "\0", "\"", "\\", "2026-11-20 10:00",
        ];
        for (var round = 0; round < 400; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => parts[random.Next(parts.Length)]));
            var placeholders = new Placeholders(Known);
            var masked = placeholders.Mask(text);
            placeholders.Restore(masked.Text).ShouldBe(text);
            masked.Original(0, masked.Text.Length).ShouldBe((0, text.Length));
            // Any run of the masked text points to what it stands for, where it begins and ends outside of placeholders.
            var (start, end) = (masked.Boundary(random.Next(masked.Text.Length)), masked.Boundary(random.Next(masked.Text.Length + 1)));
            if (start >= end) continue;
            var (at, length) = masked.Original(start, end - start);
            placeholders.Restore(masked.Text[start..end]).ShouldBe(text.Substring(at, length));
        }
    }

    [Fact]
    public void NothingOfTheKind_IsLeft_HoweverItIsMixed()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            string[] secrets =
            [
                "周明远", "欧阳若兰", "David Chen", "苏州恒达精密制造有限公司", "zmy-purchasing", $"1{random.Next(3, 10)}{random.Next(100_000_000, 999_999_999)}", $"0{random.Next(10, 99)}-{random.Next(10_000_000, 99_999_999)}",
                $"u{random.Next(1000)}@mail{random.Next(100)}.example.com", $"https://s{random.Next(1000)}.example.com/p", $"wxid_{random.Next(100_000_000, 999_999_999)}", $"3201{random.Next(10, 99)}19900307{random.Next(1000, 9999)}", Guid.NewGuid().ToString(),
            ];
            string[] fillers = ["，", "。", "联系", " / ", "\n", "电话", "请加", " and ", "（", "）：", "预算50万，"];
            var text = string.Concat(secrets.OrderBy(_ => random.Next()).Select(s => fillers[random.Next(fillers.Length)] + s)) + fillers[0];
            var masked = new Placeholders(Known).Mask(text).Text;
            foreach (var secret in secrets) masked.ShouldNotContain(secret, Case.Insensitive, string.Create(CultureInfo.InvariantCulture, $"{text}\n{masked}"));
        }
    }

    [Fact]
    public void Forms_LookedForInTwoPasses_AreThoseOfOnePattern()
    {
        var forms = Known.OrderBy(n => n.Role).SelectMany(PlaceholderPatterns.FormsOf).OrderByDescending(f => f.Form.Length).Select(f => f.Pattern);
        var surnames = PlaceholderPatterns.SurnamePattern(Known.Select(PlaceholderPatterns.SurnameOf).OfType<string>());
        var one = new System.Text.RegularExpressions.Regex($"(?i:{PlaceholderPatterns.Fixed})|{string.Join('|', forms)}|{surnames}", System.Text.RegularExpressions.RegexOptions.CultureInvariant | System.Text.RegularExpressions.RegexOptions.ExplicitCapture);
        string[] parts = ["周明远", "周总", "老周", "明远", "欧阳若兰", "若兰", "David", "Chen", "DAVID CHEN", "苏州恒达精密制造有限公司", "恒达", "13812345678", "0512-66201234", "a.b@恒达.example", "chen@mail.example", "https://周明远.example/chen", "wxid_chen12345", "微信 ", "预算50万", "2026-11-28", "，", " ", "\n", "-", "7", "⟦人1⟧", "x"];
        var random = new Random(11);
        for (var round = 0; round < 3_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => parts[random.Next(parts.Length)]));
            var expected = one.Replace(text, m => m.Groups["keep"].Success ? m.Value : "⟦⟧");
            System.Text.RegularExpressions.Regex.Replace(new Placeholders(Known).Mask(text).Text, "⟦[^⟦⟧]+⟧", "⟦⟧").ShouldBe(expected, text);
        }
    }

    [Fact]
    public void LongTexts_OfAnyKind_AreDoneInOneGo()
    {
        string[] texts = [new('a', 200_000), new('1', 200_000), string.Concat(Enumerable.Repeat("a.b-", 50_000)), string.Concat(Enumerable.Repeat("周明远 13812345678 ", 10_000)), string.Concat(Enumerable.Repeat("预算 1,", 30_000))];
        foreach (var text in texts)
        {
            var placeholders = new Placeholders(Known);
            placeholders.Restore(placeholders.Mask(text).Text).ShouldBe(text);
        }
    }

    [Theory]
    [InlineData("八十万左右", 800_000, true)]
    [InlineData("预算三十五万", 350_000, true)]
    [InlineData("大概1.2M RMB", 1_200_000, true)]
    [InlineData("一万半", 15_000, true)]
    [InlineData("十二万", 120_000, true)]
    [InlineData("1,500,000元", 1_500_000, true)]
    [InlineData("half a million", 500_000, true)]
    [InlineData("twenty thousand dollars", 20_000, true)]
    [InlineData("预算大概50万", 5_000_000, false)]
    [InlineData("50-80万", 800_000, true)]
    [InlineData("太贵了", 800_000, false)]
    [InlineData("八十万左右", 900_000, false)]
    [InlineData("三个人，八十万", 380_000, false)]
    [InlineData("80万", -800_000, false)]
    [InlineData("80万", 0, false)]
    public void Amount_HoldsOnlyWhereTheWordsSayIt(string quote, double amount, bool holds) => Figures.Support(quote, (decimal)amount).ShouldBe(holds);
}
