namespace CrmAi.Tests.Architecture;

public sealed class CodeRulesTests
{
    /// <summary>Reads of owned tables past the owner predicate, each with the reason it may.</summary>
    private static readonly Dictionary<string, string> Past = new()
    {
        ["CrmAi.Infrastructure/Data/AppDbContext.cs"] = "declares the tables",
        ["CrmAi.Infrastructure/Data/LostFiles.cs"] = "which files cards still name, whoever owns them",
        ["CrmAi.Infrastructure/Data/Seed/ManySeed.cs"] = "fills a database of invented records",
        ["CrmAi.Infrastructure/Accounts/AccountPeople.cs"] = "the company's name at everybody who works there",
        ["CrmAi.Infrastructure/Accounts/AccountNamesJob.cs"] = "a company's present name, to bring it to its people",
        ["CrmAi.Infrastructure/Contacts/ContactIndexing.cs"] = "search columns of contacts and their companies' names, whoever saves",
        ["CrmAi.Infrastructure/CustomFields/ReindexJob.cs"] = "what all records are found by, whoever owns them",
        ["CrmAi.Infrastructure/Interactions/InteractionRows.cs"] = "a contact's statistics, whoever saves",
        ["CrmAi.Infrastructure/Conversations/ConversationInputs.cs"] = "names beside an interaction that its caller may see",
        ["CrmAi.Infrastructure/AiRuns/NamesAround.cs"] = "names beside a contact that its caller may see, only to be taken out of what leaves",
        ["CrmAi.Infrastructure/PromptTexts/PromptSource.cs"] = "whose contact it is, to heed what its owner added",
        ["CrmAi.Infrastructure/Profiles/ProfileRequests.cs"] = "whose contact it is, to ask on their behalf for its profile, whoever saves",
        ["CrmAi.Infrastructure/Notifications/DueSweep.cs"] = "owners of contacts whose follow-up is due, to tell each of their own",
        ["CrmAi.Infrastructure/Scoring/ScoreRequests.cs"] = "whose contact it is, to ask on their behalf for its scores, whoever saves",
        ["CrmAi.Infrastructure/Enrichment/StaleEntries.cs"] = "whose company it is, to ask the register on their behalf",
        ["CrmAi.Infrastructure/BusinessCards/CardJob.cs"] = "the card it has seen, as it is now",
        ["CrmAi.Infrastructure/BusinessCards/OldCards.cs"] = "cards whose time is up, whoever owns them",
        ["CrmAi.Infrastructure/BusinessCards/BusinessCards.Deciding.cs"] = "the card it has seen, with its job",
        ["CrmAi.Infrastructure/Contacts/ContactPhotos.cs"] = "whether a card still needs a photo's file",
        ["CrmAi.Infrastructure/Search/TextSweep.cs"] = "what all texts and names are found by, whoever owns them",
        ["CrmAi.Infrastructure/Data/ManyMoved.cs"] = "conversations that a command moves which was allowed before",
        ["CrmAi.Infrastructure/Duplicates/MatchRows.cs"] = "what is compared of all contacts and companies, to be shown to those who see both alone",
        ["CrmAi.Infrastructure/Duplicates/DuplicateChecks.cs"] = "whether there is anybody to compare",
        ["CrmAi.Infrastructure/Duplicates/DuplicateRule.cs"] = "who works at a company that has another name, to compare them anew",
        ["CrmAi.Infrastructure/Duplicates/DuplicateSearch.cs"] = "whose a contact is that one may not see, where the company allows to tell",
        ["CrmAi.Infrastructure/Duplicates/ContactMerge.cs"] = "all that hangs on a contact whom one may change, to move it: nothing of it is shown",
        ["CrmAi.Infrastructure/Duplicates/AccountMerge.cs"] = "everybody at a company that one may change, to move them: nothing of them is shown",
        ["CrmAi.Infrastructure/Imports/ContactMatching.cs"] = "whose a contact is that one may not see, where the company allows to tell",
        ["CrmAi.Infrastructure/Imports/ContactTermWriting.cs"] = "which of an import's own contacts were saved again, to index them anew",
        ["CrmAi.Infrastructure/Imports/ImportReversal.cs"] = "contacts of an import that its undo has judged, and rows that are read already",
        ["CrmAi.Infrastructure/Imports/LabelReversal.cs"] = "whether anybody's contact carries a label that an import made and that is to go",
        ["CrmAi.Infrastructure/Imports/TermRemoval.cs"] = "terms of an import's own records that are deleted already, whoever may see them",
        ["CrmAi.Infrastructure/Imports/InteractionImporter.cs"] = "a contact's statistics, as with every save of a conversation",
        ["CrmAi.Infrastructure/History/Reversal.cs"] = "whether anybody at all works at a company that is to go",
    };

