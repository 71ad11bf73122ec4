using CrmAi.Domain.Accounts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Enrichment;

/// <summary>Whether a company's name and its registration's number belong together.</summary>
public sealed class VerificationTests
{
    private const string Path = "/services/open/ic/verify/2.0";

    [Fact]
    public async Task Name_IsVerifiedByAJob_WithNumberAndRepresentative_AndTheAnswerStandsWithItsDate()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        await stage.PickedAsync();
        (await stage.ViewAsync()).ShouldSatisfyAllConditions(v => v.MayVerify.ShouldBeTrue(), v => v.Entry!.Verification.ShouldBeNull());
        (await Entries(stage).VerifyAsync(stage.AccountId, default)).Succeeded.ShouldBeTrue();
        (await Entries(stage).VerifyAsync(stage.AccountId, default)).Errors.Single().Code.ShouldBe("enrichment.running");
        (await stage.ViewAsync()).IsVerifying.ShouldBeTrue();
        await stage.Database.DrainAsync();
        var view = await stage.ViewAsync();
        (view.IsVerifying, view.ErrorCode).ShouldBe((false, null));
        view.Entry!.Verification.ShouldNotBeNull().ShouldSatisfyAllConditions(v => (v.Name, v.Matches).ShouldBe(("恒川精密制造有限公司", true)), v => v.At.ShouldBe(stage.Database.Clock.Now, TimeSpan.FromMinutes(1)));
        var asked = stage.StandIn.Requests.Single(r => r.Target.StartsWith(Path, StringComparison.Ordinal)).Target;
        foreach (var part in (string[])["91DEMO000000000101", "恒川精密制造有限公司", "贺长林"]) Uri.UnescapeDataString(asked).ShouldContain(part);
        // what the register answers is no edit of ours, and nothing stands against taking the choice back
        var picked = (await stage.As().History.OfAsync(nameof(Account), stage.AccountId, default)).Single(e => e.Command == "registry.pick");
        (await stage.As().History.UndoAsync(picked.ChangeSetId, default)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Name_ThatBelongsToAnother_IsTold_AndAnotherChoiceForgetsIt()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        await stage.PickedAsync();
        stage.StandIn.Bodies[Path] = StandInRegistry.Result("""{"result":0,"remark":"企业名称与注册号不一致"}""");
        (await Entries(stage).VerifyAsync(stage.AccountId, default)).Succeeded.ShouldBeTrue();
        await stage.Database.DrainAsync();
        (await stage.ViewAsync()).Entry!.Verification!.Matches.ShouldBeFalse();
        await stage.PickedAsync("103");
        (await stage.ViewAsync()).Entry!.Verification.ShouldBeNull();
    }

    [Fact]
    public async Task Verification_ThatFails_TellsWhy_AndOthersMayNotAsk()
    {
        await using var stage = await EnrichmentStage.StartAsync(o => o.Attempts = 1);
        await stage.PickedAsync();
        stage.StandIn.Next(new StandInAnswer(500));
        (await Entries(stage).VerifyAsync(stage.AccountId, default)).Succeeded.ShouldBeTrue();
        await stage.Database.DrainAsync();
        (await stage.ViewAsync()).ShouldSatisfyAllConditions(v => v.ErrorCode.ShouldBe("enrichment.fault"), v => v.Entry!.Verification.ShouldBeNull());
        var stranger = stage.As(await stage.Database.AddUserAsync(Role.SalesRep)).Get<IRegistryEntries>();
        (await stranger.VerifyAsync(stage.AccountId, default)).Errors.ShouldBe([Error.NotFound]);
        (await Entries(stage).RemoveAsync(stage.AccountId, default)).Succeeded.ShouldBeTrue();
        (await Entries(stage).VerifyAsync(stage.AccountId, default)).Errors.ShouldBe([Error.NotFound]);
    }

    [Fact]
    public async Task NotSetUp_OrWithoutANumber_ItIsNotOffered()
    {
        await using var stage = await EnrichmentStage.StartAsync(isConfigured: false);
        await stage.Database.WriteAsync(db => db.RegistryEntries.Add(new() { Id = stage.AccountId, Source = "tianyancha", SourceId = "101", PickedBy = stage.Rep.Id, PickedAt = stage.Database.Clock.Now, CheckedAt = stage.Database.Clock.Now, Facts = new() { Name = "恒川", CreditCode = "91DEMO000000000101", LegalRepresentative = "贺长林" } }));
        (await stage.ViewAsync()).MayVerify.ShouldBeFalse();
        (await Entries(stage).VerifyAsync(stage.AccountId, default)).Errors.Single().Code.ShouldBe("enrichment.unset");
    }

    private static IRegistryEntries Entries(EnrichmentStage stage) => stage.As().Get<IRegistryEntries>();
}
