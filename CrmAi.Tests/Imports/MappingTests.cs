using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Imports;

namespace CrmAi.Tests.Imports;

public sealed class MappingTests
{
    private static readonly ImportContext Context = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), new(2026, 5, 1), []);

    public static TheoryData<string, string> Exports => new()
    {
        { ImportPresets.Google, "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,Relation 1 - Label,Relation 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value" },
        { ImportPresets.Google, "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,IM 1 - Type,IM 1 - Service,IM 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title,Organization 1 - Department,Organization 1 - Symbol,Organization 1 - Location,Organization 1 - Job Description" },
        { ImportPresets.Outlook, "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Assistant's Phone,Business Fax,Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Phone,Mobile Phone,Other Phone,Pager,Primary Phone,Account,Anniversary,Assistant's Name,Birthday,Categories,Children,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,Gender,Government ID Number,Hobby,Initials,Keywords,Language,Location,Manager's Name,Notes,Office Location,Priority,Private,Profession,Referred By,Sensitivity,Spouse,User 1,Web Page" },
        { ImportPresets.Outlook, "称谓,名,中间名,姓,后缀,单位,部门,职务,商务地址 街道,商务地址 市/县,商务地址 省/市/自治区,商务地址 邮政编码,商务地址 国家/地区,商务传真,商务电话,商务电话 2,住宅电话,移动电话,其他电话,寻呼机,帐户,纪念日,记帐信息,生日,类别,子女,电子邮件地址,电子邮件类型,电子邮件显示名称,电子邮件 2 地址,性别,业余爱好,缩写,关键字,语言,地点,附注,办公地点,优先级,私有,职业,推荐人,敏感度,配偶,用户 1,网页" },
        { ImportPresets.HubSpot, "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact owner,Company name,Job Title,Lifecycle Stage,Lead Status,Create Date,Last Activity Date,City,State/Region,Postal Code,Country/Region,Website URL" },
        { ImportPresets.Salesforce, "Salutation,First Name,Last Name,Title,Account Name,Phone,Mobile,Fax,Email,Mailing Street,Mailing City,Mailing State/Province,Mailing Zip/Postal Code,Mailing Country,Lead Source,Contact Owner,Department,Birthdate,Description,Last Modified Date" },
        { ImportPresets.EspoCrm, "id,deleted,salutationName,firstName,lastName,accountName,title,emailAddress,phoneNumber,addressStreet,addressCity,addressState,addressCountry,addressPostalCode,description,assignedUserName,createdAt,modifiedAt,doNotCall" },
        { ImportPresets.VCard, string.Join(',', VCardColumns.All) },
    };

    [Theory]
    [MemberData(nameof(Exports))]
    public void Exports_OfKnownPrograms_MapThemselvesCompletely(string preset, string headers)
    {
        var columns = Columns(headers);
        ImportMapping.GuessKind(columns).ShouldBe(ImportKind.Contacts);
        var mapping = ImportMapping.Guess(ImportKind.Contacts, columns, [], []);
        mapping.Preset.ShouldBe(preset);
        mapping.Columns.Where(c => c.Confidence < 1).Select(c => columns[c.Index].Name).ShouldBeEmpty();
        mapping.Columns.Select(c => c.Field.Target).ShouldContain(t => t == ImportTarget.Name || t == ImportTarget.GivenName);
        mapping.Columns.Select(c => c.Field.Target).ShouldContain(ImportTarget.Email);
        mapping.Columns.Select(c => c.Field.Target).ShouldContain(ImportTarget.Company);
    }

    [Fact]
    public void Headers_AnybodyWrites_AreUnderstood()
    {
        Targets("客户姓名,手机号(必填),所属公司,职务,电子邮箱,微信号,客户来源,备注信息,跟进人,意向金额（万元）")
            .ShouldBe([ImportTarget.Name, ImportTarget.Mobile, ImportTarget.Company, ImportTarget.Title, ImportTarget.Email, ImportTarget.WeChat, ImportTarget.Source, ImportTarget.Notes, ImportTarget.Owner, ImportTarget.DealValue]);
        Targets("Full Name,Cell Phone,Employer,Position,E-Mail,Lead Source,Date of Birth").ShouldBe([ImportTarget.Name, ImportTarget.Mobile, ImportTarget.Company, ImportTarget.Title, ImportTarget.Email, ImportTarget.Source, ImportTarget.Birthday]);
    }

    [Fact]
    public void Cells_SpeakWhereNamesSayNothing()
    {
        var mapping = Guess(ImportKind.Contacts, ",,,,x", ["王小明", "13800006620", "wang@xingchen.example", "星辰科技有限公司", "wxid_8h2k"], ["李雷", "+86 139 0000 6621", "li@yuanshan.example", "远山集团", "wxid_lilei"]);
        mapping.Columns.Select(c => c.Field.Target).ShouldBe([ImportTarget.Name, ImportTarget.Mobile, ImportTarget.Email, ImportTarget.Company, ImportTarget.WeChat]);
        mapping.Columns.ShouldAllBe(c => c.Confidence >= 0.5 && c.Confidence < 0.9);
        var phone = Guess(ImportKind.Contacts, "姓名,联系电话", ["王小明", "13800006620"]);
        phone.Columns[1].Field.Target.ShouldBe(ImportTarget.Mobile);
        Guess(ImportKind.Contacts, "姓名,联系电话", ["王小明", "021-58880000"]).Columns[1].Field.Target.ShouldBe(ImportTarget.Phone);
    }

    [Fact]
    public void Customers_ArePeople_WhereTheirCellsAre_AndNothingElseSaysWho()
    {
        ImportTarget[] Of(string headers, params string[][] rows) => [.. Guess(ImportKind.Contacts, headers, rows).Columns.Select(c => c.Field.Target)];
        Of("客户名称,手机号码,公司", ["钟离春", "13611112201", "南通听澜机电有限公司"], ["公孙止", "13611112202", ""]).ShouldBe([ImportTarget.Name, ImportTarget.Mobile, ImportTarget.Company]);
        Of("客户名称,手机号码", ["南通听澜机电有限公司", "13611112201"]).ShouldBe([ImportTarget.Company, ImportTarget.Mobile]);
        Of("客户名称,联系人", ["恒川", "钟离春"]).ShouldBe([ImportTarget.Company, ImportTarget.Name]);
    }

    [Fact]
    public void CustomFields_AreFoundByTheirNames()
    {
        var field = new CustomFieldRow(Guid.NewGuid(), 1, new() { Target = CustomFieldTarget.Contact, Type = CustomFieldType.Date, Name = "合同到期" }, false);
        var mapping = ImportMapping.Guess(ImportKind.Contacts, Columns("姓名,合同到期"), [new(2, ["张三", "25/12/2026"])], [field]);
        mapping.Columns[1].ShouldSatisfyAllConditions(c => c.Field.ShouldBe(new(ImportTarget.Custom, field.Id)), c => c.Confidence.ShouldBe(1), c => c.Dates.ShouldBe(DateOrder.DayMonthYear));
        ImportedRow.Read(mapping, new(2, ["张三", "3/4/2026"]), Context with { Custom = [field] }).Of(ImportTarget.Custom)!.Value.ShouldBe("2026-04-03");
    }

    [Fact]
    public void Kind_IsToldByTheHeaders()
    {
        ImportMapping.GuessKind(Columns("account,sector,year_established,revenue,employees,office_location,subsidiary_of")).ShouldBe(ImportKind.Accounts);
        ImportMapping.GuessKind(Columns("联系人,手机,跟进时间,跟进方式,跟进内容")).ShouldBe(ImportKind.Interactions);
        ImportMapping.GuessKind(Columns("公司名称,行业,员工人数,网址")).ShouldBe(ImportKind.Accounts);
        ImportMapping.GuessKind(Columns("姓名,公司,职务,手机")).ShouldBe(ImportKind.Contacts);
    }

    [Fact]
    public void Fingerprint_IsOfTheHeaders_InAnyCaseAndWidth()
    {
        ImportMapping.Fingerprint(ImportKind.Contacts, Columns("Name,ＥＭＡＩＬ")).ShouldBe(ImportMapping.Fingerprint(ImportKind.Contacts, Columns("name,email")));
        ImportMapping.Fingerprint(ImportKind.Contacts, Columns("email,name")).ShouldNotBe(ImportMapping.Fingerprint(ImportKind.Contacts, Columns("name,email")));
    }

    [Fact]
    public void Row_OfGoogle_IsReadByItsLabels()
    {
        var mapping = Guess(ImportKind.Contacts, "Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Birthday");
        var row = ImportedRow.Read(mapping, new(2, ["三", "", "张", "* myContacts ::: 展会", "* Home", "a@x.example ::: b@x.example", "Work", "021-58880000 ::: 13800006620", "Home Fax", "021-58880001", "1985-04-12"]), Context);
        row.Problems.ShouldBeEmpty();
        (row.Get<string>(ImportTarget.Name), row.Get<string>(ImportTarget.Mobile), row.Get<string>(ImportTarget.Phone), row.Get<string>(ImportTarget.Email), row.Get<int>(ImportTarget.BirthYear)).ShouldBe(("张三", "13800006620", "021-58880000", "a@x.example", 1985));
        row.Get<IReadOnlyList<string>>(ImportTarget.Tags).ShouldBe(["展会"]);
        row.Get<string>(ImportTarget.Notes).ShouldBe("Home: b@x.example\nHome Fax: 021-58880001");
        row.Get<string>(ImportTarget.PersonalNotes).ShouldBe("Birthday: 1985-04-12");
    }

    [Fact]
    public void Row_WithMistakes_NamesEach_AndKeepsTheRest()
    {
        var mapping = Guess(ImportKind.Contacts, "姓名,手机,邮箱,优先级,下次跟进,预算(万元),公司");
        var row = ImportedRow.Read(mapping, new(7, ["张三", "1.38E+10", "zhang@", "也许", "05/06/2024", "很多", "-"]), Context);
        row.Problems.Select(p => (p.Code, p.Field, p.Args[0])).ShouldBe([("value.phone", "Mobile", "1.38E+10"), ("value.email", "Email", "zhang@"), ("value.choice", "Priority", "也许"), ("value.date.order", "NextFollowUp", "05/06/2024"), ("value.number", "Budget", "很多")], ignoreOrder: true);
        row.Values.Select(v => v.Field.Target).ShouldBe([ImportTarget.Name]);
        var good = ImportedRow.Read(mapping, new(8, ["李四", "'+86 138 0000 6620", "无", "High", "2024-05-06", "1.5", ""]), Context);
        good.Problems.ShouldBeEmpty();
        (good.Get<string>(ImportTarget.Mobile), good.Get<Priority>(ImportTarget.Priority), good.Get<DateTime>(ImportTarget.NextFollowUp), good.Get<long>(ImportTarget.Budget))
            .ShouldBe(("+86 138 0000 6620", Priority.High, new DateTime(2024, 5, 5, 16, 0, 0, DateTimeKind.Utc), 1_500_000));
    }

    private static ImportTarget[] Targets(string headers) => [.. Guess(ImportKind.Contacts, headers).Columns.Select(c => c.Field.Target)];

    private static ImportMapping Guess(ImportKind kind, string headers, params string[][] rows) => ImportMapping.Guess(kind, Columns(headers), [.. rows.Select((r, i) => new FileRow(i + 2, r))], []);

    private static List<FileColumn> Columns(string headers) => [.. headers.Split(',').Select((name, i) => new FileColumn(i, name, 0))];
}
