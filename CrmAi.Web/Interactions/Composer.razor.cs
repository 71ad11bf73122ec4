using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Interactions;

/// <summary>Where a note is written or a chat pasted; also where a saved one is edited.</summary>
public sealed partial class Composer : ComponentBase, IAsyncDisposable
{
    private const int FirstHour = 10, UsualMinutes = 60;

    private readonly CancellationTokenSource gone = new();
    private ComposerForm form = new();
    private IReadOnlyList<Error> errors = [];
    private TextEntry? entry;
    private AttachmentTray? tray;
    private ElementReference zone;
    private string? record;
    private string? repName;
    private string suffix = "";
    private int version, generation;
    private bool preview, details, asking, saving, restored;

    [Inject] private IInteractions Interactions { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private Drafts Drafts { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;

    [Parameter] public ContactDetail? Contact { get; set; }

    /// <summary>The interaction to edit; null to write a new one.</summary>
    [Parameter] public TimelineItem? Item { get; set; }
    [Parameter] public IReadOnlyDictionary<string, ChatSide> KnownSpeakers { get; set; } = new Dictionary<string, ChatSide>();
    [Parameter] public bool Roomy { get; set; }
    [Parameter] public EventCallback<Saved> OnSaved { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (Item is not null) (form, version, suffix) = (ComposerForm.From(Item), Item.Version, "-edit");
        var viewer = await CurrentUser.GetAsync(gone.Token);
        repName = viewer.Name;
        record = Item is null ? Drafts.Record(viewer.Id, "note", Contact?.Id) : Drafts.Record(viewer.Id, "edit", Item.Id);
        var drafts = await Drafts.ReadAsync(record, gone.Token);
        if (drafts.TryGetValue("fields", out var kept)) form.Restore(kept);
        // A text kept of a field comes back only where the field is shown.
        details = drafts.Keys.Any(field => field is not ("fields" or "text")) || (Item is null && form.HasMore);
        Read();
    }

    private string? About(string field) => L.About(errors, field);

    private void Read()
    {
        form.Read(new ChatContext(Clock.Offset(form.At ?? Clock.UtcNow), repName is null ? [] : [repName], Contact is null ? [] : [.. new[] { Contact.Fields.Name, Contact.Fields.EnglishName }.OfType<string>()], KnownSpeakers));
        if (!form.IsThread) preview = false;
    }

    private Task TypedAsync(string text)
    {
        form.Text = text;
        errors = [];
        asking = false;
        Read();
        return Task.CompletedTask;
    }

    private async Task SetAsync(Action set)
    {
        set();
        if (record is not null) await Drafts.KeepAsync(record, "fields", form.Keep(), gone.Token);
    }

    // An appointment is for later, and is mostly about when, where and with whom.
    private Task ScheduleAsync(bool on) => SetAsync(() =>
    {
        form.IsScheduled = on;
        if (!on) return;
        details = true;
        if (form.At is null || form.At <= Clock.UtcNow) form.Choose(Clock.Utc(Clock.Now.Date.AddDays(1).AddHours(FirstHour)));
        if (!form.IsThread && form.Type == InteractionType.Call && form.Text.Length == 0 && !form.HasChosenType) form.Choose(InteractionType.Meeting);
        form.Minutes ??= UsualMinutes;
    });

    private Task FilesChangedAsync(IReadOnlyList<AttachmentRow> files) => SetAsync(() =>
    {
        form.Files.Clear();
        form.Files.AddRange(files);
    });

    private async Task AnswerAsync((string Speaker, ChatSide Side) answer)
    {
        await SetAsync(() => form.Answer(answer.Speaker, answer.Side));
        Read();
        asking = asking && form.Unanswered.Any();
    }

    // Saying that one does not know is an answer too: the words are then counted as nobody's.
    private async Task DontKnowAsync()
    {
        foreach (var speaker in form.Unanswered.ToList()) await SetAsync(() => form.Answer(speaker.Name, ChatSide.Unknown));
        asking = false;
        await SaveAsync();
    }

    private async Task SaveAsync()
    {
        if (saving || form.IsEmpty || tray is { IsUploading: true }) return;
        Read();
        asking = form.Unanswered.Any();
        if (asking) return;
        saving = true;
        errors = [];
        StateHasChanged();
        try
        {
            var edit = form.ToEdit(Clock.UtcNow);
            var result = Item is null ? await Interactions.AddAsync(Contact!.Id, edit, gone.Token) : await Interactions.UpdateAsync(Item.Id, version, edit, gone.Token);
            if (result.Succeeded) await SavedAsync(result.Value);
            else if (result.Errors.Any(e => e.Code == Error.Conflict.Code)) await SettleAsync(edit);
            else errors = result.Errors;
        }
        finally
        {
            saving = false;
        }
    }

    private async Task SavedAsync(Saved saved)
    {
        await DiscardAsync();
        if (Item is null) Undo.Offer(L["compose.saved"], saved);
        await OnSaved.InvokeAsync(saved);
        if (Item is null && entry is not null) await entry.FocusAsync();
    }

    private async Task DiscardAsync()
    {
        if (record is not null) await Drafts.ClearAsync(record, gone.Token);
        form = Item is null ? new() : ComposerForm.From(Item);
        (restored, preview, details, errors) = (false, false, false, []);
        generation++;
        Read();
        StateHasChanged();
    }

    private async Task SettleAsync(InteractionEdit mine)
    {
        if (await Interactions.GetAsync(Item!.Id, gone.Token) is not { } latest)
        {
            errors = [Error.NotFound];
            return;
        }
        if (await ConflictDialog.SettleAsync(Dialogs, L, InteractionFields.All(L, Clock), Item.Fields, mine, latest.Fields) is not { } settled) return;
        var result = await Interactions.UpdateAsync(Item.Id, latest.Version, settled, gone.Token);
        if (result.Succeeded) await SavedAsync(result.Value);
        else (errors, version) = (result.Errors, latest.Version);
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        gone.Dispose();
    }
}
