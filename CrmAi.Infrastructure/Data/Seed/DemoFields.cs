using System.Globalization;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Infrastructure.CustomFields;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>The company's own fields, with values on many of its records.</summary>
internal sealed class DemoFields(DateTimeOffset now)
{
    private static readonly string[] Fairs = ["2025 上海工博会", "2025 华南智能制造展", "2026 慕尼黑上海光博会", "2026 武汉机床展"];

    private readonly CustomField gift = Contact("生日礼物偏好", CustomFieldType.Choice, 1, f => f.Choices = ["茶", "书", "咖啡", "酒", "鲜花", "不收礼"]);
    private readonly CustomField fair = Contact("首次展会", CustomFieldType.Text, 2, f => f.IsSearchable = true);
    private readonly CustomField credit = Contact("授信额度", CustomFieldType.Money, 3, f => (f.Hint, f.Min) = ("财务批准的上限，元", 0));
    private readonly CustomField next = Contact("下次展会", CustomFieldType.Date, 4);
    private readonly CustomField quotable = Contact("可公开引用", CustomFieldType.YesNo, 5, f => f.Hint = "同意出现在案例里");
    private readonly CustomField assistant = Contact("助理电话", CustomFieldType.Phone, 6, f => (f.Hint, f.IsSearchable) = ("约不到本人时先打给助理", true));
    private readonly CustomField erp = new() { Target = CustomFieldTarget.Account, Type = CustomFieldType.Choice, Name = "ERP 系统", Position = 1, IsSearchable = true, Choices = ["用友 U8", "金蝶云星空", "SAP", "Oracle NetSuite", "自研", "没有"], Version = 1 };
    private readonly CustomField lines = new() { Target = CustomFieldTarget.Account, Type = CustomFieldType.Number, Name = "产线数量", Position = 2, Min = 0, Max = 500, Version = 1 };

    public IReadOnlyList<CustomField> All => [gift, fair, credit, next, quotable, assistant, erp, lines];

    public IReadOnlyList<SearchedField> Searchable => [.. All.Where(f => f.IsSearchable).Select(f => new SearchedField(f.Id, f.Type))];

    /// <summary>The same story gives the same values.</summary>
    public void Fill(DemoContact from, Contact contact)
    {
        var dice = Dice.For(11, from.Key);
        if (dice.Chance(45)) contact.Custom[gift.Id] = dice.Of(gift.Choices.ToArray());
        if (from.Source is "Event" or "CardScan" || dice.Chance(15)) contact.Custom[fair.Id] = dice.Of(Fairs);
        if (from.Lifecycle is "Customer" or "Partner") contact.Custom[credit.Id] = (dice.Between(5, 60) * 50_000).ToString(CultureInfo.InvariantCulture);
        if (dice.Chance(12)) contact.Custom[next.Id] = now.AddDays(dice.Between(20, 160)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (from.TagKeys.Contains("reference") || dice.Chance(8)) contact.Custom[quotable.Id] = from.TagKeys.Contains("reference") ? "true" : "false";
        if (dice.Chance(18)) contact.Custom[assistant.Id] = $"138 0013 {dice.Between(8000, 8999)}";
    }

    public void Fill(DemoAccount from, Account account)
    {
        var dice = Dice.For(12, from.Key);
        if (dice.Chance(80)) account.Custom[erp.Id] = from.Language == "en" ? dice.Of(["SAP", "Oracle NetSuite"]) : dice.Of(erp.Choices.ToArray());
        if (dice.Chance(70)) account.Custom[lines.Id] = dice.Between(1, 40).ToString(CultureInfo.InvariantCulture);
    }

    private static CustomField Contact(string name, CustomFieldType type, double position, Action<CustomField>? change = null)
    {
        var field = new CustomField { Type = type, Name = name, Position = position, Version = 1 };
        change?.Invoke(field);
        return field;
    }
}
