using System.Diagnostics;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;

namespace CrmAi.Bench;

/// <summary>What a contact and an interaction take to write, all that is kept for searching included; to be compared with another build on the same rows.</summary>
internal static class Writes
{
    private const int Times = 200, Rounds = 3, Warm = 60;

    public static async Task<int> RunAsync(string folder)
    {
        await using var rep = await Rep.OfAsync(folder);
        await RunAsync(rep);
        return 0;
    }

    public static async Task RunAsync(Rep rep)
    {
        var (contacts, interactions) = (rep.Contacts, rep.Get<IInteractions>());
        var someone = (await contacts.ListAsync(new(), 0, 1, default)).Items[0].Id;
        (string Name, Func<Task<bool>> Work)[] kinds =
        [
            ("add a contact", async () => (await contacts.AddAsync(Contact("测试" + "张王李赵陈"[Random.Shared.Next(5)], null), default)).Succeeded),
            ("add a contact of a new name", async () => (await contacts.AddAsync(Contact($"{"张王李赵陈"[Random.Shared.Next(5)]}{Character()}{Character()}", $"{Letters(7)} {Letters(9)}"), default)).Succeeded),
            ("add an interaction", async () => (await interactions.AddAsync(someone, new()
            {
                Type = InteractionType.Call, Content = "电话里谈了报价和交期，对方觉得价格偏高，希望先在一条线上试用，质量部周五前给验收标准。预算五十万左右，老板下周拍板，竞争对手也在报价。", At = DateTime.UtcNow,
            }, default)).Succeeded),
        ];
        foreach (var (_, work) in kinds) for (var i = 0; i < Warm; i++) await work();
        Measure.Head();
        // In turns, so that a busier moment of the machine meets all of them.
        var spent = kinds.ToDictionary(k => k.Name, _ => (Each: new List<double>(), Cpu: 0.0));
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, work) in kinds)
            {
                var before = Cpu();
                for (var i = 0; i < Times; i++)
                {
                    var at = Stopwatch.GetTimestamp();
                    if (!await work()) throw new InvalidOperationException(name);
                    spent[name].Each.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                }
                spent[name] = (spent[name].Each, spent[name].Cpu + Cpu() - before);
            }
        }
        foreach (var (name, (each, cpu)) in spent)
        {
            var timing = Timing.Of(each);
            Console.WriteLine($"{name,-34} {timing.P50,9:F1} {timing.P95,9:F1} {each.Count,8}   {cpu / each.Count:F1} ms of processor each");
        }
    }

    private static ContactEdit Contact(string name, string? english) => new() { Name = name, EnglishName = english, Title = "采购经理", Mobile = "139 0000 0000", Company = "测试基准有限公司" };

    private static char Character() => (char)Random.Shared.Next('\u4E00', '\u9FA0');

    private static string Letters(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)Random.Shared.Next('a', 'z' + 1)));

    private static double Cpu()
    {
        using var own = Process.GetCurrentProcess();
        return own.TotalProcessorTime.TotalMilliseconds;
    }
}
