using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Tests.Support;

/// <summary>Plain inputs that pass all rules.</summary>
internal static class Samples
{
    /// <summary>A conversation in which there is something to find.</summary>
    public const string Talk = "客户: 你们的价格太贵了，超出预算。\n我: 我们可以给方案。\n客户: 下周三把报价发给我吧，预算大概50万。";

    public static ContactEdit Contact(string name = "张三", Visibility visibility = Visibility.Team) => new()
    {
        Name = name, Mobile = "+86 138-0000-6620", Email = "zhang.san@maker.example", WeChat = "zhangsan_88", Company = "沪上精工", Title = "采购总监", Visibility = visibility,
        Personal = new() { City = "苏州", Notes = "爱喝龙井" }, SocialProfiles = [new("LinkedIn", "zhangsan-li", "https://linkedin.example/zhangsan")],
    };

    public static InteractionEdit Interaction(string content = Talk, bool isPrivate = false) => new()
    {
        Type = InteractionType.Call, Content = content, At = DateTime.UtcNow.AddHours(-1), IsPrivate = isPrivate,
    };
}
