using System.Diagnostics;
using CrmAi.Domain.Search;

namespace CrmAi.Bench;

/// <summary>The palette's whole search on a big database, through its use case and permissions.</summary>
internal static class Palettes
{
    private const int Times = 40, Warm = 60;

    private static readonly (string Kind, string[] Inputs)[] Mix =
    [
        ("one character", ["张", "王", "价", "采", "林", "司"]),
        ("one letter", ["z", "s", "w", "a"]),
        ("name", ["张伟", "李娜", "王芳", "陈静", "恒川"]),
        ("pinyin", ["zhang", "zhangwei", "lina", "wangfang", "chenjing"]),
        ("initials", ["zs", "zw", "ln", "wf", "cjj"]),
        ("number's end", ["6620", "0001", "4280", "7788", "1234"]),
        ("slip", ["zhnag", "zhangwie", "wangfnag", "lijunn", "chenjnig"]),
        ("what was said", ["报价", "价格", "验收", "预算", "现场", "合同条款", "交期"]),
        ("nothing", ["qqxzv", "饕餮盛宴", "zzzzzzzz"]),
        ("company", ["有限公司", "精密", "苏州", "科技"]),
    ];

    public static async Task<int> RunAsync(string folder)
    {
        await using var rep = await Rep.OfAsync(folder);
        var (palette, size) = (rep.Get<IPalette>(), await rep.SizeAsync());
        Console.WriteLine($"{size.Contacts:N0} contacts, {size.Interactions:N0} interactions, as a rep; each input {Times} times in turn, the palette's whole query");
        for (var warm = 0; warm < Warm; warm++) foreach (var input in Mix.SelectMany(m => m.Inputs)) await palette.FindAsync(input, null, default);
        Measure.Head();
        var (all, began) = (new List<double>(), Cpu());
        foreach (var (kind, inputs) in Mix)
        {
            var (spent, rows, before) = (new List<double>(), 0, Cpu());
            for (var turn = 0; turn < Times * inputs.Length; turn++)
            {
                var at = Stopwatch.GetTimestamp();
                var found = await palette.FindAsync(inputs[turn % inputs.Length], null, default);
                spent.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                rows += found.Sum(g => g.Items.Count);
            }
            Say(kind, spent, rows / (Times * inputs.Length), Cpu() - before);
            all.AddRange(spent);
        }
        Say("all", all, 0, Cpu() - began);
        foreach (var input in Mix.SelectMany(m => m.Inputs))
        {
            var timing = await Measure.LoadAsync(1, 12, TimeSpan.MaxValue, _ => palette.FindAsync(input, null, default));
            if (timing.P95 > 20) Console.WriteLine($"  slow: {input} p50 {timing.P50:F1} p95 {timing.P95:F1}");
        }
        await Writes.RunAsync(rep);
        return 0;
    }

    // The processor's time hardly depends on what else the machine does.
    private static void Say(string name, List<double> spent, int rows, double cpu)
    {
        var timing = Timing.Of(spent);
        Console.WriteLine($"{name,-34} {timing.P50,9:F1} {timing.P95,9:F1} {rows,8}   {cpu / spent.Count:F1} ms of processor each");
    }

    private static double Cpu()
    {
        using var own = Process.GetCurrentProcess();
        return own.TotalProcessorTime.TotalMilliseconds;
    }
}
