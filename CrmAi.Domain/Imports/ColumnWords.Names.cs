namespace CrmAi.Domain.Imports;

public static partial class ColumnWords
{
    // Of whom a row is: people's files, and conversations that say with whom they were.
    private const string Person = """
        Name: 姓名, 名字, 联系人, 联系人姓名, 客户姓名, 姓名全称, 全名, 中文名, 中文姓名, 显示名称, 显示名, 称呼, 名片姓名, name, full name, display name, contact, contact name, person, person name, formatted name, 联系人名称, associated contact, who, FN
        FamilyName: 姓, 姓氏, last name, surname, family name, N;FAMILY, 联系人姓氏
        GivenName: 名, first name, given name, forename, N;GIVEN
        MiddleName: 中间名, middle name, additional name, N;MIDDLE
        Mobile: 手机, 手机号, 手机号码, 移动电话, 手机电话, 移动手机, 联系手机, 客户手机, mobile, mobile phone, mobile number, mobile phone number, cell, cell phone, cellphone, cell number, phone mobile, phone number mobile, TEL;CELL, TEL;CELL 2
        Phone: 电话, 座机, 固定电话, 固话, 办公电话, 公司电话, 联系电话, 电话号码, 联系方式, 单位电话, 工作电话, 商务电话, 商务电话 2, 住宅电话, 住宅电话 2, 主要电话, 其他电话, 单位主要电话, 家庭电话, phone, telephone, tel, phone number, work phone, office phone, business phone, business phone 2, home phone, home phone 2, primary phone, other phone, company main phone, phone work, phone home, phone other, asst phone, TEL;WORK, TEL;WORK 2, TEL;HOME
        Email: 邮箱, 电子邮箱, 电子邮件, 邮件, 邮箱地址, 电邮, 电子邮件地址, 电子邮件 2 地址, 电子邮件 3 地址, email, e-mail, mail, email address, e-mail address, e-mail 2 address, e-mail 3 address, work email, business email, primary email, EMAIL 2, EMAIL 3
        WeChat: 微信, 微信号, 微信id, 微信账号, 微信帐号, wechat, wechat id, weixin, wx, vx, X-WECHAT
        Company: 公司, 公司名称, 单位, 单位名称, 工作单位, 企业, 企业名称, 客户公司, 客户名称, 所属公司, 公司名, 所属客户, 任职公司, company, company name, organization, organisation, organization name, account, account name, employer, org, associated company, parent account
        Owner: 负责人, 记录人, 所有者, 归属人, 归属, 跟进人, 销售, 销售人员, 业务员, 客户经理, 拥有者, 负责人邮箱, owner, contact owner, account owner, owner email, assigned to, assigned user, assigned user name, sales rep, salesperson, sales agent, company owner, contact owner alias, account owner alias, activity assigned to, activity owner
        """;

