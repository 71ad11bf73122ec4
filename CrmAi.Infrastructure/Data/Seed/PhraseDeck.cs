namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Deals each group's phrases like cards, so that none returns before the others had their turn.</summary>
internal sealed class PhraseDeck(PhraseBook book, Dice dice)
{
    private readonly Dictionary<string, Queue<string>> piles = [];

    public IReadOnlyList<string> All(string group) => book[group];

    public int Size(string group) => book[group].Count;

    /// <summary>Phrases in the order their file tells them.</summary>
    public IEnumerable<string> InStoryOrder(IEnumerable<string> phrases) => phrases.OrderBy(book.PlaceOf);

    /// <summary>The next phrase that the account has not had yet, while there is one.</summary>
    /// <param name="progress">0 to 1 takes one from about that place of its group; null takes the next.</param>
    public string Draw(string group, HashSet<string> hadByAccount, double? progress)
    {
        if (book[group].All(hadByAccount.Contains))
        {
            hadByAccount.ExceptWith(book[group]);
        }

        var phrase = progress is { } place ? Near(group, hadByAccount, place) : Next(group, hadByAccount);
        hadByAccount.Add(phrase);
        return phrase;
    }

    private string Near(string group, HashSet<string> had, double place) => book[group]
        .Select((phrase, index) => (phrase, Distance: Math.Abs(((index + 0.5) / Size(group)) - place) + (dice.Below(100) / 600.0)))
        .Where(candidate => !had.Contains(candidate.phrase)).MinBy(candidate => candidate.Distance).phrase;

    private string Next(string group, HashSet<string> had)
    {
        if (!piles.TryGetValue(group, out var pile))
        {
            piles[group] = pile = new Queue<string>(dice.Shuffled(book[group]));
        }

        while (true)
        {
            var phrase = pile.Dequeue();
            pile.Enqueue(phrase);
            if (!had.Contains(phrase))
            {
                return phrase;
            }
        }
    }
}
