using CrmAi.Domain.PromptTexts;
using CrmAi.Tests.AiRuns;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.PromptTexts;

public sealed class PromptPreviewTests : IAsyncLifetime
{
    private PromptStage stage = null!;

    private IPromptPreviews Previews => stage.Db.As(stage.Admin).Get<IPromptPreviews>();

    public async Task InitializeAsync() => stage = await PromptStage.CreateAsync();

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [Fact]
    public async Task Trial_ShowsBothSides_IsMarked_AndLeavesTheContactAsItWas()
    {
        var talk = await stage.SayAsync();
        var before = await MadeAsync();
        stage.Model.Answer = q => q.Instructions.Contains("多看一句", StringComparison.Ordinal)
            ? Said.Conversation(findings: [Said.Finding("Pain", Said.Texts(q)[0].Text[4..8]), Said.Finding("Risk", "这句话谁也没说过")])
            : Said.Conversation(findings: [Said.Finding("Need", Said.Texts(q)[0].Text[4..8])]);
        (await Previews.TalksAsync(stage.Contact, default)).Value.Select(t => t.Id).ShouldBe([talk]);
        var free = await stage.FreeAsync();
        var id = (await Previews.StartAsync(PromptStage.Task, PromptStage.Language, new([free[0] + "多看一句", free[1]], stage.Contact, talk), default)).Value;
        (await Previews.GetAsync(id, default)).Value.ShouldSatisfyAllConditions(v => v.IsDone.ShouldBeFalse(), v => v.ErrorCode.ShouldBeNull());
        var asked = stage.Model.Asked.Count;
        await stage.Db.DrainAsync();
        var view = (await Previews.GetAsync(id, default)).Value;
        view.IsDone.ShouldBeTrue();
        view.Published!.ShouldSatisfyAllConditions(s => s.Name.ShouldStartWith("conversation/zh/1-"), s => s.Claims.ShouldHaveSingleItem().Key.ShouldBe("Need"), s => s.Dropped.ShouldBe(0), s => s.InputTokens.ShouldBe(1200), s => s.CostMicros.ShouldBe(4500));
        view.Edited!.ShouldSatisfyAllConditions(s => s.Name.ShouldStartWith("conversation/zh/c1-"), s => s.Claims.ShouldHaveSingleItem().Key.ShouldBe("Pain"), s => s.Dropped.ShouldBe(1));
        stage.Model.Asked.Skip(asked).ShouldAllBe(q => q.IsPreview && q.UserId == stage.Admin.Id && q.ContactId == stage.Contact);
        (await MadeAsync()).ShouldBe(before);
        // What is published then is the same question: paid once.
        var tried = Infrastructure.AiRuns.ModelCalls.DigestOf("m", stage.Last);
        (await stage.Prompts.SaveAsync(PromptStage.Task, PromptStage.Language, 0, new([free[0] + "多看一句", free[1]], "多看一句", true), default)).Succeeded.ShouldBeTrue();
        await stage.AgainAsync(talk);
        Infrastructure.AiRuns.ModelCalls.DigestOf("m", stage.Last).ShouldBe(tried);
        stage.Last.IsPreview.ShouldBeFalse();
    }

    [Fact]
    public async Task Trial_WithoutAModel_SaysWhatToSet_AndEverythingElseWorks()
    {
        stage.Model.Model = null;
        (await Previews.StartAsync(PromptStage.Task, PromptStage.Language, new(await stage.FreeAsync(), stage.Contact, null), default)).Errors.Single().Code.ShouldBe("prompt.model.none");
        (await stage.ViewAsync()).Model.ShouldBeNull();
        (await stage.SaveAsync()).Succeeded.ShouldBeTrue();
        (await stage.ViewAsync()).Published.ShouldBe(1);
    }

    [Fact]
    public async Task Trial_ThatTheModelRefuses_SaysWhy()
    {
        var talk = await stage.SayAsync();
        stage.Model.Unavailable = "ai.budget";
        var id = (await Previews.StartAsync(PromptStage.Task, PromptStage.Language, new(await stage.FreeAsync(), stage.Contact, talk), default)).Value;
        await stage.Db.DrainAsync();
        (await Previews.GetAsync(id, default)).Value.ShouldSatisfyAllConditions(v => v.Published!.ErrorCode.ShouldBe("ai.budget"), v => v.Edited!.ErrorCode.ShouldBe("ai.budget"));
    }

    [Fact]
    public async Task Trial_OfAProfile_KeepsNone_AndGoesWithItsContact()
    {
        await stage.SayAsync();
        var free = (await stage.Prompts.VersionAsync("profile", "zh", 0, default)).Value.Free;
        var id = (await Previews.StartAsync("profile", "zh", new([free[0] + "看仔细些。", free[1]], stage.Contact, null), default)).Value;
        await stage.Db.DrainAsync();
        (await Previews.GetAsync(id, default)).Value.Edited!.Claims.ShouldHaveSingleItem().Key.ShouldBe("need");
        (await stage.Db.ReadAsync(db => db.Profiles.CountAsync())).ShouldBe(0);
        var other = await stage.Db.AddUserAsync(Domain.Users.Role.Admin);
        (await stage.Db.As(other).Get<IPromptPreviews>().GetAsync(id, default)).Errors.ShouldBe([Domain.Shared.Error.NotFound]);
        (await stage.Db.As(stage.Rep).Contacts.DeleteAsync(stage.Contact, default)).Succeeded.ShouldBeTrue();
        (await stage.Db.ReadAsync(db => db.PromptPreviews.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Trial_OfNothing_IsRefused()
    {
        var free = await stage.FreeAsync();
        (await Previews.StartAsync(PromptStage.Task, PromptStage.Language, new(free, stage.Contact, null), default)).Errors.Single().Code.ShouldBe("prompt.talk.empty");
        (await Previews.StartAsync(PromptStage.Task, PromptStage.Language, new(free, Guid.NewGuid(), Guid.NewGuid()), default)).Errors.ShouldBe([Domain.Shared.Error.NotFound]);
        (await Previews.StartAsync(PromptStage.Task, PromptStage.Language, new(["", free[1]], stage.Contact, Guid.NewGuid()), default)).Errors.Single().Code.ShouldBe("prompt.empty");
    }

    private Task<(int, int, int)> MadeAsync() => stage.Db.ReadAsync(async db => (await db.AiRuns.CountAsync(), await db.Analyses.CountAsync(), await db.Findings.CountAsync()));
}
