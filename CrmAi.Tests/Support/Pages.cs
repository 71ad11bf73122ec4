using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CrmAi.Tests.Support;

/// <summary>What component tests share: a signed-in person, records, and live updates that a test sets off.</summary>
internal static class Pages
{
    public static readonly Viewer Rep = new(Guid.CreateVersion7(), "周岚", Role.SalesRep, null, [], "zh-CN", "Asia/Shanghai", ChangeOrigin.Page);

    public static IServiceCollection AddPerson(this IServiceCollection services)
    {
        var person = Substitute.For<ICurrentUser>();
        person.GetAsync(Arg.Any<CancellationToken>()).Returns(Rep);
        services.AddFake<IMerges>();
        services.AddFake<IDuplicates>().CheckAsync(null!, null, default).ReturnsForAnyArgs(new DuplicateCheck([], []));
        return services.AddSingleton(person);
    }

    public static T AddFake<T>(this IServiceCollection services) where T : class
    {
        var fake = Substitute.For<T>();
        services.AddSingleton(fake);
        return fake;
    }

    /// <summary>What the list of contacts needs beside its contacts: nobody has folders, tags or views.</summary>
    public static IServiceCollection AddListFakes(this IServiceCollection services, params FolderRow[] folders)
    {
        services.AddFake<IFolders>().ListAsync(default).ReturnsForAnyArgs(folders);
        services.AddFake<ITags>().ListAsync(default).ReturnsForAnyArgs([]);
        services.AddFake<IUsers>().ColleaguesAsync(default).ReturnsForAnyArgs([]);
        services.AddFake<IViews>().ListAsync(default).ReturnsForAnyArgs([]);
        services.AddFake<IHistory>();
        services.AddFake<IBulkEdits>();
        return services;
    }

    public static LiveByHand AddLive(this IServiceCollection services)
    {
        var live = new LiveByHand();
        services.AddSingleton<ILiveUpdates>(live);
        return live;
    }

    public static ContactDetail Contact(string name = "林若溪", int version = 1) => new(Guid.CreateVersion7(), version, new ContactEdit { Name = name, Title = "采购总监", Mobile = "13800001203" }, null, "周岚", Rep.Id, false, true, true, [], DateTime.UtcNow, null, 0, null);

    public static TimelineItem Item(string content, AnalysisView analysis, Guid? contactId = null) => new(Guid.CreateVersion7(), 1, contactId ?? Guid.CreateVersion7(), "周岚", Rep.Id,
        new InteractionEdit { Type = InteractionType.Call, Content = content, At = DateTime.UtcNow.AddHours(-1) }, true, [], analysis, DateTime.UtcNow);

    public static QuotedFinding Finding(Guid interaction, string text, string quote, FindingKind kind, ObjectionKind? objection = null) => new(Guid.CreateVersion7(), kind, objection, null, null, null, null, null, 0.8,
        new Evidence(interaction, text.IndexOf(quote, StringComparison.Ordinal), quote.Length), quote, DateTime.UtcNow);
}

/// <summary>Live updates that are told by the test, and that know who still watches.</summary>
internal sealed class LiveByHand : ILiveUpdates
{
    private readonly List<(LiveTopic Topic, Func<Task> Changed)> watchers = [];

    public int Watchers => watchers.Count;

    public void Publish(LiveTopic topic) => throw new NotSupportedException();

    public IDisposable Watch(LiveTopic topic, Func<Task> changed)
    {
        var watcher = (topic, changed);
        watchers.Add(watcher);
        return new Ended(() => watchers.Remove(watcher));
    }

    /// <summary>Tells of a change; what follows is seen by waiting for the page.</summary>
    public IReadOnlyList<Task> Tell(LiveTopic topic) => [.. watchers.Where(w => w.Topic == topic).ToList().Select(w => w.Changed())];

    private sealed class Ended(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
