namespace CrmAi.Infrastructure.Scripts;

/// <summary>How somebody is addressed.</summary>
internal static class Address
{
    private static readonly string[] Compound = ["欧阳", "司马", "上官", "诸葛", "慕容", "端木", "令狐", "司徒", "司空", "夏侯", "皇甫", "尉迟", "公孙", "东方", "宇文", "长孙", "南宫", "百里", "独孤", "轩辕", "钟离", "闻人", "澹台", "公冶"];

    // By which people are addressed to their face, the longest first.
    private static readonly string[] Titles = ["董事长", "总经理", "工程师", "副总", "总监", "总裁", "经理", "主任", "部长", "处长", "科长", "厂长", "院长", "校长", "主管", "会计", "教授", "律师"];

    public static string? Surname(string name)
    {
        name = name.Trim();
        if (name.Length is < 2 or > 4 || !name.All(ScriptGuards.IsHan)) return null;
        return name.Length > 2 && Array.Exists(Compound, c => name.StartsWith(c, StringComparison.Ordinal)) ? name[..2] : name[..1];
    }

    /// <summary>林总监, or the full name where no such title is known.</summary>
    public static string Of(string name, string? title)
    {
        if (Surname(name) is not { } surname || title is null || Array.Find(Titles, t => title.Trim().EndsWith(t, StringComparison.Ordinal)) is not { } spoken) return name.Trim();
        return surname + spoken switch { "副总" or "总经理" or "总裁" => "总", "工程师" => "工", _ => spoken };
    }

    /// <summary>The name by which one speaks to somebody in English.</summary>
    public static string First(string name) => name.Any(ScriptGuards.IsHan) ? name : name.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : name;
}
