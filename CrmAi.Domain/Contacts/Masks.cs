namespace CrmAi.Domain.Contacts;

/// <summary>Channels as shown to those who may not read them in full.</summary>
public static class Masks
{
    /// <summary>The first three and the last four digits stay: 138****6620.</summary>
    public static string? Phone(string? text) =>
        text is null ? null : text.Length <= 7 ? "****" : $"{text[..3]}****{text[^4..]}";

    public static string? Email(string? text) =>
        text is null ? null : text.IndexOf('@') is > 0 and var at ? $"{text[0]}***{text[at..]}" : "***";

    public static string? WeChat(string? text) =>
        text is null ? null : text.Length <= 2 ? "***" : $"{text[..2]}***";
}
