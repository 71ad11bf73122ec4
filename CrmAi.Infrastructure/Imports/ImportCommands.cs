using CrmAi.Domain.History;
using CrmAi.Domain.Imports;

namespace CrmAi.Infrastructure.Imports;

/// <summary>What change sets of imports are called.</summary>
internal static class ImportCommands
{
    public const string Undo = "import.undo";

    /// <summary>The one row that counts batches.</summary>
    public const int Gate = 1;

    public static string Of(ImportKind kind) => $"import.{kind.ToString().ToLowerInvariant()}";

    /// <summary>A hundred thousand records at once have no job each: what follows from them, the night does.</summary>
    public static bool Is(ChangeSet? command) => command?.Command.StartsWith("import.", StringComparison.Ordinal) == true;
}
