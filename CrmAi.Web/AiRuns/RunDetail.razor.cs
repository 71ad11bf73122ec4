using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.AiRuns;

/// <summary>One run in full, beside the list. Whose it is says there whether it was of use.</summary>
public sealed partial class RunDetail : LiveComponent
{
    private AiRunDetail? detail;
    private Viewer? viewer;
    private bool gone;

    [Inject] private IAiRuns Runs { get; set; } = null!;
    [Inject] private IConversations Conversations { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public Guid Id { get; set; }
    [Parameter, EditorRequired] public AiFilter Filter { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<LiveTopic> Topics { get; set; } = [];
    [Parameter] public EventCallback OnClose { get; set; }

    private AiRunRow Run => detail!.Run;

    // What others think of their runs is theirs to say; of what one may not see one says nothing.
    private bool MayRate => viewer is not null && viewer.Id == Run.Person.Id && viewer.May(Operation.WriteInteractions) && Run.Contact is not null && Run.State != AiRunState.Refused;

    private AiRating Rating => Run.Useful switch { true => AiRating.Useful, false => AiRating.Useless, _ => AiRating.Unrated };

    private IEnumerable<(string Name, string Value)> Facts =>
    [
        (L["ai.at"], Clock.Full(Run.At)),
        (L["ai.person"], Run.Person.Name),
        (L["ai.analyst"], $"{L.Analyst(Run.Analyst)} · {Run.AnalystVersion}"),
        (L["ai.prompt"], detail!.PromptVersion ?? AiWords.None),
        (L["ai.claims.shown"], AiWords.Count(Run.Claims)),
        (L["ai.claims.dropped"], AiWords.Count(Run.Dropped)),
        (L["ai.tokens.full"], AiWords.Tokens(Run.InputTokens, Run.OutputTokens)),
        (L["ai.took"], L["ai.ms", Run.Milliseconds == 0 ? "<1" : AiWords.Count(Run.Milliseconds)]),
        (L["ai.cost"], AiWords.Cost(Run.CostMicros)),
    ];

    protected override async Task OnInitializedAsync()
    {
        Watch(Topics);
        viewer = await CurrentUser.GetAsync(Gone);
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        detail = await Runs.GetAsync(Id, ct);
        gone = detail is null;
    }

    private async Task RateAsync(bool useful, string? comment)
    {
        var before = detail!;
        var text = comment ?? (Run.Useful == useful ? before.Comment : null);
        detail = before with { Run = Run with { Useful = useful }, Comment = string.IsNullOrWhiteSpace(text) ? null : text };
        var result = await Conversations.RateAsync(Id, useful, comment, Gone);
        if (result.Succeeded) return;
        detail = before;
        Toasts.Problem(L.Of(result.Errors));
    }
}
