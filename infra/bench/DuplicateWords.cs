namespace CrmAi.Bench;

/// <summary>What invented people and companies are put together of. Two sets with no given name, brand or line of business in common: thresholds were chosen on the first, the second is held out.</summary>
internal sealed record DuplicateWords(string[] Surnames, string Given, string[] Firsts, string[] Lasts, string[] Cities, string Brand, string[] Lines, string[] LatinBrands, string[] LatinLines)
{
    public static readonly DuplicateWords Chosen = new(
        ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "欧阳", "上官"],
        "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红建文志国春梅海云飞鹏辉玲波宁琳雪婷浩宇晨欣怡博雅思佳子轩梓涵",
        ["James", "Robert", "Michael", "William", "David", "Richard", "Thomas", "Charles", "Daniel", "Matthew", "Mary", "Patricia", "Jennifer", "Linda", "Elizabeth", "Barbara", "Susan", "Jessica", "Karen", "Sarah", "Nancy", "Margaret", "Sandra", "Ashley"],
        ["Smith", "Johnson", "Williams", "Brown", "Jones", "Miller", "Davis", "Wilson", "Anderson", "Taylor", "Thomas", "Moore", "Jackson", "Martin", "Thompson", "White", "Harris", "Clark", "Lewis", "Robinson", "Walker", "Young", "Allen", "King"],
        ["上海", "北京", "深圳", "苏州", "杭州", "广州", "成都", "无锡"], "恒川盛泰鼎瑞安信达诚宏远天元中科银汇通博众金",
        ["精密机械", "电子科技", "医疗器械", "新材料", "物流", "软件", "贸易", "食品", "化工", "自动化设备"],
        ["Northwind", "Bluestone", "Harbor", "Summit", "Cedar", "Falcon", "Granite", "Meridian", "Orion", "Pioneer"], ["Systems", "Foods", "Logistics", "Instruments", "Materials", "Software"]);

    public static readonly DuplicateWords HeldOut = new(
        ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "钱", "潘", "田", "姜", "范", "方", "石", "姚", "谭", "廖", "邹", "熊", "金", "陆", "郝", "孔", "白", "崔", "康", "毛", "邱", "秦", "江", "史", "顾", "侯", "邵", "孟", "龙", "万", "司马", "诸葛"],
        "俊健凯峰斌亮锋鑫旭栋威毅森林彬康乐荣翔瑞凡琪瑶颖慧蕾薇莉岚虹洁倩璐珊茜爽可昕诗韵若溪语嫣悦彤沐航泽睿哲远恒",
        ["Oliver", "George", "Arthur", "Henry", "Edward", "Frank", "Walter", "Albert", "Samuel", "Benjamin", "Emma", "Olivia", "Charlotte", "Amelia", "Sophia", "Isabella", "Evelyn", "Harriet", "Abigail", "Emily", "Victoria", "Madison", "Eleanor", "Hannah"],
        ["Turner", "Parker", "Collins", "Edwards", "Stewart", "Morris", "Rogers", "Reed", "Cooper", "Bailey", "Richardson", "Howard", "Peterson", "Sanders", "Bennett", "Barnes", "Henderson", "Coleman", "Jenkins", "Perry", "Patterson", "Hughes", "Washington", "Butler"],
        ["天津", "重庆", "武汉", "南京", "青岛", "宁波", "厦门", "合肥"], "华润凌云启明德力海纳君合亿嘉正大东方兴业永嘉",
        ["光电", "生物制药", "仪器仪表", "包装", "纺织", "环保工程", "建材", "汽车零部件", "新能源", "咨询"],
        ["Silverlake", "Redwood", "Highland", "Beacon", "Juniper", "Kestrel", "Marble", "Solstice", "Atlas", "Voyager"], ["Labs", "Textiles", "Energy", "Packaging", "Optics", "Consulting"]);
}
