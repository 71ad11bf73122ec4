using CrmAi.Domain.Accounts;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Search;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Accounts;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Duplicates;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.NextActions;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Platform.Identity;
using CrmAi.Infrastructure.Profiles;
using CrmAi.Infrastructure.PromptTexts;
using CrmAi.Infrastructure.Scripts;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Data.Seed;

internal sealed class DemoSeed(IDbContextFactory<AppDbContext> contexts, FieldCipher cipher, ChangeRecorder recorder, DemoLogins logins, DuplicateFinding duplicates, IFileStore files, RulesConversationAnalyst analyst, RulesProfileAnalyst profiler, Suggestions suggestions, PromptSource prompts, RulesScriptAnalyst scripts, ISpokenDates dates, CompanyDays company, IServiceScopeFactory scopes, TimeProvider time) : IDemoSeed
{
    private const int Batch = 2_000;

    public async Task SeedDemoAsync(IProgress<SeedProgress> progress, CancellationToken ct)
    {
        var story = DemoStory.Create(time.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var bulk = new BulkWriter(db);
        var people = await PeopleAsync(story, bulk, ct);
        var folders = story.Folders.ToDictionary(f => f.Key, f => new Folder { OwnerId = people[f.OwnerKey].Id, Name = f.Name, Position = f.Order, Version = 1 });
        foreach (var folder in story.Folders.Where(f => f.ParentKey is not null)) folders[folder.Key].ParentId = folders[folder.ParentKey!].Id;
        var tags = story.Tags.ToDictionary(t => t.Key, t => new Tag { Name = t.Name, Kind = DemoMapping.Parse<TagKind>(t.Kind), Colour = t.Color, Version = 1 });
        await bulk.WriteAsync(folders.Values, ct);
        await bulk.WriteAsync(tags.Values, ct);
        var mapping = new DemoMapping(people, key => folders[key].Id);

        var accounts = story.Accounts.ToDictionary(a => a.Key, mapping.Account);
        var primaries = story.Accounts.Where(a => a.PrimaryContactKey is not null).ToDictionary(a => a.PrimaryContactKey!, a => a.Deal);
        // One deal stands at one person, so that a company's sums hold it once.
        var contacts = story.Contacts.ToDictionary(c => c.Key, c => mapping.Contact(c, accounts[c.AccountKey], primaries.GetValueOrDefault(c.Key)));
        var fields = new DemoFields(time.GetUtcNow());
        await bulk.WriteAsync(fields.All, ct);
        foreach (var from in story.Accounts)
        {
            if (from.PrimaryContactKey is { } primary) accounts[from.Key].PrimaryContactId = contacts[primary].Id;
            fields.Fill(from, accounts[from.Key]);
            AccountIndexing.Fill(accounts[from.Key]);
        }
        await bulk.WriteAsync(accounts.Values, ct);
        await bulk.WriteAsync(accounts.Values.SelectMany(a => AccountIndexing.Terms(a, CustomValues.Terms(a.Custom, fields.Searchable, cipher)).Select(term => new AccountSearchTerm { Term = term, AccountId = a.Id })), ct);

        var tagNames = story.Contacts.ToDictionary(c => c.Key, c => (IReadOnlyList<string>)[.. c.TagKeys.Select(k => tags[k].Name)]);
        foreach (var byContact in story.Interactions.Where(i => !i.IsScheduled && !i.IsPrivate).GroupBy(i => i.ContactKey))
            (contacts[byContact.Key].InteractionCount, contacts[byContact.Key].LastContactAt) = (byContact.Count(), byContact.Max(i => i.At).UtcDateTime);
        foreach (var contact in story.Contacts) fields.Fill(contact, contacts[contact.Key]);
        foreach (var (key, contact) in contacts) ContactIndexing.Fill(contact, contact.Account!.Name, tagNames[key], cipher);
        FilingSeed.PutInOrder(contacts.Values);
        await bulk.WriteAsync(contacts.Values, ct);
        await bulk.WriteAsync(contacts.SelectMany(c => ContactIndexing.Terms(c.Value, tagNames[c.Key], CustomValues.Terms(c.Value.Custom, fields.Searchable, cipher)).Select(term => new ContactSearchTerm { Term = term, ContactId = c.Value.Id })), ct);
        await SearchIndexing.LearnAsync(db, bulk, contacts.Values.SelectMany(SimilarWords.Of).Concat(accounts.Values.SelectMany(SimilarWords.Of)).ToHashSet(StringComparer.Ordinal), ct);
        await bulk.WriteAsync(contacts.Values.SelectMany(c => MatchIndex.Rows(c, c.Account!.Name, cipher)), ct);
        await bulk.WriteAsync(accounts.Values.SelectMany(a => MatchIndex.Rows(a.Id, MatchRows.Fields(a, null), cipher)), ct);
        var labels = story.Contacts.SelectMany(c => c.TagKeys.Distinct().Select(k => new ContactTag { ContactId = contacts[c.Key].Id, TagId = tags[k].Id })).ToList();
        await bulk.WriteAsync(labels, ct);
        var filing = new FilingSeed(db, bulk, recorder, time.GetUtcNow().UtcDateTime);
        await filing.ViewsAsync(people.Values, ct);
        await filing.BulkEditAsync(people["zhoulan"], tags["urgent"], labels, contacts.Values.ToDictionary(c => c.Id), ct);
        progress.Report(new("contacts", contacts.Count, contacts.Count));

        var profiles = new DemoProfiles(profiler, contexts);
        var days = new DemoDays(suggestions, company, time.GetUtcNow().UtcDateTime);
        var interactions = await ConversationsAsync(story, mapping, contacts, people, bulk, (interaction, analysis, findings) =>
        {
            profiles.Add(interaction, analysis, findings);
            days.Add(interaction, analysis, findings);
        }, progress, ct);
        await profiles.WriteAsync(contacts.Values, people.Values, bulk, ct);
        await days.WriteAsync(contacts.Values, people.Values, bulk, ct);
        await HistoryAsync(db, bulk, [.. accounts.Values.Select(a => ((IRecorded)a, a.OwnerId, a.CreatedAt, "account.add")),
            .. contacts.Values.Select(c => ((IRecorded)c, c.OwnerId, c.CreatedAt, "contact.add")), .. interactions.Select(i => ((IRecorded)i, i.AuthorId, i.CreatedAt, "interaction.add"))], ct);
        await transaction.CommitAsync(ct);
        await new DemoCommands(contexts, files, time.GetUtcNow()).RunAsync(story, people, contacts, ct);
        await profiles.CorrectAsync([.. story.Contacts.Where(c => c.OwnerKey == "zhoulan").Select(c => contacts[c.Key])], people.Values.ToDictionary(p => p.Id), time.GetUtcNow(), ct);
        await new DemoRatings(contexts, time.GetUtcNow()).RunAsync(contacts.Values.ToDictionary(c => c.Id, c => c.Name), ct);
        await new DemoExports(contexts, time.GetUtcNow()).RunAsync(people["zhoulan"], contacts.Values.Count(c => c.OwnerId == people["zhoulan"].Id && c.DeletedAt is null && !c.IsArchived), ct);
        await new DemoDeletions(contexts, time.GetUtcNow()).RunAsync(story, people, contacts, interactions, ct);
        await new DemoTasks(contexts, time.GetUtcNow().UtcDateTime).RunAsync(story, people, contacts, interactions, ct);
        await new DemoRegistry(contexts, time.GetUtcNow()).RunAsync(story, people, accounts, contacts, ct);
        await new DemoCards(contexts, files, time.GetUtcNow()).RunAsync(people, ct);
        await new DemoDuplicates(contexts, duplicates, recorder, time.GetUtcNow()).RunAsync(story, people, contacts, accounts, ct);
        await new DemoImports(scopes, contexts, time).RunAsync(people["zhoulan"], people.Values.First(p => p.Role == Role.Admin), ct);
        await new DemoNights(contexts, time.GetUtcNow().UtcDateTime).RunAsync(ct);
        await new DemoUndo(contexts, time.GetUtcNow().UtcDateTime).RunAsync(story, people, contacts, ct);
        await new DemoPrompts(contexts, prompts, time.GetUtcNow()).RunAsync(people.Values.First(p => p.Role == Role.Admin), people["zhoulan"], ct);
        await new DemoAiSettings(contexts, time.GetUtcNow()).RunAsync(people.Values.First(p => p.Role == Role.Admin), ct);
        await new DemoScripts(contexts, dates, scripts, time.GetUtcNow().UtcDateTime).RunAsync(people.Values, ct);
    }

    public Task SeedManyAsync(int contacts, int interactions, IProgress<SeedProgress> progress, CancellationToken ct) =>
        new ManySeed(contexts, cipher, time).RunAsync(contacts, interactions, progress, ct);

    private async Task<Dictionary<string, User>> PeopleAsync(DemoData story, BulkWriter bulk, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var started = now.AddMonths(-20);
        var teams = story.Teams.ToDictionary(t => t.Key, t => new Team { Name = t.Name, Version = 1 });
        var people = story.Users.Select((u, index) => (u.Key, User: new User
        {
            Id = Guid.CreateVersion7(started.AddMinutes(index)), Email = u.Email, Name = u.Name, Role = DemoMapping.Parse<Role>(u.Role), TeamId = u.TeamKey is null ? null : teams[u.TeamKey].Id,
            CreatedAt = started.UtcDateTime, Version = 1,
        })).ToDictionary(p => p.Key, p => p.User);
        foreach (var manager in story.Users.Where(u => u.Role == nameof(Role.Manager) && u.TeamKey is not null)) teams[manager.TeamKey!].ManagerId = people[manager.Key].Id;
        await bulk.WriteAsync(teams.Values, ct);
        await bulk.WriteAsync(people.Values, ct);
        await bulk.WriteAsync(people.Values.Select(logins.Make), ct);
        return people;
    }

    // Analysed as the background job would, only at once.
    private async Task<List<Interaction>> ConversationsAsync(DemoData story, DemoMapping mapping, Dictionary<string, Contact> contacts, Dictionary<string, User> people, BulkWriter bulk, Action<Interaction, ConversationAnalysis?, IReadOnlyList<ConversationFinding>> told, IProgress<SeedProgress> progress, CancellationToken ct)
    {
        var all = new List<Interaction>();
        foreach (var batch in story.Interactions.Chunk(Batch / 10))
        {
            var analysed = await Task.WhenAll(batch.Select(i => Task.Run(() => AnalysedAsync(i, mapping.Interaction(i, contacts[i.ContactKey].Id), contacts[i.ContactKey], people[i.UserKey], ct), ct)));
            await bulk.WriteAsync(analysed.Select(a => a.Interaction), ct);
            await bulk.WriteAsync(analysed.SelectMany(a => TextTerms.Of(a.Interaction.Subject, a.Interaction.Content, a.Interaction.Transcript).Select(term => new InteractionSearchTerm { Term = term, InteractionId = a.Interaction.Id })), ct);
            await bulk.WriteAsync(analysed.Select(a => a.Run).OfType<AiRun>(), ct);
            await bulk.WriteAsync(analysed.Select(a => a.Analysis).OfType<ConversationAnalysis>(), ct);
            await bulk.WriteAsync(analysed.SelectMany(a => a.Findings), ct);
            foreach (var a in analysed) told(a.Interaction, a.Analysis, a.Findings);
            foreach (var (from, interaction) in batch.Zip(analysed.Select(a => a.Interaction)))
            {
                foreach (var file in from.Attachments) await bulk.WriteAsync([await AttachmentAsync(file, interaction, ct)], ct);
            }
            all.AddRange(analysed.Select(a => a.Interaction));
            progress.Report(new("conversations", all.Count, story.Interactions.Count));
        }
        return all;
    }

    private async Task<Analysed> AnalysedAsync(DemoInteraction from, Interaction interaction, Contact contact, User author, CancellationToken ct)
    {
        if (from.IsScheduled) return new(interaction, null, null, []);
        var input = ConversationInputs.Of(interaction, [contact.Name], [author.Name], author.TimeZone);
        var started = time.GetTimestamp();
        var (result, by) = await analyst.AnalyseAsync(input, author.Id, ct);
        var milliseconds = (int)time.GetElapsedTime(started).TotalMilliseconds;
        if (ConversationCheck.Apply(input, result) is not { } kept) return new(interaction, null, null, []);
        var digest = ConversationMaking.DigestOf(input, by);
        var run = new AiRun
        {
            Type = AiRunType.Conversation, UserId = author.Id, ContactId = contact.Id, InteractionId = interaction.Id, InputDigest = digest, Analyst = by.Analyst, AnalystVersion = by.Version,
            Milliseconds = milliseconds, Claims = kept.Result.Findings.Count, Dropped = kept.Dropped, At = interaction.At,
        };
        return new(interaction, run, StoredConversations.Analysis(interaction, kept.Result, run), [.. StoredConversations.Findings(interaction, kept.Result)]);
    }

    private async Task<Attachment> AttachmentAsync(DemoAttachment file, Interaction interaction, CancellationToken ct)
    {
        using var content = new MemoryStream(file.Content());
        var stored = await files.SaveAsync(content, Attachment.MaxSize, ct);
        var kind = file.ContentType.Split('/')[0] switch { "image" => AttachmentKind.Image, "audio" => AttachmentKind.Audio, "video" => AttachmentKind.Video, _ => AttachmentKind.Document };
        return new()
        {
            InteractionId = interaction.Id, UploadedBy = interaction.AuthorId, Kind = kind, FileName = file.FileName, ContentType = file.ContentType, Size = stored.Size, StorageKey = stored.Key, Sha256 = stored.Sha256, CreatedAt = interaction.At,
        };
    }

    private async Task HistoryAsync(AppDbContext db, BulkWriter bulk, IReadOnlyList<(IRecorded Row, Guid By, DateTime At, string Command)> made, CancellationToken ct)
    {
        foreach (var batch in made.OrderBy(m => m.At).Chunk(Batch))
        {
            var sets = batch.Select(m => (Set: new ChangeSet { Id = Guid.CreateVersion7(new DateTimeOffset(m.At)), Command = m.Command, UserId = m.By, Origin = ChangeOrigin.Command, At = m.At }, m.Row)).ToList();
            await bulk.WriteAsync(sets.Select(s => s.Set), ct);
            await bulk.WriteAsync(sets.Select(s => recorder.Created(s.Row, db.Model.FindEntityType(s.Row.GetType())!, s.Set.Id)), ct);
        }
    }

    private sealed record Analysed(Interaction Interaction, AiRun? Run, ConversationAnalysis? Analysis, IReadOnlyList<ConversationFinding> Findings);
}