    private const string People = """
        NamePrefix: 称谓, 前缀, name prefix, salutation, prefix, salutation name, honorific, N;PREFIX
        NameSuffix: 后缀, name suffix, suffix, N;SUFFIX
        EnglishName: 英文名, 英文姓名, 英文名字, english name, 外文名
        Qq: qq, qq号, qq号码, qq帐号, X-QQ
        Title: 职位, 职务, 职称, 岗位, 头衔, 职务名称, title, job title, position, job position, account role, organization title, org title, designation
        Department: 部门, 所属部门, 部门名称, department, dept, organization department, ORG;UNIT
        Seniority: 职级, 级别, 层级, seniority, management level, employment seniority
        Priority: 优先级, 重要程度, 重要性, priority
        Lifecycle: 生命周期, 客户阶段, 客户状态, 客户类型, 类型, lifecycle, lifecycle stage, contact type, customer type
        Source: 来源, 客户来源, 线索来源, 获客渠道, source, lead source, original source, contact source, original traffic source
        Stage: 商机阶段, 销售阶段, 阶段, 跟进阶段, stage, deal stage, sales stage, pipeline stage
        DealValue: 预计金额, 商机金额, 成交金额, 预计成交金额, 金额, 合同金额, deal value, deal amount, amount, opportunity amount, expected revenue, close value, recent deal amount
        Currency: 币种, 货币, currency, currency code, amount currency
        DecisionMaker: 决策人, 是否决策人, 是否决策者, 决策者, decision maker, is decision maker
        BudgetAuthority: 预算权限, 预算权, budget authority
        Budget: 预算, 预算金额, budget, budget amount
        DecisionProcess: 决策流程, 决策过程, 采购流程, decision process, buying process
        CurrentSolutions: 现有方案, 当前方案, 在用产品, 现用产品, current solutions, current solution, existing solution
        Competitors: 竞品, 竞争对手, 竞争产品, competitors, competitor
        Visibility: 可见范围, 可见性, visibility
        NextFollowUp: 下次跟进, 下次跟进时间, 下次联系时间, 下次跟进日期, 下次拜访时间, 跟进时间, next follow up, next follow-up, next activity date, follow up date, next contact
        Gender: 性别, gender, sex
        Birthday: 生日, 出生日期, 出生年月, 出生年月日, birthday, birthdate, birth date, date of birth, dob, BDAY
        BirthYear: 出生年份, 出生年, birth year, year of birth
        City: 城市, 所在城市, 市, 地区, 所在地, 所在地区, 商务地址 市/县, city, mailing city, business city, home city, address city, primary address city, ADR;WORK;CITY, ADR;HOME;CITY
        Education: 学历, 教育, 教育背景, 毕业院校, education, degree, school
        Interests: 兴趣, 爱好, 兴趣爱好, 业余爱好, interests, hobby, hobbies
        PersonalNotes: 个人备注, 个人情况, personal notes
        Social: 领英, 微博, 社交账号, linkedin, linkedin url, linkedin profile, hs_linkedin_url, twitter, twitter username, twitter handle, weibo, facebook, skype, skype name, IMPP, X-SOCIALPROFILE
        Notes: 备注, 说明, 描述, 附注, 备注信息, 客户备注, 跟进记录, 其他, 地址, 公司地址, 联系地址, 通讯地址, 家庭地址, 详细地址, 邮寄地址, notes, note, description, comments, comment, remark, remarks, memo, address, street address, mailing street, mailing address, other street, address street, contact description, nickname, 昵称, 行业, 所属行业, industry, 网址, 网站, 公司网址, 网页, web page, website, website url, url, URL 2, 个人网站, 传真, fax, business fax, home fax, other fax, 商务传真, 住宅传真, 其他传真, TEL;FAX, ROLE, 助理的电话, assistants phone, 助理的姓名, assistants name, 回电话, 车载电话, car phone, callback, radio phone, 无线电话, tty/tdd phone, tty/tdd 电话, isdn, telex, 电传, pager, 寻呼机, 商务地址 街道, 商务地址 街道 2, 商务地址 街道 3, business street, business street 2, business street 3, 商务地址 省/市/自治区, business state, 住宅地址 街道, 住宅地址 街道 2, 住宅地址 街道 3, home street, home street 2, home street 3, 住宅地址 市/县, 住宅地址 省/市/自治区, home state, other street 2, other street 3, 其他地址 街道, 其他地址 街道 2, 其他地址 街道 3, other city, 其他地址 市/县, other state, 其他地址 省/市/自治区, spouse, 配偶, children, 子女, managers name, 经理姓名, office location, 办公地点, location, 地点, profession, 职业, referred by, 推荐人, anniversary, 纪念日, 帐户, reports to, ADR;WORK, ADR;HOME, lead status, mailing state, mailing state/province, mailing province, address state, state/region, 省份, 省, other phone type, user 1, user 2, user 3, user 4, 用户 1, 用户 2, 用户 3, 用户 4, birth place, occupation, billing information, 记帐信息
        Tags: 标签, 客户标签, 分组, 类别, 群组, tags, tag, labels, label, categories, category, groups, group membership, keywords, 关键字
        """;

    private const string Companies = """
        Name: 公司, 公司名称, 单位, 单位名称, 企业, 企业名称, 客户公司, 客户名称, 公司全称, 名称, 公司名, 客户, name, company, company name, account, account name, organization, organisation, organization name
        ShortName: 简称, 公司简称, 企业简称, short name, abbreviation
        Class: 客户等级, 等级, 客户分级, 分级, 客户级别, class, account class, tier, rating, grade
        CreditRating: 信用等级, 信用评级, 信用, credit rating, credit
        Size: 规模, 公司规模, 企业规模, size, company size
        Industry: 行业, 所属行业, 行业类别, 行业分类, industry, sector, primary industry
        Lifecycle: 生命周期, 客户阶段, 客户状态, 客户类型, 类型, lifecycle, lifecycle stage, type, account type
        Website: 网址, 网站, 官网, 公司网址, 公司网站, website, website url, url, web page, company domain name, domain, homepage
        Phone: 电话, 公司电话, 联系电话, 电话号码, 总机, 座机, phone, telephone, tel, phone number, main phone, company phone
        City: 城市, 所在城市, 市, 地区, 所在地, 所在地区, city, billing city, address city, billing address city, office location, location, headquarters
        Address: 地址, 公司地址, 联系地址, 详细地址, 通讯地址, 注册地址, 办公地址, 经营地址, address, street, street address, billing street, billing address, billing address street, billing state/province, billing state, billing address state, state/region, 省份, 省, shipping street, shipping city, shipping state/province, shipping state, shipping address, shipping address street, shipping address city, shipping address state
        Description: 描述, 简介, 公司简介, 备注, 说明, 经营范围, description, about us, about, notes, note, comments, remark, subsidiary of, parent account, parent company, 上级单位, 母公司, fax, 传真, number of locations, year established, year founded, founded, 成立时间, 成立日期, sic code, sic description, account source, email, email address, 邮箱, linkedin company page
        Revenue: 年营收, 营业额, 年收入, 营收, 年营业额, 注册资本, revenue, annual revenue, turnover
        Employees: 员工数, 人数, 员工人数, 公司人数, 人员规模, employees, number of employees, no of employees, headcount, staff count
        Currency: 币种, 货币, currency, currency code
        Visibility: 可见范围, 可见性, visibility
        Owner: 负责人, 所有者, 归属人, 归属, 跟进人, 销售, 业务员, 客户经理, 负责人邮箱, owner, account owner, company owner, owner email, assigned user, assigned user name, account owner alias, sales agent
        """;