    private static readonly string[] Product = [.. Sources.In("CrmAi.Domain", ".cs"), .. Sources.In("CrmAi.Infrastructure", ".cs"), .. Sources.In("CrmAi.Web", ".cs", ".razor")];

    [Fact]
    public void OwnedTables_AreReadThroughTheOwnerPredicate()
    {
        const string sets = @"\bSet<([\w.]*\.)?(Contact|Account|Interaction)>\(\)";
        var places = Sources.Places(Product.Where(f => f.StartsWith("CrmAi.Infrastructure/", StringComparison.Ordinal)), $@"\b(db|context|inner|read)\.(Contacts|Accounts|Interactions|BusinessCards)\b(?!\.(VisibleTo|Add|AddRange)\()|{sets}");
        places.Where(p => !Past.ContainsKey(p[..p.IndexOf(':', StringComparison.Ordinal)])).ShouldBeEmpty();
        Past.Keys.Where(file => !places.Any(p => p.StartsWith(file, StringComparison.Ordinal))).ShouldBeEmpty("exceptions that nothing needs");
    }

    [Fact]
    public void Nothing_IsAsyncVoid() => Sources.Places(Product.Concat(Sources.In("CrmAi.Tests", ".cs")).Where(f => !f.Contains("/Architecture/", StringComparison.Ordinal)), @"\basync void\b").ShouldBeEmpty();

    [Fact]
    public void Clocks_AreAskedThroughTimeProvider() =>
        Sources.Places(Product.Where(f => !f.StartsWith("CrmAi.Web/", StringComparison.Ordinal)), @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b")
            .Where(p => !p.StartsWith("CrmAi.Infrastructure/Platform/Jobs/SchedulerFeature.cs", StringComparison.Ordinal)).ShouldBeEmpty(); // the scheduler keeps its own time

    [Fact]
    public void Waiting_IsNeverBlocking() =>
        Sources.Places(Product, @"\.GetAwaiter\(\)\.GetResult\(\)|\.Wait\(\)|Thread\.Sleep\(|(?<!WaitForJobsToComplete)\b\w+Async\([^)]*\)\.Result\b").ShouldBeEmpty();

    [Fact]
    public void Tasks_AreLetGoOnlyWhereWatchersAndWorkersAreTold() =>
        Sources.Places(Product.Where(f => f.StartsWith("CrmAi.Infrastructure/", StringComparison.Ordinal)), @"\b_ = \w+Async\(").Select(p => p[..p.IndexOf(':', StringComparison.Ordinal)]).Distinct()
            .ShouldBeSubsetOf(["CrmAi.Infrastructure/Platform/Live/InProcessLiveUpdates.cs", "CrmAi.Infrastructure/Platform/Jobs/QuartzBell.cs"]);

    [Fact]
    public void Html_IsWrittenByComponentsAlone() =>
        Sources.Places(Product, @"\(MarkupString\)|new MarkupString\(|\bAddMarkupContent\b|innerHTML").ShouldBeEmpty();

    [Fact]
    public void Sql_IsNeverPutTogetherFromText() =>
        Sources.Places(Product, @"\b(FromSqlRaw|ExecuteSqlRaw(Async)?|SqlQueryRaw)\(").ShouldBeEmpty();

    [Fact]
    public void Files_ReadInOneSitting() =>
        Product.Concat(Sources.In("CrmAi.Tests", ".cs")).Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).Select(f => (File: f, Lines: Sources.Read(f).Count(c => c == '\n'))).Where(f => f.Lines > 250).ShouldBeEmpty();

    [Fact]
    public void Sources_SayNothingOfTickets() =>
        Sources.Places(Product.Concat(Sources.In("CrmAi.Tests", ".cs")).Concat(Sources.In("infra", ".md", ".sh", ".cs")), "(?i:iss" + @"ue)\s*#\d|\bTO" + "DO" + @"\b|\bFIX" + "ME" + @"\b").ShouldBeEmpty();

    [Fact]
    public void Settings_StandInOnePlace() =>
        Sources.In("", ".json").Where(f => Path.GetFileName(f).StartsWith("appsettings", StringComparison.Ordinal)).ShouldBe(["appsettings.json"]);
}
