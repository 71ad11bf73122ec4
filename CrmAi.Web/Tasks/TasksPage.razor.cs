using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace CrmAi.Web.Tasks;

/// <summary>What is to do, by day or by week. Whose, which week and about whom stand in the address.</summary>
public sealed partial class TasksPage : LiveComponent
{
    private const string All = "all", DayFormat = "yyyy-MM-dd";

    private ElementReference page;
    private DotNetObjectReference<TasksPage>? self;
    private IJSObjectReference? script;
    private IReadOnlyList<TaskPerson> people = [];
    private IReadOnlyList<PlanItem>? items;
    private Viewer? me;
    private PlanScope? shownScope;
    private DateOnly? shownWeek;
    private Guid? asked;
    private string? contactName;
    private bool maySee = true;

    [Inject] private ITasks Tasks { get; set; } = null!;
    [Inject] private IContacts Contacts { get; set; } = null!;
    [Inject] private PlanReading Reading { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TaskPageServices Services { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Week { get; set; }
    [SupplyParameterFromQuery] private string? Person { get; set; }
    [SupplyParameterFromQuery] private string? Contact { get; set; }
    [SupplyParameterFromQuery(Name = "task")] private string? Asked { get; set; }

    private bool InWeek => Week is not null;

    private DateOnly Monday => Plan.Monday(DateOnly.TryParseExact(Week, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1990 and < 2199 ? day : Clock.Today);

    private PlanScope Scope => new(Guid.TryParse(Person, out var person) ? person : null, Person == All, Guid.TryParse(Contact, out var contact) ? contact : null);

    private bool IsOthers => Scope.Everybody || (Scope.Person is { } person && person != me?.Id);

    private Guid? PersonChoice => Scope.Everybody ? Guid.Empty : Scope.Person == me?.Id ? null : Scope.Person;

    private IEnumerable<(Guid, string)> PersonChoices => [(Guid.Empty, L["tasks.person.all"].Value), .. people.Where(p => p.Id != me?.Id).Select(p => (p.Id, p.Name))];

    protected override async Task OnInitializedAsync()
    {
        me = await CurrentUser.GetAsync(Gone);
        maySee = me.May(Operation.WriteTasks);
        people = await Tasks.PeopleAsync(Gone);
        await ShowAsync();
    }

    protected override Task OnParametersSetAsync() => me is null || (Scope == shownScope && (InWeek ? Monday : null) == shownWeek && items is not null) ? OpenAskedAsync() : ShowAsync();

    private async Task ShowAsync()
    {
        (shownScope, shownWeek) = (Scope, InWeek ? Monday : null);
        if (!maySee) return;
        var watched = Scope.Everybody || Scope.Contact is not null ? people.Select(p => p.Id) : [Scope.Person ?? me!.Id];
        Watch([.. watched.Select(LiveTopic.TasksOf), LiveTopic.ContactsOf(Scope.Person ?? me!.Id)]);
        contactName = Scope.Contact is { } contact ? (await Contacts.GetAsync(contact, Gone))?.Fields.Name : null;
        await ReadAsync(Gone);
        await OpenAskedAsync();
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var (scope, week) = (shownScope!, shownWeek);
        var read = week is { } monday ? await Reading.ByWeekAsync(scope, me!.Id, monday, ct) : await Reading.ByDayAsync(scope, me!.Id, ct);
        if (scope == shownScope && week == shownWeek) items = read;
    }

    // An address may lead to one task: it opens over the list, once.
    private async Task OpenAskedAsync()
    {
        if (me is null || !Guid.TryParse(Asked, out var id) || id == asked) return;
        asked = id;
        await Task.Yield(); // whoever else hears of the new address closes the dialogs of the old one
        if (await Tasks.GetAsync(id, Gone) is { } task) await InvokeAsync(() => _ = EditAsync(task));
        else Services.Toasts.Problem(L["tasks.missing"]);
    }

    private Task EditAsync(TaskRow? task) => TaskDialog.OpenAsync(Services.Dialogs, L[task is null ? "task.add" : "task.edit"], task, task is null ? Scope.Contact : null, contactName, Scope.Person);

    private void Go(DateOnly? week, Guid? person) => Navigation.NavigateTo(Address(week, person is { } id ? id == Guid.Empty ? All : id == me?.Id ? null : id.ToString() : null, Contact), replace: true);

    private void Go(DateOnly? week) => Navigation.NavigateTo(Address(week, Person, Contact), replace: true);

    private void Go(Guid? person) => Go(shownWeek, person);

    private void Go(bool allContacts) => Navigation.NavigateTo(Address(shownWeek, Person, allContacts ? null : Contact), replace: true);

    private static string Address(DateOnly? week, string? person, string? contact)
    {
        string?[] parts = [week is { } day ? $"week={day.ToString(DayFormat, CultureInfo.InvariantCulture)}" : null, person is null ? null : $"person={person}", contact is null ? null : $"contact={contact}"];
        return string.Join('&', parts.OfType<string>()) is { Length: > 0 } query ? $"/tasks?{query}" : "/tasks";
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            self = DotNetObjectReference.Create(this);
            var module = await Services.Js.InvokeAsync<IJSObjectReference>("import", Gone, "./tasks.js");
            script = await module.InvokeAsync<IJSObjectReference>("attach", Gone, page, self);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
    }

    /// <summary>Dragged to a day, or moved by keys.</summary>
    [JSInvokable]
    public async Task Move(string id, string? day, int days)
    {
        if (items?.FirstOrDefault(i => i.Task is { } t && t.Id.ToString() == id)?.Task is not { State: TaskState.Open } task) return;
        var from = task.Fields.DueAt is { } due ? DateOnly.FromDateTime(Clock.Local(due)) : Clock.Today;
        var to = DateOnly.TryParseExact(day, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var named) ? named : from.AddDays(days);
        if (task.Fields.DueAt is null || to != from) await Services.Commands.MoveAsync(task, to, Gone);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        try
        {
            if (script is not null)
            {
                await script.InvokeVoidAsync("dispose", CancellationToken.None);
                await script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException) { }
        self?.Dispose();
    }
}

/// <summary>What the page does beside showing.</summary>
public sealed record TaskPageServices(TaskCommands Commands, DialogService Dialogs, Toasts Toasts, IJSRuntime Js);
