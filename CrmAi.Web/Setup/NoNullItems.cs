using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CrmAi.Web.Setup;

/// <summary>Lists that come in over the API hold no nulls, and records lack no part that is never null; the types say so of what they hold, but cannot of items, nor of parts left out.</summary>
internal static class NoNullItems
{
    public static void Apply(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false } && !property.PropertyType.IsValueType) property.IsRequired = true;
            if (property.Set is not { } set || !property.PropertyType.IsGenericType || property.PropertyType.GetGenericTypeDefinition() != typeof(IReadOnlyList<>)) continue;
            property.Set = (target, value) =>
            {
                if (value is IEnumerable items && items.Cast<object?>().Contains(null)) throw new JsonException($"{property.Name} holds null.");
                set(target, value);
            };
        }
    }
}
