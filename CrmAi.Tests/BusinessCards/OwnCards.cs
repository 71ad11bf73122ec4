using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Platform.Ocr;

namespace CrmAi.Tests.BusinessCards;

/// <summary>Draws cards of invented people with ImageMagick, as scans and as photos on a table, the same for the same seed, beside their truth.json.</summary>
internal static class OwnCards
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Name, string Letters, string Local)[] People = [("梁若溪", "Ruoxi Liang", "r.liang"), ("欧阳川", "Chuan Ouyang", "ouyang.chuan"), ("谢明哲", "Mingzhe Xie", "mingzhe.xie"), ("方琳", "Lin Fang", "fanglin")];
    private static readonly (string Company, string English, string Host)[] Companies = [("南京晴川数据科技有限公司", "Nanjing Qingchuan Data Co., Ltd.", "qingchuan-data.cn"), ("青岛海岳机械股份有限公司", "Qingdao Haiyue Machinery Co., Ltd.", "haiyue-machine.com"), ("长沙禾木律师事务所", "Hemu Law Firm", "hemulaw.net")];
    private static readonly (string Title, string English)[] Titles = [("市场总监", "Marketing Director"), ("高级工程师", "Senior Engineer"), ("合伙人", "Partner"), ("副总经理", "Deputy General Manager")];
    private static readonly string[] Addresses = ["南京市鼓楼区中山北路26号新晨大厦902室", "青岛市市南区香港中路8号", "长沙市岳麓区麓谷大道33号6栋"];
    private static readonly (string Ground, string Ink)[] Colours = [("#ffffff", "#1a1a1a"), ("#f3efe4", "#2a2a2a"), ("#182a4a", "#f4f4f4")];

    /// <returns>The folder with pictures and truth.</returns>
    public static async Task<string> DrawAsync(string folder, int seed, int count)
    {
        var random = new Random(seed);
        var truth = new List<Dictionary<string, string>>();
        var engines = (await new OcrPrograms(Microsoft.Extensions.Options.Options.Create(new OcrOptions())).FindAsync(CancellationToken.None)).Value;
        for (var i = 0; i < count; i++) truth.Add(await DrawAsync(engines.ImageMagick, folder, $"{i:00}.jpg", random));
        await File.WriteAllTextAsync(Path.Combine(folder, CardCases.TruthFile), JsonSerializer.Serialize(truth, Plain));
        return folder;
    }

    private static async Task<Dictionary<string, string>> DrawAsync(string magick, string folder, string file, Random random)
    {
        T One<T>(T[] of) => of[random.Next(of.Length)];
        var (person, company, title, colours) = (One(People), One(Companies), One(Titles), One(Colours));
        var bilingual = random.Next(2) == 0;
        string Digits(int n) => string.Concat(Enumerable.Range(0, n).Select(_ => random.Next(2, 10)));
        var card = new Dictionary<string, string>
        {
            ["file"] = file, ["capture"] = random.Next(3) == 0 ? "clean" : "photo", ["name"] = person.Name, ["title"] = title.Title, ["company"] = company.Company,
            ["mobile"] = $"13{random.Next(10)} {Digits(4)} {Digits(4)}", ["tel"] = $"025-{Digits(8)}", ["email"] = $"{person.Local}@{company.Host}", ["website"] = $"www.{company.Host}", ["address"] = One(Addresses),
        };
        if (bilingual) (card["name_en"], card["title_en"], card["company_en"]) = (person.Letters, title.English, company.English);
        var (m, t, e, w, a) = random.Next(2) == 0 ? ("手机：", "电话：", "邮箱：", "网址：", "地址：") : ("M: ", "T: ", "E: ", "W: ", "A: ");
        List<string> draw = ["-size", "1050x600", $"xc:{colours.Ground}", "-fill", colours.Ink];
        void Text(string text, int size, int x, int y, bool bold = false) =>
            draw.AddRange(["-font", bold ? "Noto-Sans-CJK-SC-Bold" : "Noto-Sans-CJK-SC", "-pointsize", size.ToString(CultureInfo.InvariantCulture), "-annotate", $"+{x}+{y}", text]);
        Text(card["company"], 30, 60, 90, bold: true);
        if (bilingual) Text(company.English, 19, 60, 122);
        Text(person.Name, 52, 60, 235, bold: true);
        if (bilingual) Text(person.Letters, 26, 80 + (54 * person.Name.Length), 235);
        Text(bilingual ? $"{title.Title} / {title.English}" : title.Title, 25, 60, 282);
        var row = 370;
        foreach (var line in new[] { m + card["mobile"], t + card["tel"], e + card["email"], w + card["website"], a + card["address"] }) Text(line, 22, 60, row += 36);
        if (card["capture"] == "photo")
        {
            int Off() => random.Next(26);
            draw.AddRange(["-bordercolor", "#4a4038", "-border", "90x90", "-background", "#4a4038", "-virtual-pixel", "background",
                "-distort", "Perspective", $"0,0 {Off()},{Off()} 1230,0 {1230 - Off()},{Off()} 1230,780 {1230 - Off()},{780 - Off()} 0,780 {Off()},{780 - Off()}",
                "-distort", "SRT", ((random.NextDouble() * 6) - 3).ToString("F2", CultureInfo.InvariantCulture), "-blur", "0x0.6", "-seed", random.Next(1000).ToString(CultureInfo.InvariantCulture), "-attenuate", "0.1", "+noise", "Gaussian"]);
        }
        draw.AddRange(["-quality", "88", Path.Combine(folder, file)]);
        var run = await BoundedProcess.RunAsync(magick, draw, default, folder, new ProcessBounds(TimeSpan.FromMinutes(5), 4096, 1), CancellationToken.None);
        if (!run.Succeeded || run.Value.ExitCode != 0) throw new InvalidOperationException($"ImageMagick drew no card: {(run.Succeeded ? run.Value.Errors : run.Errors[0].Code)}");
        return card;
    }
}
