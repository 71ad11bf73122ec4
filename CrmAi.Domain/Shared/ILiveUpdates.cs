namespace CrmAi.Domain.Shared;

/// <summary>Tells whoever watches that something changed. A topic carries an id, never data: watchers read again under their own rights.</summary>
public interface ILiveUpdates
{
    /// <summary>Called after the change is committed.</summary>
    void Publish(LiveTopic topic);

    /// <summary>Watch before you read, so that nothing falls in between. Ends when disposed.</summary>
    /// <param name="changed">Must not block; is called on a thread of the publisher's.</param>
    IDisposable Watch(LiveTopic topic, Func<Task> changed);
}

/// <summary>What may change.</summary>
public readonly record struct LiveTopic(string Kind, Guid Id)
{
    public static LiveTopic Contact(Guid id) => new("contact", id);

    /// <summary>The list of contacts that one person owns or works in.</summary>
    public static LiveTopic ContactsOf(Guid userId) => new("contacts", userId);

    /// <summary>A company, or who works there.</summary>
    public static LiveTopic Account(Guid id) => new("account", id);

    /// <summary>Something of anybody's was deleted or brought back; what of it one sees, reading again tells.</summary>
    public static LiveTopic Deletions => new("deletions", Guid.Empty);

    /// <summary>Some command of anybody's was done; what of it one sees, reading again tells.</summary>
    public static LiveTopic Changes => new("changes", Guid.Empty);

    /// <summary>Anybody's suspected duplicates came, went, were put aside or merged.</summary>
    public static LiveTopic Duplicates => new("duplicates", Guid.Empty);

    /// <summary>The nightly analysis: its plan, or how far a run is.</summary>
    public static LiveTopic NightRuns => new("nights", Guid.Empty);

    /// <summary>The business cards that one person photographed: new ones, how far their reading is, what became of them.</summary>
    public static LiveTopic CardsOf(Guid userId) => new("cards", userId);

    /// <summary>The files that one person imports: new ones, how far each is.</summary>
    public static LiveTopic ImportsOf(Guid userId) => new("imports", userId);
    /// <summary>The files that one person had made of records: new ones, how far they are.</summary>
    public static LiveTopic ExportsOf(Guid userId) => new("exports", userId);

    /// <summary>The tasks of one person.</summary>
    public static LiveTopic TasksOf(Guid userId) => new("tasks", userId);

    /// <summary>Anybody's tasks about one contact.</summary>
    public static LiveTopic TasksWith(Guid contactId) => new("contact-tasks", contactId);

    /// <summary>What one person is told.</summary>
    public static LiveTopic NotificationsOf(Guid userId) => new("notifications", userId);
    /// <summary>Anybody's runs and calls of analysts.</summary>
    public static LiveTopic AiRuns => new("ai-runs", Guid.Empty);

    /// <summary>One person's.</summary>
    public static LiveTopic AiRunsOf(Guid userId) => new("ai-runs", userId);

    /// <summary>The switch, budgets.</summary>
    public static LiveTopic AiSettings => new("ai-settings", Guid.Empty);

    /// <summary>What models are told: versions, publications, additions, trials.</summary>
    public static LiveTopic Prompts => new("prompts", Guid.Empty);

    /// <summary>The morning brief of one person, and what becomes of its steps.</summary>
    public static LiveTopic BriefOf(Guid userId) => new("brief", userId);

    /// <summary>Somebody's words for one suggested step.</summary>
    public static LiveTopic ScriptsFor(Guid suggestionId) => new("scripts", suggestionId);

    /// <summary>What a person decides in their settings.</summary>
    public static LiveTopic SettingsOf(Guid userId) => new("settings", userId);

    /// <summary>Background work on one record: begun, done or given up.</summary>
    public static LiveTopic JobOn(Guid subjectId) => new("job", subjectId);

    public static LiveTopic User(Guid id) => new("user", id);

    public override string ToString() => $"{Kind}:{Id}";
}
