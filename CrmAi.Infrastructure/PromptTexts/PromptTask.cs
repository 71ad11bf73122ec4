using System.Collections.Frozen;
using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.AiRuns;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.PromptTexts;

/// <summary>A task for which models are told something: its files lie in Prompts/, and administrators may word their free parts anew.</summary>
internal sealed class PromptTask(AiRunType type, string name, string schema)
{
    /// <summary>So that "conversation/zh/c9999-3fa94c20+9d01b7aa" has room in the ledger.</summary>
    public const int MaxName = 12;

    private readonly Lazy<FrozenDictionary<string, PromptFile>> files = new(() => Prompts.Languages.ToFrozenDictionary(l => l, l => PromptFile.Read(Prompts.PathOf(name, l))));

    public AiRunType Type => type;

    /// <summary>As its files are called.</summary>
    public string Name => name;

    /// <summary>Of the answer.</summary>
    public string Schema => schema;

    /// <summary>By language.</summary>
    public IReadOnlyDictionary<string, PromptFile> Files => files.Value;

    /// <summary>All names of fields in the answer, however deep.</summary>
    public IReadOnlySet<string> Fields { get; } = FieldsOf(schema);

    private static HashSet<string> FieldsOf(string schema)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(schema);
        Walk(document.RootElement);
        return found;

        void Walk(JsonElement shape)
        {
            if (shape.ValueKind != JsonValueKind.Object) return;
            if (shape.TryGetProperty("items", out var item)) Walk(item);
            if (!shape.TryGetProperty("properties", out var properties)) return;
            foreach (var property in properties.EnumerateObject())
            {
                found.Add(property.Name);
                Walk(property.Value);
            }
        }
    }
}

internal static class PromptTasks
{
    /// <summary>Names a task to administrators. What asks models for it takes its prompts from <see cref="PromptSource.Of"/>.</summary>
    public static IServiceCollection AddPromptTask(this IServiceCollection services, AiRunType type, string name, string schema) =>
        name.Length > PromptTask.MaxName ? throw new ArgumentException($"{name}: {PromptTask.MaxName} characters at most", nameof(name)) : services.AddSingleton(new PromptTask(type, name, schema));
}
