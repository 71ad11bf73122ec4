namespace CrmAi.Domain.Interactions;

/// <summary>The channel that the form of a thread points to.</summary>
internal static class ChatChannel
{
    public static InteractionType? Of(IReadOnlyCollection<ChatHead> heads, string folded, bool chinese)
    {
        var stamped = heads.Where(h => h.Stamp is not null).ToList();
        if (stamped.Count == 0)
        {
            // Only WeChat copies names on lines of their own without a time.
            var copied = heads.Count > 0 && heads.All(h => !h.HasBody) && chinese;
            return copied ? InteractionType.WeChat : null;
        }
        if (stamped.Any(h => h.Form == HeadForm.Dashed || h.Stamp is { TwelveHour: true } or { HasComma: true }))
            return InteractionType.Message;
        return chinese || heads.Any(h => h.Name.Any(ChatLines.IsHan)) || folded.Contains("wxid_", StringComparison.Ordinal)
            ? InteractionType.WeChat : InteractionType.Message;
    }
}
