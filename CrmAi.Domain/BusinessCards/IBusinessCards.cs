using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.BusinessCards;

/// <summary>
/// Photos of business cards, from the camera to the contact. Each person has their own, managers see their teams', administrators all; whoever sees a card may
/// work on it. Only for those who may write contacts: for everybody else there are none.
/// </summary>
public interface IBusinessCards
{
    const int MaxTake = 200;

    /// <summary>
    /// Keeps a photo and has it read. What it is is told from its content, and what a camera wrote beside the picture is left out, but for which way is up.
    /// The same picture again, unless it was discarded, is the card that is there.
    /// Errors: forbidden, card.batch (args: how many), card.picture.empty, .large (args: megabytes), .kind, .heic, .gif, .animated, .damaged, .pixels, card.store (no room on the server).
    /// </summary>
    /// <param name="batch">Those sent together; null for one alone.</param>
    Task<Result<UploadedCard>> UploadAsync(Guid? batch, string? fileName, Stream content, CancellationToken ct);

    /// <summary>Those still to be dealt with, in the order in which they come up for review: those put off last. At most <see cref="MaxTake"/>.</summary>
    /// <param name="everybody">Not only one's own: all that one may see.</param>
    Task<IReadOnlyList<CardRow>> OpenAsync(bool everybody, CancellationToken ct);

    /// <summary>The newest first. <paramref name="take"/> from 1 to <see cref="MaxTake"/>. Errors: cursor.unknown.</summary>
    Task<Result<Page<CardRow>>> PageAsync(CardQuery query, string? after, int take, CancellationToken ct);

    Task<CardSums> SumsAsync(bool everybody, CancellationToken ct);

    /// <summary>Null where it does not exist or may not be seen.</summary>
    Task<CardDetail?> GetAsync(Guid id, CancellationToken ct);

    /// <summary>The picture. Null where there is none or it may not be seen. The caller disposes the stream.</summary>
    /// <param name="isSmall">Made small for lists; where there is none such, the picture itself.</param>
    Task<PhotoContent?> PictureAsync(Guid id, CancellationToken ct, bool isSmall = false);

    /// <summary>Whom one has already, and which companies, by what stands in the form. Null as for <see cref="GetAsync"/>.</summary>
    Task<CardMatches?> MatchAsync(Guid id, CardForm text, CancellationToken ct);

    /// <summary>
    /// Makes a contact of it, or adds to one, in one command: the contact, its company, the card as a photo of it, what was corrected, what was chosen of searches outside. Taken back, the card is to be reviewed again.
    /// Errors: see <see cref="CardRules.Check"/>; not_found, conflict (the card or the contact was saved in between), card.done, card.contact.gone, account.unknown, photo.limit, forbidden (of the contact).
    /// </summary>
    Task<Result<SavedCard>> SaveAsync(Guid id, int version, CardSave save, CancellationToken ct);

    /// <summary>Not wanted; undone through history. Errors: not_found, card.done, conflict (it has another version than <paramref name="version"/>).</summary>
    Task<Result<Saved>> DiscardAsync(Guid id, CancellationToken ct, int? version = null);

    /// <summary>Behind all others. Errors: not_found, card.done.</summary>
    Task<Result> PutOffAsync(Guid id, CancellationToken ct);

    /// <summary>Has it read again. Errors: not_found, card.done, card.reading (it is waiting or being read).</summary>
    Task<Result> RetryAsync(Guid id, CancellationToken ct);

    /// <summary>How often which field is corrected, by reader, of cards that one may see; the fields most often corrected first.</summary>
    Task<IReadOnlyList<CorrectionCount>> CorrectionsAsync(CancellationToken ct);

    /// <summary>Whether cards can be read at all here. Errors: card.reader.missing.</summary>
    Task<Result> ReaderAsync(CancellationToken ct);
}

/// <param name="Again">This picture was there already: as this card.</param>
public sealed record UploadedCard(Guid Id, Guid BatchId, CardState State, bool Again, Guid? ContactId);

/// <param name="Everybody">Not only one's own: all that one may see.</param>
public sealed record CardQuery(bool Everybody = false, CardState? State = null, Guid? BatchId = null);

/// <param name="Problem">Why it could not be read: a code.</param>
/// <param name="Name">As read, or of the contact it was saved as.</param>
/// <param name="Doubts">Fields to be looked at.</param>
/// <param name="IsKnown">An open card whose number, address or name and company a contact has that one may see.</param>
public sealed record CardRow(Guid Id, int Version, Guid BatchId, Guid OwnerId, string Owner, string FileName, CardState State, string? Problem, string? Name, string? Company, int Doubts, bool IsKnown, Guid? ContactId, DateTime CreatedAt)
{
    public bool HasPicture { get; init; }

