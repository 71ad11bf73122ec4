using CrmAi.Domain.Contacts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Enrichment;

/// <summary>A person confirms who a contact is by a public page, and it stays known by which, when and by whom.</summary>
public sealed class NameConfirmationsTests
{
    private static async Task<(Guid Contact, Saved Saved)> ConfirmedAsync(EnrichmentStage stage)
    {
        var contact = (await stage.As().Contacts.AddAsync(Samples.Contact("贺长林", Visibility.Public) with { Company = "恒川精密制造有限公司", Title = "总经理" }, default)).Value.Id;
        var view = await stage.SearchedAsync(new(LookUpKind.Person, "贺长林", Company: "恒川精密制造有限公司", Job: "总经理"), contact);
        view.People.Select(p => p.Candidate.Link).ShouldBe(["https://news.example/a", "https://other.example/b"]); // the third names somebody else
        view.People[0].Match.ShouldSatisfyAllConditions(m => m.Similarity.ShouldBe(1.0, 0.001), m => m.Reasons.ShouldBe([MatchReason.NameInTitle, MatchReason.CompanyNamed, MatchReason.TitleNamed]));
        view.People[1].Match.Reasons.ShouldBe([MatchReason.NameInText, MatchReason.CompanyMissing]);
        var saved = await stage.As().Get<INameConfirmations>().PickAsync(contact, view.Id, view.People[0].Candidate.SourceId, default);
        saved.Succeeded.ShouldBeTrue();
        return (contact, saved.Value);
    }

    [Fact]
    public async Task Choice_StandsOnTheContact_InItsHistory_AndIsTakenBack()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        var (contact, saved) = await ConfirmedAsync(stage);
        var view = (await stage.As().Get<INameConfirmations>().GetAsync(contact, default))!;
        (view.Source, view.Page!.Site, view.PickedBy).ShouldBe(("baidu", "行业周刊", stage.Rep.Name));
        var entry = (await stage.As().History.OfAsync(nameof(Contact), contact, default)).Single(h => h.Command == "name.confirm");
        entry.Fields.Select(f => (f.Field, f.After)).ShouldBe([("Confirmation", "恒川精密制造有限公司总经理贺长林谈质量")]);
        (await stage.As().History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await stage.As().Get<INameConfirmations>().GetAsync(contact, default)).ShouldBeNull();
    }

    [Fact]
    public async Task ThePage_IsShownToThoseWhoReadPersonalDetails_AndToNobodyElse()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        var (contact, _) = await ConfirmedAsync(stage);
        var colleague = await stage.Database.AddUserAsync(Role.SalesRep);
        var seen = (await stage.As(colleague).Get<INameConfirmations>().GetAsync(contact, default))!;
        (seen.Page, seen.PickedBy, seen.MayChange).ShouldBe(((PersonCandidate?)null, stage.Rep.Name, false));
        (await stage.As(colleague).History.OfAsync(nameof(Contact), contact, default)).Single(h => h.Command == "name.confirm").Fields.ShouldBeEmpty();
        (await stage.As(colleague).Get<INameConfirmations>().RemoveAsync(contact, default)).Errors[0].ShouldBe(Error.Forbidden);
        (await stage.As(colleague).Get<ILookUps>().BeginAsync(new(LookUpKind.Person, "贺长林"), contact, default)).Errors[0].ShouldBe(Error.Forbidden);
    }

    [Fact]
    public async Task SearchesAboutAContact_GoWithIt()
    {
        await using var stage = await EnrichmentStage.StartAsync();
        var (contact, _) = await ConfirmedAsync(stage);
        (await stage.RunsAsync()).Single().ContactId.ShouldBe(contact);
        (await stage.As().Contacts.DeleteAsync(contact, default)).Succeeded.ShouldBeTrue();
        (await stage.Database.ReadAsync(db => db.LookUps.CountAsync())).ShouldBe(0);
        (await stage.As().Get<INameConfirmations>().GetAsync(contact, default)).ShouldBeNull();
    }
}
