namespace CrmAi.Domain.ContactFiles;

/// <summary>The columns that every address book is read into and written from: property and kind as RFC 6350 names them. A card's second number of one kind stands in the column with a 2.</summary>
public static class VCardColumns
{
    public const string Name = "FN", Family = "N;FAMILY", Given = "N;GIVEN", Middle = "N;MIDDLE", Prefix = "N;PREFIX", Suffix = "N;SUFFIX", Nickname = "NICKNAME",
        Organisation = "ORG", Department = "ORG;UNIT", Title = "TITLE", Role = "ROLE", Mobile = "TEL;CELL", Mobile2 = "TEL;CELL 2", Work = "TEL;WORK", Work2 = "TEL;WORK 2",
        Home = "TEL;HOME", Fax = "TEL;FAX", Other = "TEL", Email = "EMAIL", Email2 = "EMAIL 2", Email3 = "EMAIL 3", WeChat = "X-WECHAT", Qq = "X-QQ", Instant = "IMPP", Social = "X-SOCIALPROFILE",
        Website = "URL", Website2 = "URL 2", WorkAddress = "ADR;WORK", WorkCity = "ADR;WORK;CITY", HomeAddress = "ADR;HOME", HomeCity = "ADR;HOME;CITY", Birthday = "BDAY", Gender = "GENDER",
        Categories = "CATEGORIES", Note = "NOTE";

    public static IReadOnlyList<string> All { get; } =
        [Name, Family, Given, Middle, Prefix, Suffix, Nickname, Organisation, Department, Title, Role, Mobile, Mobile2, Work, Work2, Home, Fax, Other, Email, Email2, Email3, WeChat, Qq, Instant, Social,
         Website, Website2, WorkAddress, WorkCity, HomeAddress, HomeCity, Birthday, Gender, Categories, Note];
}
