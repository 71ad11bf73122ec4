using CrmAi.Domain.Accounts;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Briefs;
using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Exports;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Search;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using CrmAi.Infrastructure.Platform.CompanyData;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data;

/// <summary>
/// The database. Saving records one change set for the command begun with <see cref="Begin"/>, lets the features'
/// saving rules follow, and tells watchers and workers after the commit.
/// </summary>
internal abstract class AppDbContext(DbContextOptions options, FieldCipher cipher, Saving saving) : DbContext(options)
{
    private readonly List<Saving.Follow> untold = [];

    public DbSet<User> Users => Set<User>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<ContactSearchTerm> ContactTerms => Set<ContactSearchTerm>();
    public DbSet<Folder> Folders => Set<Folder>();
    public DbSet<Tag> Tags => Set<Tag>();
    public DbSet<ContactTag> ContactTags => Set<ContactTag>();
    public DbSet<ContactShare> ContactShares => Set<ContactShare>();
    public DbSet<ContactPhoto> ContactPhotos => Set<ContactPhoto>();
    public DbSet<CustomField> CustomFields => Set<CustomField>();
    public DbSet<SavedView> Views => Set<SavedView>();
    public DbSet<BulkEdit> BulkEdits => Set<BulkEdit>();
    public DbSet<Export> Exports => Set<Export>();
    public DbSet<BulkItem> BulkItems => Set<BulkItem>();
    public DbSet<Import> Imports => Set<Import>();
    public DbSet<ImportItem> ImportItems => Set<ImportItem>();
    public DbSet<MappingMemory> MappingMemories => Set<MappingMemory>();
    public DbSet<ImportGate> ImportGates => Set<ImportGate>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<AccountSearchTerm> AccountTerms => Set<AccountSearchTerm>();
    public DbSet<DuplicateKey> DuplicateKeys => Set<DuplicateKey>();
    public DbSet<DuplicateMark> DuplicateMarks => Set<DuplicateMark>();
    public DbSet<DuplicatePair> DuplicatePairs => Set<DuplicatePair>();
    public DbSet<DuplicateDismissal> DuplicateDismissals => Set<DuplicateDismissal>();
    public DbSet<Interaction> Interactions => Set<Interaction>();
    public DbSet<InteractionSearchTerm> InteractionTerms => Set<InteractionSearchTerm>();
    public DbSet<PendingText> PendingTexts => Set<PendingText>();
    public DbSet<SimilarTerm> SimilarTerms => Set<SimilarTerm>();
    public DbSet<RecentRecord> RecentRecords => Set<RecentRecord>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<BusinessCard> BusinessCards => Set<BusinessCard>();
    public DbSet<CardCorrection> CardCorrections => Set<CardCorrection>();
    public DbSet<ConversationAnalysis> Analyses => Set<ConversationAnalysis>();
    public DbSet<ConversationFinding> Findings => Set<ConversationFinding>();
    public DbSet<ContactProfile> Profiles => Set<ContactProfile>();
    public DbSet<ProfileCorrection> ProfileCorrections => Set<ProfileCorrection>();
    public DbSet<NightPlan> NightPlans => Set<NightPlan>();
    public DbSet<NightRun> NightRuns => Set<NightRun>();
    public DbSet<NightBatch> NightBatches => Set<NightBatch>();
    public DbSet<NightFailure> NightFailures => Set<NightFailure>();
    public DbSet<ContactReview> ContactReviews => Set<ContactReview>();
    public DbSet<ContactScore> ContactScores => Set<ContactScore>();
    public DbSet<SuggestedAction> SuggestedActions => Set<SuggestedAction>();
    public DbSet<MorningBrief> MorningBriefs => Set<MorningBrief>();
    public DbSet<BriefLearning> BriefLearnings => Set<BriefLearning>();
    public DbSet<ScriptDraft> ScriptDrafts => Set<ScriptDraft>();
    public DbSet<ScriptTake> ScriptTakes => Set<ScriptTake>();
    public DbSet<ScriptSentence> ScriptSentences => Set<ScriptSentence>();
    public DbSet<AiRun> AiRuns => Set<AiRun>();
    public DbSet<AiCall> AiCalls => Set<AiCall>();
    public DbSet<AiReservation> AiReservations => Set<AiReservation>();
    public DbSet<AiSettings> AiSettings => Set<AiSettings>();
    public DbSet<PromptVersion> PromptVersions => Set<PromptVersion>();
    public DbSet<PromptHead> PromptHeads => Set<PromptHead>();
    public DbSet<PromptAddition> PromptAdditions => Set<PromptAddition>();
    public DbSet<PromptPolicy> PromptPolicies => Set<PromptPolicy>();
    public DbSet<PromptPreview> PromptPreviews => Set<PromptPreview>();
    public DbSet<LookUp> LookUps => Set<LookUp>();
    public DbSet<RegistryEntry> RegistryEntries => Set<RegistryEntry>();
    public DbSet<NameConfirmation> NameConfirmations => Set<NameConfirmation>();
    public DbSet<OutsideAnswer> OutsideAnswers => Set<OutsideAnswer>();
    public DbSet<OutsideHold> OutsideHolds => Set<OutsideHold>();
    public DbSet<OutsideDay> OutsideDays => Set<OutsideDay>();
    public DbSet<TaskItem> Tasks => Set<TaskItem>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<SweepMark> SweepMarks => Set<SweepMark>();
    public DbSet<JobRun> Jobs => Set<JobRun>();
    public DbSet<ChangeSet> ChangeSets => Set<ChangeSet>();
    public DbSet<ChangeEntry> ChangeEntries => Set<ChangeEntry>();
    public DbSet<ChangeSeal> ChangeSeals => Set<ChangeSeal>();
    public DbSet<Login> Logins => Set<Login>();

