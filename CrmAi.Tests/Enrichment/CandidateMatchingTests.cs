using CrmAi.Domain.Accounts;
using CrmAi.Domain.Enrichment;

namespace CrmAi.Tests.Enrichment;

public sealed class CandidateMatchingTests
{
    private static CompanyCandidate Candidate(string name, string? legal = null, string? region = null, CompanyStatus status = CompanyStatus.Active) => new("1", name, status, null, legal, null, null, null, region, null);

    [Theory]
    [InlineData("恒川精密制造有限公司", "恒川精密制造有限公司", MatchReason.SameName)]
    [InlineData("恒川精密制造有限公司", "恒川精密制造 有限公司", MatchReason.SameName)]
    [InlineData("恒川精密制造", "恒川精密制造股份有限公司", MatchReason.SameCore)]
    [InlineData("Northgate Components Ltd", "NORTHGATE COMPONENTS LIMITED", MatchReason.SameCore)]
    [InlineData("恒川精密", "苏州恒川精密制造有限公司", MatchReason.Contains)]
    [InlineData("恒川精密制造有限公司", "恒川机电制造有限公司", MatchReason.SimilarName)]
    public void Names_AreComparedByWhatTellsCompaniesApart(string ours, string theirs, MatchReason reason)
    {
        var match = CandidateMatching.Of(ours, null, null, Candidate(theirs));
        match.Reasons.ShouldBe([reason]);
        match.Similarity.ShouldBeInRange(0.2, 1);
        CandidateMatching.Of(theirs, null, null, Candidate(ours)).Similarity.ShouldBe(match.Similarity); // alike both ways
    }

    [Fact]
    public void TheLikelierName_ComesFirst()
    {
        double Of(string name) => CandidateMatching.Of("恒川精密制造有限公司", null, null, Candidate(name)).Similarity;
        ((double[])[Of("恒川精密制造有限公司"), Of("恒川精密制造股份有限公司"), Of("苏州恒川精密制造有限公司"), Of("恒川机电制造有限公司"), Of("泽万汽车零部件有限公司"), Of("完全两样")]).ShouldBeInOrder(SortDirection.Descending);
        Of("完全两样").ShouldBe(0);
    }

    [Fact]
    public void ARepresentativeAndACity_CloseApart_AndNeverPassOne()
    {
        var plain = CandidateMatching.Of("恒川精密", "贺长林", "苏州", Candidate("恒川机电有限公司"));
        var fits = CandidateMatching.Of("恒川精密", "贺长林", "苏州", Candidate("恒川机电有限公司", "贺长林", "江苏苏州"));
        fits.Similarity.ShouldBeGreaterThan(plain.Similarity);
        fits.Reasons.ShouldBe([MatchReason.SimilarName, MatchReason.SamePerson, MatchReason.SameCity]);
        CandidateMatching.Of("恒川精密", "贺长林", "苏州", Candidate("恒川精密", "贺长林", "苏州")).Similarity.ShouldBe(1);
        CandidateMatching.Of("恒川精密", null, null, Candidate("恒川精密", status: CompanyStatus.Revoked)).Reasons.ShouldContain(MatchReason.NotActive);
    }

    [Theory]
    [InlineData("存续（在营、开业、在册）", CompanyStatus.Active)]
    [InlineData("在业", CompanyStatus.Active)]
    [InlineData("吊销，未注销", CompanyStatus.Revoked)]
    [InlineData("吊销，已注销", CompanyStatus.Cancelled)]
    [InlineData("注销", CompanyStatus.Cancelled)]
    [InlineData("迁出", CompanyStatus.Moved)]
    [InlineData("清算", CompanyStatus.Closing)]
    [InlineData("别的", CompanyStatus.Unknown)]
    [InlineData(null, CompanyStatus.Unknown)]
    public void Standing_IsReadFromTheRegistersWords(string? text, CompanyStatus status) => CompanyStatuses.Of(text).ShouldBe(status);

    [Fact]
    public void Risk_OnlyGrows_WithWhatSpeaksAgainstACompany()
    {
        var events = from scope in Enum.GetValues<RiskScope>() from weight in Enum.GetValues<RiskWeight>() select new RiskEvent(scope, "x", 1, weight);
        foreach (var one in events)
            foreach (var other in events) ((int)RiskRules.LevelOf([one, other])).ShouldBeGreaterThanOrEqualTo((int)RiskRules.LevelOf([one]));
        RiskRules.LevelOf([]).ShouldBe(RiskLevel.Low);
        RiskRules.LevelOf([new(RiskScope.Own, "x", 0, RiskWeight.High)]).ShouldBe(RiskLevel.Low);
        RiskRules.LevelOf([new(RiskScope.Past, "x", 9, RiskWeight.High)]).ShouldBe(RiskLevel.Low);
        RiskRules.LevelOf([new(RiskScope.Around, "x", 1, RiskWeight.High)]).ShouldBe(RiskLevel.Medium);
        RiskRules.LevelOf([new(RiskScope.Own, "x", 1, RiskWeight.High)]).ShouldBe(RiskLevel.High);
    }

    [Fact]
    public void WhatIsTheSame_IsNoDifference()
    {
        var facts = new CompanyFacts { Name = "恒川精密制造有限公司", City = "苏州市", Address = "澄岸路 218 号", Industry = ["制造业"] };
        RegistryDifferences.Between(new() { Name = "恒川精密制造 有限公司", City = "苏州", Industry = "液压件", Addresses = [new("公司", "澄岸路218号")], Employees = 5 }, facts with { Insured = 9 }).ShouldBeEmpty();
        RegistryDifferences.Between(new() { Name = "恒川" }, facts).Select(d => d.Field).ShouldBe([nameof(AccountEdit.Name), nameof(AccountEdit.Industry), nameof(AccountEdit.City), nameof(AccountEdit.Addresses)]);
    }
}
