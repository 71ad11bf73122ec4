using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.PromptTexts;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>How the demo company came to word its prompts: a few versions by its administrator, and what a rep asks to heed.</summary>
internal sealed class DemoPrompts(IDbContextFactory<AppDbContext> contexts, PromptSource source, DateTimeOffset now)
{
    private static readonly (string Task, string Language, int DaysAgo, bool Publish, string Note, (int Part, string Added)[] Adds)[] Versions =
    [
        ("conversation", "zh", 41, true, "说明我们卖什么、客户是谁", [(0, "我们卖的是工厂用的软件和服务，客户多是制造企业的设备、信息和采购部门。")]),
        ("conversation", "zh", 17, true, "“等总部批”常被漏掉，算作权限异议", [(0, "我们卖的是工厂用的软件和服务，客户多是制造企业的设备、信息和采购部门。"), (1, "我们行业的说法：\n- “等总部批”“集团要走流程”是 Objection，`detail` 写 Authority。\n- 停机、报废、返工、交期延误都是 Pain。")]),
        ("conversation", "zh", 3, false, "试试把招标日期也当作约定；先在几位客户上看看", [(0, "我们卖的是工厂用的软件和服务，客户多是制造企业的设备、信息和采购部门。"), (1, "我们行业的说法：\n- “等总部批”“集团要走流程”是 Objection，`detail` 写 Authority。\n- 停机、报废、返工、交期延误都是 Pain。\n- 招标公告、开标的日期写成 FollowUp。")]),
        ("profile", "zh", 12, true, "决策链写细一点", [(1, "制造企业里常由使用部门提出、信息部门评估、采购部门定价、总经理批准：提到谁，都各写一条 stakeholder。")]),
        ("conversation", "en", 9, false, "What we sell, for the overseas team", [(0, "We sell software and services for factories; most customers work in maintenance, IT or purchasing.")]),
    ];

    public async Task RunAsync(User admin, User rep, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var heads = new Dictionary<(string, string), PromptHead>();
        foreach (var made in Versions.OrderByDescending(v => v.DaysAgo))
        {
            var parts = PromptSource.FreeOf(source.Find(made.Task)!.Files[made.Language], null).ToList();
            foreach (var (part, added) in made.Adds) parts[part] += $"\n\n{added}";
            if (!heads.TryGetValue((made.Task, made.Language), out var head)) db.PromptHeads.Add(head = heads[(made.Task, made.Language)] = new() { Task = made.Task, Language = made.Language });
            head.LatestVersion++;
            if (made.Publish) head.PublishedVersion = head.LatestVersion;
            db.PromptVersions.Add(new() { Task = made.Task, Language = made.Language, Number = head.LatestVersion, Parts = parts, Note = made.Note, AuthorId = admin.Id, At = At(made.DaysAgo) });
            await SaveAsync(made.Publish ? "prompt.save.publish" : "prompt.save", admin, made.DaysAgo);
        }
        db.PromptAdditions.Add(new() { UserId = rep.Id, Task = "profile", Text = "我的客户多是有夜班的工厂，留意停机和产能的说法。", ChangedAt = At(6) });
        await SaveAsync("prompt.addition", rep, 6);

        async Task SaveAsync(string command, User by, int daysAgo)
        {
            db.Begin(command, new(by.Id, by.Name, by.Role, by.TeamId, [], by.Language, by.TimeZone, ChangeOrigin.Page), At(daysAgo));
            await db.SaveChangesAsync(ct);
        }
    }

    private DateTime At(int daysAgo) => now.AddDays(-daysAgo).UtcDateTime;
}
