using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.CustomFields;

/// <summary>Telephone numbers and e-mail addresses in the administrator's own fields are kept and shown as a contact's own are.</summary>
public sealed class CustomChannelsTests : IAsyncLifetime
{
    private const string Number = "+86 139-1234-7788", Mail = "assistant.chen@maker.example", Plain = "汉诺威工博会";

    private TestDatabase db = null!;
    private Team team = null!;
    private Acting owner = null!;
    private Guid phone, mail, fair, contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        owner = db.As(await db.AddUserAsync(Role.SalesRep, team));
        var fields = db.As(await db.AddUserAsync(Role.Admin)).Get<ICustomFields>();
        phone = (await fields.AddAsync(new() { Name = "助理电话", Type = CustomFieldType.Phone, IsSearchable = true }, default)).Value.Id;
        mail = (await fields.AddAsync(new() { Name = "助理邮箱", Type = CustomFieldType.Email, IsSearchable = true }, default)).Value.Id;
        fair = (await fields.AddAsync(new() { Name = "首次展会", IsSearchable = true }, default)).Value.Id;
        contact = (await owner.Contacts.AddAsync(Edit("+86 138-0000-0001"), default)).Value.Id;
        (await owner.Contacts.UpdateAsync(contact, 1, Edit(Number), default)).Succeeded.ShouldBeTrue();
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Theory]
    [InlineData(Role.Manager, false)]
    [InlineData(Role.SupportAgent, false)]
    [InlineData(Role.SalesRep, true)]
    [InlineData(Role.Analyst, true)]
    public async Task Values_ForARole_AreShownOrMaskedAsTheContactsOwnNumbersAre(Role role, bool masked)
    {
        var person = db.As(await db.AddUserAsync(role, team));
        foreach (var seen in (ContactDetail[])[(await person.Contacts.GetAsync(contact, default))!, (await person.Contacts.PageAsync(new(ContactScope.All, Order: ContactOrder.Created), null, 5, default)).Value.Items.Single()])
        {
            seen.Masked.ShouldBe(masked);
            (seen.Fields.Custom[phone], seen.Fields.Custom[mail], seen.Fields.Custom[fair]).ShouldBe(masked ? ("+86****7788", "a***@maker.example", Plain) : (Number, Mail, Plain));
        }
        // The tail is shown to everybody; the whole is not found out by trying.
        (await FoundAsync(person, "7788")).ShouldBe(1);
        (await FoundAsync(person, "工博")).ShouldBe(1);
        foreach (var guess in (string[])["13912347788", "+86139-1234-7788", Mail]) (await FoundAsync(person, guess)).ShouldBe(masked ? 0 : 1, guess);
        foreach (var part in (string[])["assistant", "1391234", "maker.example"]) (await FoundAsync(person, part)).ShouldBe(0, part);
    }

    [Fact]
    public async Task History_ForAColleagueWhoSeesThemMasked_DoesNotTellThem()
    {
        var mate = db.As(await db.AddUserAsync(Role.SalesRep, team));
        Told(await owner.History.OfAsync(nameof(Contact), contact, default)).ShouldContain(Number);
        Told(await mate.History.OfAsync(nameof(Contact), contact, default)).ShouldSatisfyAllConditions(t => t.ShouldContain(Plain), t => t.ShouldNotContain("1234"), t => t.ShouldNotContain("0001"), t => t.ShouldNotContain("assistant"));
    }

    [Fact]
    public async Task ValueOfAForgottenField_IsShownToNobodyWhoSeesTheOthersMasked()
    {
        await db.WriteAsync(d => d.CustomFields.Remove(d.CustomFields.Find(phone)!));
        var mate = db.As(await db.AddUserAsync(Role.SalesRep, team));
        (await mate.Contacts.GetAsync(contact, default))!.Fields.Custom.Keys.ShouldBe([mail, fair], ignoreOrder: true);
    }

    [Fact]
    public async Task Values_InTheDatabasesFiles_StandNowhereInClear()
    {
        var account = (await db.ReadAsync(d => Task.FromResult(d.Accounts.Single().Id)));
        await db.WriteAsync(d => d.Accounts.Find(account)!.Custom = new() { [phone] = Number });
        (await db.ReadAsync(d => Task.FromResult(d.Accounts.Single().Custom[phone]))).ShouldBe(Number);
        var stored = string.Concat(Directory.GetFiles(db.Folder, "crm.db*").Select(f =>
        {
            using var file = new FileStream(f, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            return System.Text.Encoding.Latin1.GetString(bytes.ToArray());
        }));
        stored.ShouldContain("CREATE TABLE");
        foreach (var secret in (string[])[Number, "13912347788", "139-1234", Mail, "assistant.chen"]) stored.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse(secret);
    }

    private ContactEdit Edit(string number) => new() { Name = "张三", Company = "沪上精工", Custom = new Dictionary<Guid, string> { [phone] = number, [mail] = Mail, [fair] = Plain } };

    private static string Told(IReadOnlyList<Domain.History.HistoryEntry> history) => string.Join('\n', history.SelectMany(h => h.Fields).Select(f => $"{f.Before} {f.After}"));

    private static async Task<int> FoundAsync(Acting who, string search) => (await who.Contacts.ListAsync(new(ContactScope.All, search), 0, 5, default)).Total;
}