    private const string Conversations = """
        Type: 类型, 互动类型, 沟通方式, 跟进方式, 方式, 活动类型, 跟进类型, 联系类型, type, activity type, interaction type, channel, task subtype, call type, method
        Direction: 方向, 呼叫方向, direction, call direction
        Subject: 主题, 标题, 事由, subject, title, topic, activity name, task subject, call title, meeting name
        Content: 内容, 跟进内容, 沟通内容, 跟进记录, 沟通记录, 记录, 详情, 备注, 描述, 纪要, 说明, 拜访内容, content, notes, note, description, body, text, details, comments, message, call notes, full comments, note body, meeting notes, activity notes
        At: 时间, 日期, 跟进时间, 沟通时间, 发生时间, 联系时间, 拜访时间, 互动时间, 跟进日期, 创建时间, 开始时间, 通话时间, date, time, datetime, activity date, date time, start date, start time, start, created, created at, create date, call date, occurred at, due date, sent at, date start
        Duration: 时长, 通话时长, 持续时间, duration, call duration, length, duration minutes, duration seconds, 时长分钟
        Location: 地点, 位置, 会议地点, 拜访地点, location, place, venue, meeting location
        Outcome: 结果, 跟进结果, 沟通结果, 通话结果, outcome, result, call outcome, call result, status, 状态, meeting outcome
        FollowUp: 下次跟进, 下次跟进时间, 下次联系时间, 下次跟进日期, next follow up, next follow-up, follow up date, follow up, next activity date, follow up at
        NextSteps: 下一步, 下一步计划, 后续计划, 待办, next steps, next step, action items
        Topics: 话题, 主题标签, 标签, topics, tags, topic tags
        Important: 重要, 是否重要, 重点, important, is important, starred
        """;

    // What programs write for themselves: known, and left out.
    private const string Left = """
        Ignore: id, record id, 序号, 编号, no, number, row, index, contact id, account id, 客户编号, 联系人编号, created at, created time, create date, created date, created by, created by name, 创建时间, 创建人, 创建日期, modified at, modified by, modified by name, last modified date, last modified by, 更新时间, 修改时间, 最后修改时间, last activity, last activity date, last contacted, last contact, 最近联系, 最近联系时间, 最后联系时间, 互动次数, interactions, associated company ids, associated contact ids, associated deals, associated note, photo, 头像, 照片, phonetic first name, phonetic middle name, phonetic last name, yomi name, given name yomi, additional name yomi, family name yomi, file as, initials, 缩写, short name yomi, maiden name, directory server, 目录服务器, mileage, 里程, sensitivity, 敏感度, language, 语言, subject yomi, e-mail type, e-mail 2 type, e-mail 3 type, e-mail display name, e-mail 2 display name, e-mail 3 display name, 电子邮件类型, 电子邮件 2 类型, 电子邮件 3 类型, 电子邮件显示名称, 电子邮件 2 显示名称, 电子邮件 3 显示名称, business postal code, home postal code, other postal code, business country/region, home country/region, other country/region, business country, home country, other country, business address po box, home address po box, other address po box, 商务地址 邮政编码, 住宅地址 邮政编码, 其他地址 邮政编码, 商务地址 国家/地区, 住宅地址 国家/地区, 其他地址 国家/地区, 商务地址 邮箱, 住宅地址 邮箱, 其他地址 邮箱, government id number, 身份证编号, internet free busy, internet 忙闲, organizational id number, 组织机构 id 编号, private, 私有, 组织 id 编号, postal code, zip, zip code, mailing zip, mailing zip/postal code, mailing postal code, billing zip, billing zip/postal code, billing postal code, shipping zip/postal code, mailing country, billing country, shipping country, country, country/region, address country, address postal code, 邮编, 邮政编码, 国家, 国家/地区, do not call, email opt out, fax opt out, deleted, teams, teams ids, assigned user id, account id18, middle name yomi, modified time, opted out of email, is deleted, system modstamp, email is opted out, phone number is opted out, website 1 label, number of associated deals, marketing contact status, record source, contact unworked, data source, opportunity id, engage quarter, close quarter
        """;
}
