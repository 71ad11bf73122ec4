using System.Text;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Imports;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Files of fairs: one that came in, with a few rows to put right, and one of which four rows in ten are refused, waiting for a decision, as one of the administrator's does. The real jobs read them.</summary>
internal sealed class DemoImports(IServiceScopeFactory scopes, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    private const string Done = """
        姓名,手机,邮箱,职位,城市,备注
        康以宁,13700006101,kang.yining@hexu.example,采购经理,嘉兴,展会上看了在线检测演示
        祁远舟,13700006102,qi.yuanzhou@hexu.example,生产总监,嘉兴,关心换型时间
        闻人语,13700006103,wenren.yu@lanting.example,设备主管,绍兴,
        顾惜朝,1370000,gu.xichao@lanting.example,总经理,绍兴,名片上号码不全
        纪明月,13700006105,不清楚,质量工程师,绍兴,
        康以宁,13700006101,kang.yining@hexu.example,采购经理,嘉兴,又来了一次展位
        路知夏,13700006107,lu.zhixia@beichuan.example,品控经理,湖州,想要试样
        """;

    private const string Left = """
        称呼,手机号,邮箱,公司,留言
        樊一诺,13700006201,fan.yinuo@luming.example,合肥鹿鸣电控有限公司,想了解在线检测的价格
        卓闻笛,13700006202,zhuo.wendi@luming.example,合肥鹿鸣电控有限公司,
        訾南乔,没留,zi.nanqiao@qiaoyi.example,常州樵漪轴承有限公司,希望本月内有人联系
        """;

    private static readonly string Waiting = "姓名,手机,邮箱,公司,下次跟进\n" + string.Concat(Enumerable.Range(0, 30).Select(i =>
        FormattableString.Invariant($"{"宁骆巫柏纪裴"[i % 6]}{"安之远川禾清"[i / 6 % 6]}{(i % 2 == 0 ? "然" : "宁")},{(i % 5 == 3 ? "待补" : $"1360000{7200 + i}")},{(i % 5 == 1 ? "见名片" : $"guest{i}@yantai.example")},烟台{"衡岳澜屿崧禾"[i % 6]}设备有限公司,2027-0{1 + (i % 6)}-15\n")));

    public async Task RunAsync(User by, User admin, CancellationToken ct)
    {
        await using var scope = As(by);
        var imports = scope.ServiceProvider.GetRequiredService<IImports>();
        var done = await CheckedAsync(scope.ServiceProvider, imports, "嘉兴包装展-名单.csv", Done, ct);
        await imports.RunAsync(done, ct);
        await WorkAsync<ImportRunJob>(scope.ServiceProvider, done, ct);
        await CheckedAsync(scope.ServiceProvider, imports, "烟台装备展-扫码.csv", Waiting, ct);
        await using var other = As(admin);
        await CheckedAsync(other.ServiceProvider, other.ServiceProvider.GetRequiredService<IImports>(), "官网留资-十一月.csv", Left, ct);
    }

    private AsyncServiceScope As(User by)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(by.Id, ChangeOrigin.Page);
        return scope;
    }

    private async Task<Guid> CheckedAsync(IServiceProvider services, IImports imports, string name, string text, CancellationToken ct)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var sent = (await imports.UploadAsync(name, content, ImportKind.Contacts, ct)).Value;
        await imports.CheckAsync(sent.Summary.Id, ct);
        await WorkAsync<ImportCheckJob>(services, sent.Summary.Id, ct);
        return sent.Summary.Id;
    }

    // At once, and this one alone: others wait for the workers.
    private async Task WorkAsync<T>(IServiceProvider services, Guid subject, CancellationToken ct) where T : IJobHandler
    {
        var (holder, now, kind) = (Ids.Next(), time.GetUtcNow().UtcDateTime, T.Kind);
        var until = now.AddMinutes(5);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.SubjectId == subject && j.Kind == kind && j.State == JobState.Waiting, ct);
        await db.Jobs.Where(j => j.Id == job.Id).ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Running).SetProperty(j => j.LeasedBy, holder).SetProperty(j => j.LeasedUntil, until).SetProperty(j => j.StartedAt, now), ct);
        await services.GetRequiredService<T>().RunAsync(new(job.Id, holder, job.Kind, job.SubjectId, null, job.UserId, 1), ct);
    }
}
