using CrmAi.Domain.PromptTexts;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.PromptTexts;
using CrmAi.Tests.AiRuns;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.PromptTexts;

/// <summary>What a change of prompts makes of the next question.</summary>
public sealed class PromptUseTests : IAsyncLifetime
{
    private PromptStage stage = null!;

    public async Task InitializeAsync() => stage = await PromptStage.CreateAsync();

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [Fact]
    public async Task Publication_HoldsForTheNextQuestion_AndMakesANewResult()
    {
        var talk = await stage.SayAsync();
        var (asked, first) = (stage.Model.Asked.Count, await RunAsync(talk));
        first.Prompt.ShouldStartWith("conversation/zh/1-");
        (await stage.SaveAsync(publish: false)).Succeeded.ShouldBeTrue();
        await stage.AgainAsync(talk);
        stage.Model.Asked.Count.ShouldBe(asked, "what is only kept changes nothing");
        (await stage.Prompts.PublishAsync(PromptStage.Task, PromptStage.Language, (await stage.ViewAsync()).Version, 1, default)).Succeeded.ShouldBeTrue();
        await stage.AgainAsync(talk);
        stage.Model.Asked.Count.ShouldBe(asked + 1);
        stage.Last.Instructions.ShouldContain("我们卖工厂软件。");
        var second = await RunAsync(talk);
        second.Prompt.ShouldBe((await stage.ViewAsync()).Name);
        second.Prompt.ShouldStartWith("conversation/zh/c1-");
        second.Version.ShouldNotBe(first.Version);
        await stage.AgainAsync(talk);
        stage.Model.Asked.Count.ShouldBe(asked + 1, "the same input and the same prompt is not asked again");
    }

    [Fact]
    public async Task Rollback_AsksTheVeryQuestionThatWasAskedBefore()
    {
        var talk = await stage.SayAsync();
        var before = ModelCalls.DigestOf("m", stage.Last);
        (await stage.SaveAsync("一")).Succeeded.ShouldBeTrue();
        await stage.AgainAsync(talk);
        var first = ModelCalls.DigestOf("m", stage.Last);
        (await stage.SaveAsync("二")).Succeeded.ShouldBeTrue();
        await stage.AgainAsync(talk);
        ModelCalls.DigestOf("m", stage.Last).ShouldNotBe(first);
        await BackAsync(1);
        ModelCalls.DigestOf("m", stage.Last).ShouldBe(first);
        await BackAsync(0);
        ModelCalls.DigestOf("m", stage.Last).ShouldBe(before);

        async Task BackAsync(int number)
        {
            (await stage.Prompts.PublishAsync(PromptStage.Task, PromptStage.Language, (await stage.ViewAsync()).Version, number, default)).Succeeded.ShouldBeTrue();
            await stage.AgainAsync(talk);
        }
    }

    [Fact]
    public async Task AnotherProcess_TellsModelsTheSame_AtTheNextQuestion()
    {
        await using var other = TestDatabase.Services(stage.Db.Folder, services => services.Replace(ServiceDescriptor.Singleton<IModelCalls>(stage.Model)));
        var (here, there) = (stage.Db.Get<PromptSource>().Of(PromptStage.Task), other.GetRequiredService<PromptSource>().Of(PromptStage.Task));
        (await NameAsync(there)).ShouldBe(await NameAsync(here));
        (await stage.SaveAsync()).Succeeded.ShouldBeTrue();
        (await NameAsync(there)).ShouldStartWith("conversation/zh/c1-");
        (await NameAsync(there)).ShouldBe(await NameAsync(here));
        (await stage.Prompts.PublishAsync(PromptStage.Task, PromptStage.Language, (await stage.ViewAsync()).Version, 0, default)).Succeeded.ShouldBeTrue();
        (await NameAsync(there)).ShouldStartWith("conversation/zh/1-");

        async Task<string> NameAsync(Prompts prompts) => (await prompts.ForAsync(stage.Rep.Id, stage.Contact, default)).In("zh").Version;
    }

