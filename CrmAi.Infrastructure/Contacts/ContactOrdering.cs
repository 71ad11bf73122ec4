using System.Linq.Expressions;
using CrmAi.Domain.Contacts;
using Microsoft.EntityFrameworkCore.Query;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>
/// An order of the list: columns that end with the id, so that no two contacts stand at one place.
/// Where the first column may be empty, the list is read as two parts, those with a value and those without: each is then a seek in an index,
/// and empty ones come last on either database.
/// </summary>
internal sealed class ContactOrdering
{
    private readonly ListColumn[] columns;
    private readonly bool hasEmpty;

    private ContactOrdering(ContactOrder order, bool reversed, bool hasEmpty, params ListColumn[] columns) => (Order, Reversed, this.hasEmpty, this.columns) = (order, reversed, hasEmpty, columns);

    public ContactOrder Order { get; }

    public bool Reversed { get; }

    /// <summary>What a place in this order is made of.</summary>
    public IReadOnlyList<Type> Kinds => [.. columns.Select(c => c.Kind)];

    public static ContactOrdering Of(ContactQuery query)
    {
        ContactOrdering Make(bool hasEmpty, params ListColumn[] columns) => new(query.Order, query.Reversed, hasEmpty, columns);
        var id = new ListColumn<Guid>(c => c.Id, query.Order is ContactOrder.LastContact or ContactOrder.Created);
        return query.Order switch
        {
            ContactOrder.Name => Make(false, new ListColumn<string>(c => c.SortName, false), id),
            ContactOrder.Created => Make(false, id),
            ContactOrder.FollowUp => Make(true, new ListColumn<DateTime?>(c => c.NextFollowUpAt, false), id),
            ContactOrder.Manual when query.FolderId is not null || query.Unfiled => Make(false, new ListColumn<double>(c => c.Position, false), id),
            ContactOrder.Manual => Make(true, new ListColumn<Guid?>(c => c.FolderId, false), new ListColumn<double>(c => c.Position, false), id),
            _ => Make(true, new ListColumn<DateTime?>(c => c.LastContactAt, true), id),
        };
    }

    public ContactPlace PlaceOf(FoundContact row) => PlaceOf(row.Row.Id, row.Row.LastContactAt, row.Row.NextFollowUpAt, row.Row.FolderId, row.Position, row.Sort);

    public ContactPlace PlaceOf(Contact row) => PlaceOf(row.Id, row.LastContactAt, row.NextFollowUpAt, row.FolderId, row.Position, row.SortName);

    private ContactPlace PlaceOf(Guid id, DateTime? lastContact, DateTime? followUp, Guid? folder, double position, string sort) => new(Order, Reversed, Order switch
    {
        ContactOrder.Name => [sort, id],
        ContactOrder.Created => [id],
        ContactOrder.FollowUp => [followUp, id],
        ContactOrder.Manual => columns.Length == 2 ? [position, id] : [folder, position, id],
        _ => [lastContact, id],
    });

    /// <summary>The list as one or two queries, to be read one after the other.</summary>
    /// <param name="backwards">From the end to the beginning.</param>
    /// <param name="from">Only those behind this place, in the direction of reading; null for all.</param>
    /// <param name="including">The one that stands at the place too.</param>
    public IEnumerable<IQueryable<Contact>> Parts(IQueryable<Contact> contacts, bool backwards, ContactPlace? from = null, bool including = false)
    {
        backwards ^= Reversed;
        if (!hasEmpty)
        {
            yield return Sorted(Behind(contacts, columns, from?.Values, backwards, including), columns, backwards);
            yield break;
        }
        var within = columns[1..];
        foreach (var empty in (bool[])[backwards, !backwards])
        {
            // Parts wholly before the place are left out, the part of the place is cut, those behind it are whole.
            var place = from?.Values;
            var same = place is not null && place[0] is null == empty;
            if (place is not null && !same && empty == backwards) continue;
            var part = contacts.Where(columns[0].Empty(empty));
            if (empty) yield return Sorted(Behind(part, within, same ? place![1..] : null, backwards, including), within, backwards);
            else yield return Sorted(Behind(part, columns, same ? place : null, backwards, including), columns, backwards);
        }
    }

    private static IQueryable<Contact> Sorted(IQueryable<Contact> contacts, ListColumn[] by, bool backwards)
    {
        var sorted = by[0].Sort(contacts, backwards, first: true);
        return by[1..].Aggregate(sorted, (rows, column) => column.Sort(rows, backwards, first: false));
    }

    // a <= x and (a < x or (b <= y and (b < y or ...))): its first half is the seek in the index, on either database.
    private static IQueryable<Contact> Behind(IQueryable<Contact> contacts, ListColumn[] by, object?[]? place, bool backwards, bool including)
    {
        if (place is null) return contacts;
        var row = Expression.Parameter(typeof(Contact), "c");
        Expression? behind = null;
        for (var i = by.Length - 1; i >= 0; i--)
        {
            var down = by[i].Down ^ backwards;
            var strict = by[i].Than(row, place[i]!, down ? ExpressionType.LessThan : ExpressionType.GreaterThan);
            var loose = by[i].Than(row, place[i]!, down ? ExpressionType.LessThanOrEqual : ExpressionType.GreaterThanOrEqual);
            behind = behind is null ? (including ? loose : strict) : Expression.AndAlso(loose, Expression.OrElse(strict, behind));
        }
        return contacts.Where(Expression.Lambda<Func<Contact, bool>>(behind!, row));
    }
}

internal abstract class ListColumn(bool down)
{
    public bool Down => down;

    public abstract Type Kind { get; }

    public abstract IQueryable<Contact> Sort(IQueryable<Contact> contacts, bool backwards, bool first);

    public abstract Expression Than(ParameterExpression row, object value, ExpressionType than);

    public abstract Expression<Func<Contact, bool>> Empty(bool empty);
}

internal sealed class ListColumn<T>(Expression<Func<Contact, T>> of, bool down) : ListColumn(down)
{
    public override Type Kind => typeof(T);

    public override IQueryable<Contact> Sort(IQueryable<Contact> contacts, bool backwards, bool first)
    {
        if (first) return Down ^ backwards ? contacts.OrderByDescending(of) : contacts.OrderBy(of);
        var sorted = (IOrderedQueryable<Contact>)contacts;
        return Down ^ backwards ? sorted.ThenByDescending(of) : sorted.ThenBy(of);
    }

    public override Expression Than(ParameterExpression row, object value, ExpressionType than)
    {
        var column = ReplacingExpressionVisitor.Replace(of.Parameters[0], row, of.Body);
        // Held like a variable of a closure, so that the value is a parameter of the statement and no part of its text.
        var held = Expression.Property(Expression.Constant(new Held((T)value)), nameof(Held.Value));
        if (typeof(T) != typeof(string)) return Expression.MakeBinary(than, column, held);
        return Expression.MakeBinary(than, Expression.Call(typeof(string), nameof(string.Compare), null, column, held), Expression.Constant(0));
    }

    public override Expression<Func<Contact, bool>> Empty(bool empty)
    {
        var none = Expression.Constant(null, typeof(T));
        return Expression.Lambda<Func<Contact, bool>>(empty ? Expression.Equal(of.Body, none) : Expression.NotEqual(of.Body, none), of.Parameters);
    }

    private sealed record Held(T Value);
}