    /// <summary>There is a small one too.</summary>
    public bool HasPreview { get; init; }
    public DateTime? DecidedAt { get; init; }

    /// <summary>Still to be dealt with.</summary>
    public bool IsOpen => State is not (CardState.Saved or CardState.Discarded);
}

/// <param name="Read">Null while it was not read.</param>
/// <param name="DecidedBy">Who saved or discarded it.</param>
public sealed record CardDetail(CardRow Card, ReadCard? Read, CardForm Text, int? Milliseconds, DateTime? ReadAt, string? DecidedBy);

/// <param name="Waiting">Waiting or being read.</param>
public sealed record CardSums(int Waiting, int ToReview, int Failed, int Saved);

/// <summary>By what a company was found: its name in its folded form, people there with addresses of the same domain, or because the search for duplicates suspects it.</summary>
public enum AccountReason { Name, Domain, Similar }

/// <param name="Contacts">Exact ones first, then those who are suspected, at most five.</param>
/// <param name="Elsewhere">Names of colleagues with such a contact that one may not see; only where the company allows to tell.</param>
public sealed record CardMatches(IReadOnlyList<CardMatch> Contacts, IReadOnlyList<AccountMatch> Accounts, IReadOnlyList<string> Elsewhere);

/// <param name="By">What speaks for it and against it, as the search for duplicates says.</param>
/// <param name="Present">What the contact has now, shortened where this viewer may not read it in full.</param>
public sealed record CardMatch(Guid Id, int Version, string Name, string? Title, string? Company, IReadOnlyList<DuplicateReason> By, bool MayChange, CardForm Present)
{
    /// <inheritdoc cref="DuplicateMatch.IsExact"/>
    public bool IsExact => DuplicateMatch.IsExact(By);

    /// <summary>To be taken for the same until somebody says otherwise: one of another name who has the number now is only shown.</summary>
    public bool IsTaken => IsExact && MayChange && !By.Contains(DuplicateReason.OtherName);

    /// <summary>Of the fields a contact keeps, those that the card fills; with <paramref name="differing"/>, those it says otherwise.</summary>
    public IReadOnlyList<CardFieldKind> Fields(CardForm text, bool differing) =>
        [.. CardRules.OfContact.Where(k => Value(text, k) is { } value && (Present[k] is { } present ? differing && !CardForm.Same(k, present, value) : !differing))];

    /// <summary>As the contact would keep it.</summary>
    public static string? Value(CardForm text, CardFieldKind kind) => kind == CardFieldKind.Title ? CardRules.Title(text) : text[kind];
}

public sealed record AccountMatch(Guid Id, string Name, string? City, AccountReason By);

/// <param name="AccountId">A company one may see; null finds or makes the one that the text names.</param>
/// <param name="ContactId">Whom to add to; null makes a new contact.</param>
/// <param name="ContactVersion">Of that contact as it was shown.</param>
/// <param name="Replace">Fields in which the card's value takes the contact's place; of all others only the empty ones are filled.</param>
public sealed record CardSave(CardForm Text, Guid? AccountId = null, Guid? ContactId = null, int? ContactVersion = null, IReadOnlyList<CardFieldKind>? Replace = null)
{
    /// <summary>The registration of the company that the card names, and what confirms the person's name: of one's own searches.</summary>
    public CandidateChoice? Registered { get; init; }

    /// <inheritdoc cref="Registered"/>
    public CandidateChoice? Confirmed { get; init; }

    /// <summary>Values of the administrator's own fields for a new contact, by field id: those that are required must be there.</summary>
    public IReadOnlyDictionary<Guid, string>? Custom { get; init; }
}

/// <param name="AccountId">The company that the card names, now the contact's; null where the contact stays at another, or has none.</param>
/// <param name="ChangeSetId">To undo it by.</param>
public sealed record SavedCard(Guid Id, int Version, Guid ContactId, Guid? AccountId, Guid ChangeSetId)
{
    /// <summary>
    /// What of the choices was left out, each named by its field, and why: card.elsewhere (the contact stays at another company, whose registration it is not), forbidden (it is a company that one
    /// may not change), enrichment.candidate (the search has none such any more).
    /// </summary>
    public IReadOnlyList<Error> LeftOut { get; init; } = [];
}

/// <param name="Corrected">Saved cards of this reader in which the field was saved otherwise than it was read; of <paramref name="Cards"/>.</param>
public sealed record CorrectionCount(string Reader, string ReaderVersion, CardFieldKind Field, int Corrected, int Cards);
