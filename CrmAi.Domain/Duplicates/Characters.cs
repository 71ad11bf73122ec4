using System.Text;
using CrmAi.Domain.Contacts;

namespace CrmAi.Domain.Duplicates;

/// <summary>Folding further than for search: traditional characters that are frequent in names and companies become simplified ones.</summary>
internal static class Characters
{
    // Each traditional character before its simplified one.
    private const string Pairs =
        "張张陳陈劉刘黃黄吳吴楊杨趙赵孫孙馬马羅罗鄭郑謝谢許许馮冯鄧邓葉叶蕭萧鍾钟鐘钟盧卢蔣蒋賈贾韋韦鄒邹閻阎顧顾賀贺龍龙萬万錢钱嚴严賴赖蘇苏戴戴蔡蔡譚谭範范龔龚莊庄聶聂喬乔單单歐欧樂乐牟牟齊齐倫伦紀纪" +
        "偉伟華华國国軍军麗丽強强勇勇傑杰濤涛鵬鹏輝辉紅红蘭兰鳳凤雲云貴贵榮荣寶宝麟麟學学東东業业達达興兴賢贤勝胜義义禮礼樹树澤泽潔洁慶庆衛卫遠远進进連连運运瑋玮瓊琼環环豐丰鑫鑫銘铭銳锐鋒锋錦锦鈞钧鎮镇" +
        "長长門门間间陽阳陰阴雙双靈灵靜静韻韵頌颂順顺顏颜飛飞馳驰駿骏驍骁魯鲁鴻鸿麥麦齡龄儀仪億亿優优儒儒凱凯劍剑勳勋勵励區区協协葦苇壽寿夢梦婭娅嬌娇寧宁實实對对導导峰峰嵐岚幹干廣广應应懷怀戀恋" +
        "採采擇择曉晓暉晖書书會会標标橋桥歡欢氣气漢汉滬沪濱滨灣湾無无煒炜燁烨爾尔獻献瑩莹畫画異异盤盘盧卢眾众碩硕種种穎颖節节純纯細细紹绍維维綠绿綱纲網网線线緣缘織织繡绣羣群聖圣聯联聲声職职藝艺藥药" +
        "藍蓝虛虚蟲虫術术裝装補补視视覺觉親亲觀观計计記记設设訊讯評评詠咏詩诗誠诚語语調调諾诺謙谦證证譯译豪豪財财貨货貿贸資资質质車车軒轩載载輪轮農农郵邮醫医銀银鋼钢鐵铁鏡镜開开關关電电頭头題题飲饮館馆驗验體体機机" +
        "術术動动務务勞劳參参與与產产經经營营製制發发電电腦脑圖图圓圆團团場场塊块報报孟孟師师帥帅庫库張张後后從从復复總总恆恒愛爱態态戰战據据數数斷断時时";

    private static readonly Dictionary<char, char> Simple = Map();

    /// <summary>Folded, with simplified characters.</summary>
    public static string Fold(string? text)
    {
        var folded = ContactKeys.Fold(text);
        if (folded.Length == 0 || !folded.Any(Simple.ContainsKey)) return folded;
        var plain = new StringBuilder(folded.Length);
        foreach (var c in folded) plain.Append(Simple.GetValueOrDefault(c, c));
        return plain.ToString();
    }

    public static bool IsHan(char c) => c is (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    private static Dictionary<char, char> Map()
    {
        var map = new Dictionary<char, char>();
        for (var i = 0; i + 1 < Pairs.Length; i += 2)
            if (Pairs[i] != Pairs[i + 1]) map.TryAdd(Pairs[i], Pairs[i + 1]);
        return map;
    }
}
