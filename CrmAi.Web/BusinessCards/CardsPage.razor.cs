using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.BusinessCards;

/// <summary>Photos come in here, and cards wait here to be looked over.</summary>
public sealed partial class CardsPage : LiveComponent
{
    private const string Packages = "apt-get install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng tesseract-ocr-script-hans imagemagick";
    private const int Lately = 8;

    private IReadOnlyList<CardRow>? open;
    private IReadOnlyList<CardRow> saved = [];
    private IReadOnlyList<CorrectionCount> corrections = [];
    private CardSums? sums;
    private string? unable;
    private bool everybody, leads, denied;
    private Guid me;

    [Inject] private IBusinessCards Cards { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    private CardRow? First => open?.FirstOrDefault(c => c.State == CardState.ToReview) ?? open?.FirstOrDefault(c => c.State == CardState.Failed);

    protected override async Task OnInitializedAsync()
    {
        var viewer = await CurrentUser.GetAsync(Gone);
        (me, leads, denied) = (viewer.Id, viewer.Role is Role.Admin or Role.Manager, !viewer.May(Operation.WriteContacts));
        if (denied) return;
        Watch(LiveTopic.CardsOf(me));
        await ReadAsync(Gone);
        unable = await Cards.ReaderAsync(Gone) is { Succeeded: false } refused ? L.Of(refused.Errors) : null;
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var all = everybody;
        var (cards, counts) = (await Cards.OpenAsync(all, ct), await Cards.SumsAsync(all, ct));
        var lately = await Cards.PageAsync(new(all, CardState.Saved), null, Lately, ct);
        var corrected = await Cards.CorrectionsAsync(ct);
        if (all != everybody) return;
        (open, sums, saved, corrections) = (cards, counts, lately.Value.Items, corrected);
        if (all) Watch(cards.Concat(saved).Select(c => c.OwnerId).Append(me).Distinct().Select(LiveTopic.CardsOf));
    }

    private Task LookAtAsync(bool all)
    {
        (everybody, open) = (all, null);
        if (!all) Watch(LiveTopic.CardsOf(me));
        return ReadAsync(Gone);
    }
}
