using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Enrichment;

/// <summary>A search outside on the page: begun by a click, waited for as a job, shown when its job is done, wherever that ran.</summary>
public abstract class SearchedOutside : LiveComponent
{
    private Guid? id;
    private LookUpAsk? asked;

    [Inject] private ILookUps LookUps { get; set; } = null!;

    [Inject] protected UserClock Clock { get; private set; } = null!;

    /// <summary>The company or contact it is for; null where there is none yet.</summary>
    [Parameter] public Guid? RecordId { get; set; }

    /// <summary>Begins by itself.</summary>
    [Parameter] public bool StartsAtOnce { get; set; }

    protected ServiceStatus? Service { get; private set; }

    protected LookUpView? View { get; private set; }

    protected IReadOnlyList<Error> Refusal { get; private set; } = [];

    /// <summary>What to look for, as the parameters stand.</summary>
    protected abstract LookUpAsk Ask { get; }

    protected abstract ServiceStatus Of(EnrichmentStatus status);

    protected bool MayBegin => !string.IsNullOrWhiteSpace(Ask.Name);

    protected override async Task OnInitializedAsync()
    {
        Service = Of(await LookUps.StatusAsync(Gone));
        if (StartsAtOnce && Service.IsConfigured && MayBegin) await BeginAsync();
    }

    // Another name is another search.
    protected override void OnParametersSet()
    {
        if (asked is not null && asked != Ask) (id, asked, View, Refusal) = (null, null, null, []);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        if (id is { } begun && await LookUps.GetAsync(begun, ct) is { } read) View = read;
    }

    protected async Task BeginAsync()
    {
        (asked, View, Refusal) = (Ask, null, []);
        var begun = await LookUps.BeginAsync(asked, RecordId, Gone);
        if (!begun.Succeeded)
        {
            Refusal = begun.Errors;
            return;
        }
        (id, View) = (begun.Value, new(begun.Value, asked, LookUpState.Waiting, null, null, null, [], []));
        Watch(LiveTopic.JobOn(begun.Value));
        await ReadAsync(Gone);
    }
}
