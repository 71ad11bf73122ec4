using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Jobs;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.Users;

/// <summary>
/// Every operation of every role on records of every standing. Expected by hand, from what the roles are for: administrators all;
/// a manager also changes what belongs to their teams and is not private; a representative changes their own; support writes
/// conversations and reads channels; the others read.
/// </summary>
public sealed class AccessTests
{
    private static readonly string[] Operations =
        ["list", "get", "page", "search", "suggest", "timeline", "interaction", "add", "edit", "delete", "contact.edit", "contact.delete", "analyse", "rate", "insight", "history", "undo", "open"];

    // In the order of Operations: + done, - refused though it is seen, . not seen at all.
    private const string All = "++++++++++++++++++";
    private const string ReadAndTell = "++++++++----++++-+"; // a representative's colleague
    private const string Support = "++++++++----+++.-+";
    private const string Read = "+++++++-------+.-+";
    private const string None = "..................";

    /// <summary>Role, then: own (a role that cannot write owns what was given to it), team's, other team's, private of a team mate, public of another team.</summary>
    public static TheoryData<Role, string, string> Table
    {
        get
        {
            var table = new TheoryData<Role, string, string>();
            foreach (var (role, own, team, other, secret, open) in (IEnumerable<(Role, string, string, string, string, string)>)
            [
                (Role.Admin, All, All, All, All, All),
                (Role.Manager, All, All, None, None, ReadAndTell),
                (Role.SalesRep, All, ReadAndTell, None, None, ReadAndTell),
                (Role.SupportAgent, Support, Support, None, None, Support),
                (Role.Trainer, Read, Read, None, None, Read),
                (Role.Analyst, Read, Read, Read, None, Read),
                (Role.Viewer, Read, Read, None, None, Read),
            ])
            {
                table.Add(role, "own", own);
                table.Add(role, "team", team);
                table.Add(role, "other", other);
                table.Add(role, "private", secret);
                table.Add(role, "public", open);
            }
            return table;
        }
    }

    [Theory, MemberData(nameof(Table))]
    public async Task Operation_OfARoleOnARecord_IsAsTheTableSays(Role role, string standing, string expected)
    {
        await using var db = await TestDatabase.CreateAsync(services => services.Replace(ServiceDescriptor.Singleton<IConversationAnalyst>(new ScriptedAnalyst())));
        var (east, south) = (await db.AddTeamAsync("华东"), await db.AddTeamAsync("华南"));
        var person = await db.AddUserAsync(role, east);
        var owner = standing switch
        {
            "own" => person,
            "team" or "private" => await db.AddUserAsync(Role.SalesRep, east),
            _ => await db.AddUserAsync(Role.SalesRep, south),
        };
        var author = standing == "own" && role is Role.Admin or Role.Manager or Role.SalesRep ? person : await db.AddUserAsync(Role.Admin);
        var record = await Record.MakeAsync(db, owner, author, standing switch { "private" => Visibility.Private, "public" => Visibility.Public, _ => Visibility.Team });

        var done = new List<string>();
        foreach (var operation in Operations) done.Add($"{operation} {await record.TryAsync(operation, person)}");
        done.ShouldBe(Operations.Zip(expected, (o, e) => $"{o} {e}"));
    }

    [Fact]
    public async Task Person_Deactivated_MayDoNothing()
    {
        await using var db = await TestDatabase.CreateAsync();
        var gone = await db.AddUserAsync(Role.Admin, change: u => u.IsActive = false);
        await Should.ThrowAsync<NotSignedInException>(() => db.As(gone).Contacts.ListAsync(new(), 0, 1, default));
        await Should.ThrowAsync<NotSignedInException>(() => db.As(gone).Contacts.AddAsync(Samples.Contact(), default));
        await Should.ThrowAsync<NotSignedInException>(() => db.As(_ => new((Guid?)null)).Users.MeAsync(default));
    }

    [Fact]
    public async Task Person_DeactivatedWhileAtWork_IsOutWithinAMinute()
    {
        await using var db = await TestDatabase.CreateAsync();
        var rep = await db.AddUserAsync(Role.SalesRep);
        var my = db.As(rep);
        (await my.Contacts.ListAsync(new(), 0, 1, default)).Total.ShouldBe(0);
        await db.SqlAsync("UPDATE Users SET IsActive = 0 WHERE Email = $mail", ("$mail", rep.Email));
        db.Clock.Advance(TimeSpan.FromSeconds(59));
        await Should.ThrowAsync<NotSignedInException>(() => my.Contacts.ListAsync(new(), 0, 1, default));
    }

    [Fact]
    public async Task Manager_OfATeamAboveOthers_GovernsThemAll()
    {
        await using var db = await TestDatabase.CreateAsync();
        var top = await db.AddTeamAsync("全国");
        var leaf = await db.AddTeamAsync("上海", await db.AddTeamAsync("华东", top));
        var rep = await db.AddUserAsync(Role.SalesRep, leaf);
        var saved = (await db.As(rep).Contacts.AddAsync(Samples.Contact(), default)).Value;
        (await db.As(await db.AddUserAsync(Role.Manager, top)).Contacts.UpdateAsync(saved.Id, 1, Samples.Contact("李四"), default)).Succeeded.ShouldBeTrue();
        (await db.As(await db.AddUserAsync(Role.SalesRep, top)).Contacts.GetAsync(saved.Id, default)).ShouldBeNull();
    }

    /// <summary>One contact with a company, a conversation and a file, and each operation upon it.</summary>
    private sealed record Record(TestDatabase Db, Guid Contact, Guid Interaction, Guid Attachment, Guid ChangeSet, Guid AiRun, Guid Account, Visibility Visibility, Acting Admin)
    {
        private static readonly byte[] Pdf = "%PDF-1.7\n"u8.ToArray();