    /// <summary>The command whose changes the next save records; null where none was begun.</summary>
    public ChangeSet? Command { get; private set; }

    /// <summary>The few appointments among all interactions; each database has its own words for such an index.</summary>
    protected const string AppointmentsIndex = "IX_Interactions_Appointments";

    /// <summary>Sorts behind every character in this database's binary order: the end of a range of search terms.</summary>
    public abstract string TermCeiling { get; }

    public FieldCipher Cipher => cipher;

    /// <summary>Names the command on whose account the next save happens. Its id undoes it.</summary>
    public ChangeSet Begin(string command, Viewer viewer, DateTime now, Guid? undoOf = null, Guid? groupId = null) =>
        Command = new() { Command = command, UserId = viewer.Id, Origin = viewer.Origin, At = now, UndoOf = undoOf, GroupId = groupId };

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var follow = await saving.BeforeAsync(this, cancellationToken);
        var many = ManyMoved.Of(this);
        int rows;
        if (Database.CurrentTransaction is not null)
        {
            rows = await WriteAsync(many, acceptAllChangesOnSuccess, cancellationToken);
            await follow.InTransactionAsync(this, cancellationToken);
            Command = null;
            untold.Add(follow); // whoever was told now would look for what is not there yet, or wait for this very transaction
            return rows;
        }
        if (!follow.HasWork && many is null) rows = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        else
        {
            await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
            rows = await WriteAsync(many, acceptAllChangesOnSuccess, cancellationToken);
            await follow.InTransactionAsync(this, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        Command = null;
        follow.Tell();
        return rows;
    }

    private async Task<int> WriteAsync(ManyMoved? many, bool accept, CancellationToken ct)
    {
        if (many is null) return await base.SaveChangesAsync(accept, ct);
        // All changes are known: to look for them once more, with so much read, would be done while others wait.
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var rows = await base.SaveChangesAsync(accept, ct);
            await many.WriteAsync(this, ct);
            return rows;
        }
        finally { ChangeTracker.AutoDetectChangesEnabled = true; }
    }

    /// <summary>The caller's own transaction is committed: watchers and workers hear of what was saved in it.</summary>
    public void Tell()
    {
        var told = untold.ToList();
        untold.Clear();
        foreach (var follow in told) follow.Tell();
    }

    /// <summary>It was not.</summary>
    public void Forget() => untold.Clear();

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save asynchronously: what follows a save is asynchronous.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Guid>().HaveConversion<BigEndianGuid>().HaveMaxLength(16).AreFixedLength();
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTime>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(24);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        LoginTables.Configure(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
        EncryptedFields.Apply(modelBuilder, cipher);
        foreach (var key in modelBuilder.Model.GetEntityTypes().Where(t => !t.IsOwned()).SelectMany(t => t.GetForeignKeys()))
            if (!key.IsOwnership) key.DeleteBehavior = DeleteBehavior.Restrict; // deletion is marked, and SQL Server allows no cascade circles
    }
}
