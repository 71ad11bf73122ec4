using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;

namespace CrmAi.Bench;

/// <summary>What a rep waits for on a big database, through the use cases and their permissions.</summary>
internal static class Lists
{
    private const int Times = 40;

    public static async Task<int> RunAsync(string folder)
    {
        await using var rep = await Rep.OfAsync(folder);
        var (contacts, size) = (rep.Contacts, await rep.SizeAsync());
        Console.WriteLine($"{size.Contacts:N0} contacts, {size.Interactions:N0} interactions, as a rep");
        Measure.Head();
        Task List(string name, ContactQuery query, int start, ListAnchor? near = null) => Measure.RunAsync(name, Times, async () => (await contacts.ListAsync(query, start, 40, default, near)).Total);

        var total = (await contacts.ListAsync(new(), 0, 1, default)).Total;
        await List("my list, first rows", new(), 0);
        await List("my list, from the middle", new(), total / 2);
        await List("my list, on from the middle", new(), total / 2 + 40, (await contacts.ListAsync(new(), total / 2, 40, default)).Last);
        await List("my list, last rows", new(), total - 40);
        await List("my list, high proposals by name", new(Priority: Priority.High, Stage: DealStage.Proposal, Order: ContactOrder.Name), 0);
        await List("team list, first rows", new(ContactScope.Team), 0);
        await List("all, first rows", new(ContactScope.All), 0);
        foreach (var order in Enum.GetValues<ContactOrder>()) await List($"all by {order}, from row 1,000", new(ContactScope.All, Order: order), 1_000);
        foreach (var word in (string[])["张", "张三", "zs", "zhang", "采购", "有限公司", "经理", "恒川", "6620", "wang li"]) await List($"search {word}", new(Search: word), 0);
        foreach (var by in Enum.GetValues<ContactGrouping>()) await Measure.RunAsync($"groups by {by}", Times, async () => (await contacts.GroupsAsync(new(), by, default)).Count);
        var someone = (await contacts.ListAsync(new(), 0, 1, default)).Items[0].Id;
        await Measure.RunAsync("one contact", Times, async () => await contacts.GetAsync(someone, default) is null ? 0 : 1);
        await Measure.RunAsync("timeline, first 20", Times, async () => (await rep.Get<IInteractions>().TimelineAsync(someone, new(), null, 20, default)).Value.Items.Count);
        return 0;
    }
}
