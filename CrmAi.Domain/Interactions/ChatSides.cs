namespace CrmAi.Domain.Interactions;

/// <summary>Finds whose side a name is on: a person's confirmation first, then words for the role, then the names that are known.</summary>
internal sealed class ChatSides(ChatContext context)
{
    readonly Dictionary<string, ChatSide> _found = new(StringComparer.Ordinal);

    readonly Dictionary<string, ChatSide> _confirmed = context.Speakers
        .Where(s => s.Value != ChatSide.Unknown)
        .GroupBy(s => Key(s.Key), StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);

    readonly List<string> _reps = [.. context.RepNames.Select(Key).Where(k => k.Length > 0)];
    readonly List<string> _contacts = [.. context.ContactNames.Select(Key).Where(k => k.Length > 0)];

    /// <summary>What two spellings of one speaker have in common.</summary>
    public static string Key(string name)
    {
        var (start, end) = ChatLines.Trim(name, 0, name.Length);
        return ChatLines.Fold(name[start..end]).Trim().ToLowerInvariant();
    }

    public ChatSide Of(string name)
    {
        var key = Key(name);
        if (!_found.TryGetValue(key, out var side))
            _found[key] = side = Find(key);
        return side;
    }

    public static ChatSide Opposite(ChatSide side) => side switch
    {
        ChatSide.Us => ChatSide.Customer,
        ChatSide.Customer => ChatSide.Us,
        _ => ChatSide.Unknown,
    };

    ChatSide Find(string key)
    {
        if (_confirmed.TryGetValue(key, out var confirmed))
            return confirmed;
        if (ChatWords.RoleOf(key) is var role && role != ChatSide.Unknown)
            return role;
        if (_reps.Contains(key) != _contacts.Contains(key))
            return _reps.Contains(key) ? ChatSide.Us : ChatSide.Customer;
        // WeCom marks people outside the company.
        if (key.EndsWith("@微信", StringComparison.Ordinal) && !_reps.Any(known => ChatNames.Match(key, known)))
            return ChatSide.Customer;
        var rep = _reps.Any(known => ChatNames.Match(key, known));
        var contact = _contacts.Any(known => ChatNames.Match(key, known));
        // A name that fits both is nobody's until a person says.
        return rep == contact ? ChatSide.Unknown : rep ? ChatSide.Us : ChatSide.Customer;
    }
}
