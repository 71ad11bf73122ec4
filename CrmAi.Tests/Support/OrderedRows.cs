using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrmAi.Tests.Support;

/// <summary>Refuses queries that take some of many rows in no order: another time they are others. To count up to a limit needs none.</summary>
internal sealed class OrderedRows : IQueryExpressionInterceptor
{
    /// <summary>One for all, as is the cache of compiled queries.</summary>
    public static readonly OrderedRows Check = new();

    private OrderedRows() { }

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        new Walk().Visit(queryExpression);
        return queryExpression;
    }

    private sealed class Walk : ExpressionVisitor
    {
        private static readonly string[] Counting = [nameof(Queryable.Count), nameof(Queryable.LongCount), nameof(Queryable.Any)];

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.DeclaringType != typeof(Queryable)) return base.VisitMethodCall(node);
            if (Counting.Contains(node.Method.Name) && node.Arguments is [var counted] && counted is MethodCallExpression { Method.Name: nameof(Queryable.Take) } limit)
            {
                Visit(limit.Arguments[0]);
                return node;
            }
            if (node.Method.Name is nameof(Queryable.Take) or nameof(Queryable.Skip) && !IsOrdered(node.Arguments[0]))
                throw new InvalidOperationException($"Rows are taken in no order: {node}");
            return base.VisitMethodCall(node);
        }

        private static bool IsOrdered(Expression source) => source is MethodCallExpression { Arguments.Count: > 0 } call
            && (call.Method.Name is nameof(Queryable.OrderBy) or nameof(Queryable.OrderByDescending) or nameof(Queryable.Order) or nameof(Queryable.OrderDescending) || IsOrdered(call.Arguments[0]));
    }
}
