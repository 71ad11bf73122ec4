using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Contacts;

/// <summary>One owner's contacts with many ties and gaps in every column that lists are ordered by.</summary>
public sealed class OrderedContacts : IAsyncLifetime
{
    public const int Count = 120;

    private TestDatabase db = null!;

    internal Acting My { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        var rep = await db.AddUserAsync(Role.SalesRep);
        My = db.As(rep);
        var folders = Enumerable.Range(0, 3).Select(i => new Folder { OwnerId = rep.Id, Name = $"f{i}", Position = i }).ToList();
        var dice = new Random(20261121);
        var now = db.Clock.Now;
        await db.WriteAsync(d =>
        {
            d.AddRange(folders);
            d.AddRange(Enumerable.Range(0, Count).Select(_ => new Contact
            {
                Name = dice.GetItems(["张伟", "李娜", "Ann", "王芳", "？"], 1)[0], OwnerId = rep.Id, Visibility = Visibility.Private,
                LastContactAt = dice.Next(3) == 0 ? null : now.Date.AddDays(-dice.Next(4)), NextFollowUpAt = dice.Next(2) == 0 ? null : now.Date.AddDays(dice.Next(3)),
                FolderId = dice.Next(3) == 0 ? null : folders[dice.Next(3)].Id, Position = dice.Next(4), CreatedAt = now, UpdatedAt = now,
            }));
        });
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();
}

public sealed class ContactOrderTests(OrderedContacts all) : IClassFixture<OrderedContacts>
{
    private readonly IContacts contacts = all.My.Contacts;

    public static TheoryData<ContactOrder, bool> Orders
    {
        get
        {
            var orders = new TheoryData<ContactOrder, bool>();
            foreach (var order in Enum.GetValues<ContactOrder>())
            {
                orders.Add(order, false);
                orders.Add(order, true);
            }
            return orders;
        }
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task Pages_InAnyOrder_VisitEveryContactOnceAsTheListDoes(ContactOrder order, bool reversed)
    {
        var query = new ContactQuery(Order: order) { Reversed = reversed };
        var paged = new List<Guid>();
        string? after = null;
        do
        {
            var page = (await contacts.PageAsync(query, after, 7, default)).Value;
            paged.AddRange(page.Items.Select(c => c.Id));
            after = page.Next;
        }
        while (after is not null);

        paged.Distinct().Count().ShouldBe(OrderedContacts.Count);
        (await ListedAsync(query)).ShouldBe(paged);
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task Ranges_FromAnyAnchor_AgreeWithTheWholeList(ContactOrder order, bool reversed)
    {
        var query = new ContactQuery(Order: order) { Reversed = reversed };
        var whole = await ListedAsync(query);
        foreach (var from in (int[])[0, 1, 37, 60, 83, 112])
        {
            var slice = await contacts.ListAsync(query, from, 7, default);
            slice.Items.Select(c => c.Id).ShouldBe(whole.Skip(from).Take(7));
            (slice.First!.Position, slice.Last!.Position).ShouldBe((from, from + 6));
            foreach (var start in (int[])[0, 3, from - 11, from - 4, from, from + 1, from + 7, from + 30, OrderedContacts.Count - 3])
            {
                if (start < 0) continue;
                foreach (var near in (ListAnchor[])[slice.First, slice.Last])
                    (await contacts.ListAsync(query, start, 9, default, near)).Items.Select(c => c.Id).ShouldBe(whole.Skip(start).Take(9), $"{start} from {near.Position}");
            }
        }
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task Order_OfTheList_IsThatOfItsColumn(ContactOrder order, bool reversed)
    {
        var rows = (await contacts.ListAsync(new ContactQuery(Order: order) { Reversed = reversed }, 0, 200, default)).Items.ToList();
        if (reversed) rows.Reverse();
        IEnumerable<ContactRow> expected = order switch
        {
            ContactOrder.LastContact => rows.OrderByDescending(c => c.LastContactAt ?? DateTime.MinValue),
            ContactOrder.FollowUp => rows.OrderBy(c => c.NextFollowUpAt ?? DateTime.MaxValue),
            ContactOrder.Created => rows.OrderByDescending(c => Convert.ToHexString(c.Id.ToByteArray(true)), StringComparer.Ordinal),
            ContactOrder.Name => rows.OrderBy(c => c.Name switch { "？" => "", "Ann" => "ann", "李娜" => "lina", "王芳" => "wangfang", _ => "zhangwei" }, StringComparer.Ordinal),
            _ => rows.OrderBy(c => c.FolderId is null ? "Z" : Convert.ToHexString(c.FolderId.Value.ToByteArray(true)), StringComparer.Ordinal),
        };
        rows.Select(c => c.Id).ShouldBe(expected.Select(c => c.Id));
    }

    [Fact]
    public async Task Folder_InManualOrder_IsReadByPosition()
    {
        var folder = (await contacts.ListAsync(new(Order: ContactOrder.Manual), 0, 1, default)).Items[0].FolderId;
        foreach (var query in (ContactQuery[])[new(FolderId: folder, Order: ContactOrder.Manual), new(Order: ContactOrder.Manual) { Unfiled = true }])
        {
            var whole = await ListedAsync(query);
            var paged = new List<Guid>();
            for (string? after = null; paged.Count == 0 || after is not null;)
            {
                var page = (await contacts.PageAsync(query, after, 5, default)).Value;
                paged.AddRange(page.Items.Select(c => c.Id));
                page.Items.ShouldAllBe(c => c.Fields.FolderId == query.FolderId);
                after = page.Next;
            }
            paged.ShouldBe(whole);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense!")]
    [InlineData("AAAA")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Cursor_OfNobody_IsRefusedAndAnAnchorOfNobodyIsPassedOver(string text)
    {
        foreach (var order in Enum.GetValues<ContactOrder>())
        {
            (await contacts.PageAsync(new(Order: order), text, 5, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("cursor.unknown");
            (await contacts.ListAsync(new(Order: order), 3, 5, default, new(2, text))).Items.Count.ShouldBe(5);
        }
    }

    [Fact]
    public async Task Cursor_OfAnotherOrder_IsRefused()
    {
        var orders = Enum.GetValues<ContactOrder>().SelectMany(o => (ContactQuery[])[new(Order: o), new(Order: o) { Reversed = true }]).ToList();
        foreach (var query in orders)
        {
            var next = (await contacts.PageAsync(query, null, 5, default)).Value.Next;
            foreach (var other in orders.Where(o => o != query)) (await contacts.PageAsync(other, next, 5, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("cursor.unknown");
        }
    }

    [Fact]
    public async Task Range_BeyondTheEnd_IsEmpty()
    {
        var slice = await contacts.ListAsync(new(), 5_000, 40, default);
        (slice.Items.Count, slice.Total, slice.First, slice.HasMore).ShouldBe((0, OrderedContacts.Count, null, false));
    }

    private async Task<List<Guid>> ListedAsync(ContactQuery query) => [.. (await contacts.ListAsync(query, 0, 200, default)).Items.Select(c => c.Id)];
}
