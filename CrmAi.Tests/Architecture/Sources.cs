using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace CrmAi.Tests.Architecture;

/// <summary>The repository's own source files.</summary>
internal static class Sources
{
    private static readonly string[] Left = ["bin", "obj", ".git", "node_modules", "artifacts", ".vs"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root, with forward slashes.</summary>
    public static IEnumerable<string> In(string project, params string[] endings) => Walk(Path.Combine(Root, project))
        .Where(file => endings.Any(e => file.EndsWith(e, StringComparison.Ordinal)))
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>Each place where the pattern occurs outside comments, as "file:line: text".</summary>
    public static IReadOnlyList<string> Places(IEnumerable<string> files, string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant);
        return [.. files.SelectMany(file => Read(file).Split('\n').Select((text, i) => (text, i))
            .Where(line => !line.text.TrimStart().StartsWith("//", StringComparison.Ordinal) && regex.IsMatch(line.text))
            .Select(line => $"{file}:{line.i + 1}: {line.text.Trim()}"))];
    }

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder).Where(d => !Left.Contains(Path.GetFileName(d))).SelectMany(Walk));

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
