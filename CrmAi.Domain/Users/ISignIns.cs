using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Users;

public sealed record PageLook(string Language, Theme Theme);

public enum SignInOutcome { SignedIn, Wrong, Locked, Inactive }

/// <summary>Signing in and out over HTTP. Only endpoints call it: it writes cookies.</summary>
public interface ISignIns
{
    /// <summary>Ten wrong passwords lock a login for fifteen minutes; unknown addresses are answered like wrong passwords, and as slowly. That it is locked is told only to who knows the password.</summary>
    Task<SignInOutcome> WithPasswordAsync(string email, string password, CancellationToken ct);

    /// <summary>How this person wants pages, null for nobody's address. Asked only after a sign-in.</summary>
    Task<PageLook?> LookOfAsync(string email, CancellationToken ct);

    Task SignOutAsync();

    /// <summary>Ends every session of the present user, on every machine: at their next request, and within a minute in an open page. API tokens stay.</summary>
    Task SignOutEverywhereAsync(CancellationToken ct);

    /// <summary>Errors: password.wrong, password.weak. Ends all other sessions.</summary>
    Task<Result> ChangePasswordAsync(string current, string next, CancellationToken ct);

    /// <summary>Whether the session with this stamp still holds.</summary>
    Task<bool> HoldsAsync(Guid userId, string? stamp, CancellationToken ct);
}
