using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Shared;

/// <summary>One value of a list to choose from.</summary>
/// <param name="Depth">How far it is set in, for trees.</param>
public sealed record Choice<TValue>(TValue? Value, string Text, int Depth = 0);

public static class Choices
{
    /// <summary>All values of an enum, in words.</summary>
    public static IReadOnlyList<Choice<T?>> All<T>(IStringLocalizer<Text> words) where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => new Choice<T?>(v, words.Of(v)))];

    public static IReadOnlyList<Choice<bool?>> YesNo(IStringLocalizer<Text> words) => [new(true, words["yes"]), new(false, words["no"])];
}