        public static async Task<Record> MakeAsync(TestDatabase db, User owner, User author, Visibility visibility)
        {
            var admin = db.As(author.Role is Role.Admin or Role.Manager or Role.SalesRep ? author : await db.AddUserAsync(Role.Admin));
            var account = (await admin.Accounts.AddAsync(new() { Name = "沪上精工", Visibility = visibility }, default)).Value;
            var contact = (await admin.Contacts.AddAsync(Samples.Contact(visibility: visibility) with { AccountId = account.Id, Company = null }, default)).Value;
            foreach (var (table, id) in (IEnumerable<(string, Guid)>)[("Accounts", account.Id), ("Contacts", contact.Id)])
                await db.SqlAsync($"UPDATE {table} SET OwnerId = $owner, TeamId = $team WHERE Id = $id", ("$owner", owner.Id.ToByteArray(true)), ("$team", owner.TeamId!.Value.ToByteArray(true)), ("$id", id.ToByteArray(true)));
            var file = (await admin.Attachments.UploadAsync("a.pdf", new MemoryStream(Pdf), default)).Value;
            var talk = (await admin.Interactions.AddAsync(contact.Id, Samples.Interaction() with { AttachmentIds = [file.Id] }, default)).Value;
            (await db.DrainAsync()).ShouldBe(1);
            var run = await db.ReadAsync(d => d.AiRuns.Select(r => r.Id).SingleAsync());
            return new(db, contact.Id, talk.Id, file.Id, contact.ChangeSetId, run, account.Id, visibility, db.As(await db.AddUserAsync(Role.Admin)));
        }

        public async Task<char> TryAsync(string operation, User person)
        {
            var my = Db.As(person);
            var versions = await Db.ReadAsync(async d => (Contact: (await d.Contacts.SingleAsync(c => c.Id == Contact)).Version, Talk: (await d.Interactions.SingleAsync(i => i.Id == Interaction)).Version));
            return operation switch
            {
                "list" => Seen((await my.Contacts.ListAsync(new(ContactScope.All), 0, 5, default)).Total == 1),
                "get" => Seen(await my.Contacts.GetAsync(Contact, default) is not null),
                "page" => Seen((await my.Contacts.PageAsync(new(ContactScope.All, Order: ContactOrder.Created), null, 5, default)).Value.Items.Count == 1),
                "search" => Seen((await my.Contacts.ListAsync(new(ContactScope.All, "张三"), 0, 5, default)).Total == 1 && (await my.Contacts.ListAsync(new(ContactScope.All, "6620"), 0, 5, default)).Total == 1),
                "suggest" => Seen((await my.Accounts.SuggestAsync("精工", default)).Count == 1 && await my.Accounts.GetAsync(Account, default) is { Contacts: 1 }),
                "timeline" => Of((await my.Interactions.TimelineAsync(Contact, new(), null, 5, default)).Errors),
                "interaction" => Seen(await my.Interactions.GetAsync(Interaction, default) is not null),
                "add" => await AndBackAsync(await my.Interactions.AddAsync(Contact, Samples.Interaction("又一次"), default)),
                "edit" => await AndBackAsync(await my.Interactions.UpdateAsync(Interaction, versions.Talk, Samples.Interaction("改了") with { AttachmentIds = [Attachment] }, default)),
                "delete" => await AndBackAsync(await my.Interactions.DeleteAsync(Interaction, default)),
                "contact.edit" => await AndBackAsync(await my.Contacts.UpdateAsync(Contact, versions.Contact, Samples.Contact("改名", Visibility) with { AccountId = Account }, default)),
                "contact.delete" => await AndBackAsync(await my.Contacts.DeleteAsync(Contact, default)),
                "analyse" => await AnalyseAsync(my),
                "rate" => Of((await my.Conversations.RateAsync(AiRun, true, null, default)).Errors),
                "insight" => Seen(await my.Conversations.InsightAsync(Contact, default) is not null),
                "history" => Seen((await my.History.OfAsync("Contact", Contact, default)).Count > 0),
                "undo" => Of((await my.History.UndoAsync(await EditAsync(), default)).Errors),
                "open" => await OpenAsync(my),
                _ => throw new ArgumentOutOfRangeException(nameof(operation)),
            };
        }

        private static char Seen(bool seen) => seen ? '+' : '.';

        private static char Of(IReadOnlyList<Error> errors) =>
            errors.Count == 0 ? '+' : errors.Single() == Error.Forbidden ? '-' : errors.Single() == Error.NotFound ? '.' : throw new InvalidOperationException(errors[0].Code);

        // Whatever was done is taken back, so that each operation meets the same record.
        private async Task<char> AndBackAsync(Result<Saved> result)
        {
            if (result.Succeeded) (await Admin.History.UndoAsync(result.Value.ChangeSetId, default)).Errors.ShouldBeEmpty();
            return Of(result.Errors);
        }

        private async Task<char> AnalyseAsync(Acting my)
        {
            await Db.DrainAsync();
            return Of((await my.Conversations.AnalyseAsync(Interaction, default)).Errors);
        }

        // A change of somebody's who may, for the person to try and take back.
        private async Task<Guid> EditAsync()
        {
            var version = await Db.ReadAsync(d => d.Contacts.Where(c => c.Id == Contact).Select(c => c.Version).SingleAsync());
            return (await Admin.Contacts.UpdateAsync(Contact, version, Samples.Contact("待撤销", Visibility) with { AccountId = Account }, default)).Value.ChangeSetId;
        }

        private async Task<char> OpenAsync(Acting my)
        {
            if (await my.Attachments.OpenAsync(Attachment, default) is not { } file) return '.';
            await file.Content.DisposeAsync();
            return '+';
        }
    }
}
