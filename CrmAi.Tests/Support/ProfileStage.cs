using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Web.Profiles;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CrmAi.Tests.Support;

/// <summary>A profile as pages see it, made of statements that a test chooses, and what is said of them.</summary>
internal sealed class ProfileStage
{
    public static readonly Guid Contact = Guid.CreateVersion7();
    public static readonly DateTime Held = new(2026, 11, 3, 2, 0, 0, DateTimeKind.Utc);

    public ProfileStage(ProfileView view) => Show(view);

    public LiveByHand Live { get; private set; } = null!;

    public IProfiles Profiles { get; } = Substitute.For<IProfiles>();

    public IConversations Conversations { get; } = Substitute.For<IConversations>();

    public List<Correction> Corrections { get; } = [];

    /// <summary>What a correction is answered with.</summary>
    public Result Answer { get; set; } = Result.Ok;

    public void Show(ProfileView view) => Profiles.GetAsync(Contact, Arg.Any<CancellationToken>()).Returns(view);

    public Task<ComponentPage> RenderAsync(bool versions = false) => ComponentPage.RenderAsync<ProfilePane>(services =>
    {
        Live = services.AddPerson().AddLive();
        services.AddSingleton(Profiles);
        services.AddSingleton(Conversations);
        Conversations.RateAsync(default, default, null, default).ReturnsForAnyArgs(Result.Ok);
        Profiles.AnalyseAsync(default, default).ReturnsForAnyArgs(Result.Ok);
        Profiles.WithdrawAsync(default, default).ReturnsForAnyArgs(Result.Ok);
        Profiles.CorrectAsync(default, null!, default).ReturnsForAnyArgs(call =>
        {
            Corrections.Add(call.Arg<Correction>());
            return Answer;
        });
    }, new { ContactId = Contact, Link = (Func<Evidence, string>)(e => $"/there/{e.Start}/{e.Length}"), ShowsVersions = versions, VersionsAddress = "/versions" });

    public static ProfileView Made(params ShownClaim[] claims) => new(AnalysisState.Done, null, Guid.CreateVersion7(), "rules", "1", Held, 5, new(0.67, 0.97, 0.5), true, claims);

    public static ShownClaim Level(ProfilePart part, string key, int level, string? value = null)
    {
        var shown = Shown(part, key, value, 0.75, "原话");
        return shown with { Claim = shown.Claim with { Level = level } };
    }

    public static ShownClaim Shown(ProfilePart part, string key, string? value, double confidence, params string[] quotes)
    {
        IReadOnlyList<ClaimQuote> quoted = [.. quotes.Select((q, i) => new ClaimQuote(new(Contact, 7 + i, q.Length), q, Held))];
        return new(new(part, key, value, confidence, [.. quoted.Select(q => q.Evidence)]), quoted);
    }
}
