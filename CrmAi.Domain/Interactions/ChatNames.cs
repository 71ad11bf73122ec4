namespace CrmAi.Domain.Interactions;

/// <summary>Whether a name as written in a chat may be a known person: 张主任 or 伟明-恒拓 for 张伟明, "Anna" or "Berg, A." for Anna Berg.</summary>
internal static class ChatNames
{
    static readonly string[] Honorifics = ["mr", "mrs", "ms", "miss", "dr", "prof"];

    /// <summary>Both names folded and in lower case.</summary>
    public static bool Match(string written, string known)
    {
        if (Squeeze(written) is var squeezed && squeezed.Length > 0 && squeezed == Squeeze(known))
            return true;
        return known.Any(ChatLines.IsHan) ? MatchHan(written, known) : MatchLatin(written, known);
    }

    static bool MatchHan(string written, string known)
    {
        var person = Runs(known).FirstOrDefault(r => ChatLines.IsHan(r[0])) ?? "";
        if (person.Length < 2)
            return false;
        return Runs(written).Any(run => ChatLines.IsHan(run[0]) && MatchHanRun(run, person));
    }

    static bool MatchHanRun(string run, string person)
    {
        if (run == person || (person.Length >= 3 && run.Contains(person, StringComparison.Ordinal)))
            return true;
        var surname = ChatWords.SurnameLength(person);
        if (surname == 0 || surname >= person.Length)
            return false;
        var family = person[..surname];
        var given = person[surname..];
        var title = ChatWords.TitleLength(run);
        var bare = run[..^title];
        // 张伟经理, 张经理, 老张, 伟明, 伟明哥.
        return (title > 0 && (bare == person || bare == family || bare.EndsWith(person, StringComparison.Ordinal)))
            || (run.Length == surname + 1 && run[0] is '老' or '小' or '大' && run[1..] == family)
            || (ChatWords.TitleLength(person) == 0 && given.Length >= 2 && (run == given || bare == given));
    }

    static bool MatchLatin(string written, string known)
    {
        var one = Words(written);
        var other = Words(known);
        if (one.Count == 0 || other.Count == 0)
            return false;
        var (few, many) = one.Count <= other.Count ? (one, other) : (other, one);
        // An initial alone fits too many.
        return few.Any(w => w.Length > 1 && many.Contains(w))
            && few.All(w => many.Contains(w) || many.Any(m => (w.Length == 1 || m.Length == 1) && w[0] == m[0]));
    }

    static List<string> Words(string name)
    {
        // The local part of an address reads as a name; its domain does not.
        var at = name.IndexOf('@', StringComparison.Ordinal);
        return Runs(at > 0 ? name[..at] : name).Where(r => !ChatLines.IsHan(r[0]) && !Honorifics.Contains(r)).ToList();
    }

    static string Squeeze(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    // Letters of one script in a row.
    static List<string> Runs(string name)
    {
        var runs = new List<string>();
        for (var i = 0; i < name.Length;)
        {
            var start = i;
            while (i < name.Length && char.IsLetter(name[i]) && ChatLines.IsHan(name[i]) == ChatLines.IsHan(name[start]))
                i++;
            if (i > start)
                runs.Add(name[start..i]);
            else
                i++;
        }
        return runs;
    }
}
