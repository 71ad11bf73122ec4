using CrmAi.Domain.Contacts;
using CrmAi.Domain.Users;

namespace CrmAi.Domain.Shared;

/// <summary>On whose behalf the code runs: a circuit's person, an API request's, or a job's.</summary>
public interface ICurrentUser
{
    /// <summary>Read again from the database within a minute of a change.</summary>
    /// <exception cref="NotSignedInException">Nobody is signed in, or the person is no longer active.</exception>
    ValueTask<Viewer> GetAsync(CancellationToken ct);
}

public sealed class NotSignedInException : Exception
{
    public NotSignedInException() : base("Nobody is signed in.") { }
}

/// <summary>What decides what a person may see and do.</summary>
/// <param name="TeamIds">Their own team, and for a manager every team below the managed ones.</param>
public sealed record Viewer(Guid Id, string Name, Role Role, Guid? TeamId, IReadOnlyList<Guid> TeamIds, string Language, string TimeZone, ChangeOrigin Origin)
{
    public bool May(Operation operation) => Permissions.Allow(Role, operation);

    /// <summary>Owner, the owner's manager, or an administrator, with the right to write at all: may give it away, share it and delete it.</summary>
    public bool MayGovern(IOwned row) => May(Operation.WriteContacts) && Governs(row);

    /// <summary>Whoever governs it, and with whom it is shared for changing. A contact's shares must be loaded: those that are not count as none.</summary>
    public bool MayChange(IOwned row) => May(Operation.WriteContacts) && (Governs(row) || ShareOf(row) is { MayChange: true });

    /// <summary>Whether telephone, e-mail and personal details are shown in full. Shares must be loaded, as for changing.</summary>
    public bool MayReadChannels(IOwned row) => Governs(row) || Role == Role.SupportAgent || ShareOf(row) is not null;

    private ContactShare? ShareOf(IOwned row) => (row as Contact)?.Shares.Find(s => s.UserId == Id);

    private bool Governs(IOwned row) =>
        Role == Role.Admin || row.OwnerId == Id
        || (Role == Role.Manager && row.Visibility != Visibility.Private && row.TeamId is { } team && TeamIds.Contains(team));
}

/// <summary>Through which door a command came.</summary>
public enum ChangeOrigin { Page, Api, Job, Command }