    [Fact]
    public async Task Addition_OfTheOwner_IsHeededBehindTheText_WhoeverAsks()
    {
        var own = stage.AdditionsOf(stage.Rep);
        (await own.SaveAsync(PromptStage.Task, 0, "留意林若溪说的招标日期", default)).Succeeded.ShouldBeTrue();
        (await stage.AdditionsOf(stage.Mate).SaveAsync(PromptStage.Task, 0, "别人的补充", default)).Succeeded.ShouldBeTrue();
        var talk = await stage.SayAsync();
        var file = Prompts.Of(PromptStage.Task, Infrastructure.Conversations.ConversationAnswer.Schema).In("zh");
        var heeded = stage.Last;
        heeded.Instructions.ShouldStartWith(file.Text);
        // A name that the data may not hold leaves no other way either.
        heeded.Instructions[file.Text.Length..].ShouldContain("留意⟦人1⟧说的招标日期");
        heeded.Instructions.ShouldNotContain("别人的补充");
        heeded.PromptVersion.ShouldStartWith(file.Version + "+");
        heeded.PromptVersion.Length.ShouldBeLessThanOrEqualTo(40);
        var asked = stage.Model.Asked.Count;
        await stage.AgainAsync(talk, stage.Mate);
        stage.Model.Asked.Count.ShouldBe(asked, "who looks changes nothing");
        (await stage.Prompts.AllowAdditionsAsync(0, false, default)).Succeeded.ShouldBeTrue();
        await stage.AgainAsync(talk);
        (stage.Last.PromptVersion, stage.Last.Instructions).ShouldBe((file.Version, file.Text));
    }

    [Fact]
    public async Task Addition_IsOnesOwn_Short_AndFreeOfAddresses()
    {
        var own = stage.AdditionsOf(stage.Rep);
        (await own.SaveAsync("poem", 0, "x", default)).Errors.ShouldBe([Domain.Shared.Error.NotFound]);
        (await CodesAsync(0, new('长', PromptRules.MaxAddition + 1))).ShouldBe([("prompt.addition.long", "Text")]);
        (await CodesAsync(0, "有事写信 a@b.com")).ShouldBe([("prompt.address", "Text")]);
        var saved = (await own.SaveAsync("profile", 0, " 留意停机 ", default)).Value;
        (await CodesAsync(0, "另一句")).ShouldBe([("conflict", null)]);
        (await own.MineAsync(default)).Items.Single(i => i.Task == "profile").ShouldBe(new("profile", Domain.AiRuns.AiRunType.Profile, "留意停机", saved.Version));
        (await stage.AdditionsOf(stage.Mate).MineAsync(default)).Items.ShouldAllBe(i => i.Text == "");
        (await stage.Db.As(stage.Mate).History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeFalse();
        (await stage.Prompts.AllowAdditionsAsync(0, false, default)).Succeeded.ShouldBeTrue();
        (await CodesAsync(saved.Version, "另一句")).ShouldBe([("prompt.addition.off", "Text")]);
        (await own.SaveAsync("profile", saved.Version, "", default)).Succeeded.ShouldBeTrue("what was added may always be taken away");
        (await stage.Prompts.AllowAdditionsAsync(7, true, default)).Errors.ShouldBe([Domain.Shared.Error.Conflict]);

        async Task<IEnumerable<(string, string?)>> CodesAsync(int version, string text) => (await own.SaveAsync("profile", version, text, default)).Errors.Select(e => (e.Code, e.Field));
    }

    [Fact]
    public void EveryPromptFile_BelongsToATaskThatAdministratorsWord_AndKeepsItsGuardRails()
    {
        var tasks = stage.Db.Get<PromptSource>().Tasks;
        Directory.EnumerateFiles(Prompts.DefaultFolder).Select(f => Path.GetFileName(f)!.Split('.')[0]).Distinct().Order().ShouldBe(tasks.Select(t => t.Name).Order());
        foreach (var file in tasks.SelectMany(t => t.Files.Values))
        {
            file.Parts.ShouldContain(p => p.IsFree);
            file.Parts[^1].IsFree.ShouldBeFalse("the last word is ours");
            file.Parts.Where(p => p.IsFree).ShouldAllBe(p => !PlaceholderPatterns.HoldsAddress(p.Text));
            string.Concat(file.Text().Where(c => !char.IsWhiteSpace(c))).ShouldBe(string.Concat(file.Parts.SelectMany(p => p.Text).Where(c => !char.IsWhiteSpace(c))));
        }
    }

    private async Task<(string Prompt, string Version)> RunAsync(Guid talk)
    {
        var run = await stage.Db.ReadAsync(db => db.AiRuns.AsNoTracking().Where(r => r.InteractionId == talk).OrderByDescending(r => r.Id).FirstAsync());
        return (run.PromptVersion!, run.AnalystVersion);
    }
}
