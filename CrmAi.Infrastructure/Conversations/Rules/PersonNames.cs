namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Finds where a Chinese name before a title begins: in 技术要骆主管 the person is 骆主管.</summary>
sealed class PersonNames
{
    const int LongestGiven = 2;

    readonly HashSet<string> surnames = new(StringComparer.Ordinal);

    public PersonNames(string path, IReadOnlyDictionary<char, char> simplified)
    {
        foreach (var entry in LexiconFile.Read(path))
        {
            foreach (var name in entry.Pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries)) surnames.Add(FoldedText.Fold(name, simplified));
        }
    }

    /// <summary>First character of the name that ends where the title starts; null where nothing before it is a name.</summary>
    /// <param name="text">Folded text of a clause.</param>
    /// <param name="title">Place of the title's first character.</param>
    public int? Start(string text, int title)
    {
        // The nearest surname is the safest: what stands before it is more often a word than a part of the name.
        for (var given = 0; given <= LongestGiven; given++)
        {
            var end = title - given;
            if (end >= 2 && surnames.Contains(text[(end - 2)..end])) return end - 2;
            if (end >= 1 && surnames.Contains(text[(end - 1)..end])) return end - 1;
        }

        return null;
    }
}
