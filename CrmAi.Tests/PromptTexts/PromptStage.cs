using CrmAi.Domain.Conversations;
using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Tests.AiRuns;
using CrmAi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.PromptTexts;

/// <summary>An administrator, two reps, a contact of the first one's, and a model that quotes what it reads.</summary>
internal sealed class PromptStage : IAsyncDisposable
{
    public const string Task = "conversation", Language = "zh";

    private PromptStage(TestDatabase db, ScriptedModel model) => (Db, Model) = (db, model);

    public TestDatabase Db { get; }
    public ScriptedModel Model { get; }
    public User Admin { get; private set; } = null!;
    public User Rep { get; private set; } = null!;
    public User Mate { get; private set; } = null!;
    public Guid Contact { get; private set; }

    public IPromptTexts Prompts => Db.As(Admin).Get<IPromptTexts>();

    public IPromptAdditions AdditionsOf(User user) => Db.As(user).Get<IPromptAdditions>();

    public static async Task<PromptStage> CreateAsync()
    {
        var model = new ScriptedModel { Answer = q => q.SchemaName == "profile" ? Said.Profile(Said.Claim("need", null, [("c1", Words(q))])) : Said.Conversation(findings: [Said.Finding("Need", Words(q))]) };
        var stage = new PromptStage(await TestDatabase.CreateAsync(services => services.Replace(ServiceDescriptor.Singleton<IModelCalls>(model))), model);
        var team = await stage.Db.AddTeamAsync("一队");
        stage.Admin = await stage.Db.AddUserAsync(Role.Admin);
        stage.Rep = await stage.Db.AddUserAsync(Role.SalesRep, team);
        stage.Mate = await stage.Db.AddUserAsync(Role.SalesRep, team);
        stage.Contact = (await stage.Db.As(stage.Rep).Contacts.AddAsync(Samples.Contact("林若溪", Visibility.Team), default)).Value.Id;
        return stage;
    }

    public async Task<Guid> SayAsync(User? by = null)
    {
        var talk = (await Db.As(by ?? Rep).Interactions.AddAsync(Contact, Samples.Interaction(), default)).Value.Id;
        await Db.DrainAsync();
        return talk;
    }

    public async Task AgainAsync(Guid talk, User? by = null)
    {
        (await Db.As(by ?? Rep).Conversations.AnalyseAsync(talk, default)).Succeeded.ShouldBeTrue();
        await Db.DrainAsync();
    }

    public async Task<PromptView> ViewAsync(string task = Task, string language = Language) => (await Prompts.GetAsync(task, language, default)).Value;

    public async Task<IReadOnlyList<string>> FreeAsync(int number = 0) => (await Prompts.VersionAsync(Task, Language, number, default)).Value.Free;

    /// <summary>The file's own parts with a sentence more.</summary>
    public async Task<PromptEdit> EditAsync(string added = "我们卖工厂软件。", bool publish = false) => await FreeAsync() is var free ? new([free[0] + "\n" + added, free[1]], "说明我们卖什么", publish) : null!;

    public async Task<Result<Saved>> SaveAsync(string added = "我们卖工厂软件。", bool publish = true) => await Prompts.SaveAsync(Task, Language, (await ViewAsync()).Version, await EditAsync(added, publish), default);

    public ModelQuestion Last => Model.Asked.Last();

    public ValueTask DisposeAsync() => Db.DisposeAsync();

    private static string Words(ModelQuestion question) => Said.Texts(question)[0].Text[4..8];
}
