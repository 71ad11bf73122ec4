using CrmAi.Domain.BusinessCards;
using CrmAi.Web.Enrichment;

namespace CrmAi.Web.BusinessCards;

/// <summary>One card as it stands in the form: what was typed, and whom it is to become.</summary>
public sealed class CardReview(CardDetail card)
{
    private readonly HashSet<Guid> strangers = [];
    private bool chose, choseCompany;

    public CardDetail Card { get; private set; } = card;
    public CardForm Text { get; private set; } = card.Text;
    public CardMatches Matches { get; private set; } = new([], [], []);

    /// <summary>The contact to add to; null for a new one.</summary>
    public CardMatch? Contact { get; private set; }

    /// <summary>The company chosen among those that are there; null for the one that is named.</summary>
    public AccountMatch? Company { get; private set; }

    /// <summary>The company's registration, as chosen; null where none is.</summary>
    public PickedCompany? Registered { get; set; }

    /// <summary>What confirms the name, as chosen; null where nothing does.</summary>
    public PickedPerson? Confirmed { get; set; }

    /// <summary>Values of the administrator's own fields, for a new contact.</summary>
    public Dictionary<Guid, string> Custom { get; } = [];

    /// <summary>Fields of that contact in which the card's value is to stand.</summary>
    public HashSet<CardFieldKind> Replace { get; } = [];

    /// <summary>Those that are not known to be somebody else.</summary>
    public IEnumerable<CardMatch> Candidates => Matches.Contacts.Where(c => !strangers.Contains(c.Id));

    /// <summary>Asked of every card, what this one has beside, and what was typed.</summary>
    public IEnumerable<CardFieldKind> Kinds => CardForm.Kinds.Where(k => CardForm.Usual.Contains(k) || Card.Read?[k] is not null || Text[k] is not null);

    public string? ReadOf(CardFieldKind kind) => Card.Text[kind];

    public bool IsTyped(CardFieldKind kind) => !CardForm.Same(kind, Text[kind], ReadOf(kind));

    /// <summary>To be looked at: read with doubt, and neither changed nor typed since.</summary>
    public bool IsDoubtful(CardFieldKind kind) => Card.Read?[kind] is { IsDoubtful: true } && !IsTyped(kind);

    public int Doubts => Kinds.Count(IsDoubtful);

    public void Set(CardFieldKind kind, string? text) => Text = Text.With(kind, string.IsNullOrWhiteSpace(text) ? null : text);

    /// <summary>The card as it is now. What was typed stays; what was only read follows.</summary>
    public void Show(CardDetail latest)
    {
        foreach (var kind in CardForm.Kinds.Where(k => !IsTyped(k)).ToList()) Text = Text.With(kind, latest.Text[kind]);
        Card = latest;
    }

    /// <summary>Whom one has by now. Unless somebody chose, who answers exactly and by no other name is taken for the same, and so is a company of that name.</summary>
    public void Show(CardMatches matches)
    {
        Matches = matches;
        Contact = chose ? Candidates.FirstOrDefault(c => c.Id == Contact?.Id) : Candidates.FirstOrDefault(c => c.IsTaken);
        Company = choseCompany ? matches.Accounts.FirstOrDefault(a => a.Id == Company?.Id) : matches.Accounts.FirstOrDefault(a => a.By == AccountReason.Name);
        if (Contact is null) Replace.Clear();
    }

    public void Choose(CardMatch? contact)
    {
        (chose, Contact) = (true, contact);
        Replace.Clear();
    }

    public void Choose(AccountMatch? company) => (choseCompany, Company) = (true, company);

    /// <summary>Somebody else of the same name or number: not asked about again.</summary>
    public void IsNot(CardMatch contact)
    {
        strangers.Add(contact.Id);
        if (Contact?.Id == contact.Id) Choose(Candidates.FirstOrDefault(c => c.IsTaken));
    }

    /// <summary>The company at which the contact stays, though the card names another: null where it is the card's, or becomes it.</summary>
    public string? StaysAt => Contact?.Present.Company is { } present && !Replace.Contains(CardFieldKind.Company)
        && !new[] { Text.Company, Text.CompanyEn, Company?.Name }.Any(n => CardForm.Same(CardFieldKind.Company, n, present)) ? present : null;

    public CardSave ToSave() => new(Text, Company?.Id, Contact?.Id, Contact?.Version, [.. Replace])
    {
        Registered = Registered is { } company ? new(company.LookUpId, company.Candidate.SourceId) : null,
        Custom = Contact is null ? Custom : null,
        Confirmed = Confirmed is { } person ? new(person.LookUpId, person.Candidate.SourceId) : null,
    };
}
