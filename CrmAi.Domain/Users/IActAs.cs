using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Users;

/// <summary>Says on whose behalf a scope runs. Called once, by whoever opened the scope: a circuit, a request, a worker.</summary>
public interface IActAs
{
    /// <param name="who">Null where nobody is signed in; asked each time, so that a sign-out takes effect.</param>
    void ActAs(Func<CancellationToken, ValueTask<Guid?>> who, ChangeOrigin through);
}

/// <summary>Finds the person behind an API token.</summary>
public interface IApiTokens
{
    /// <summary>Null where the token is unknown, expired or revoked, or its owner is no longer active.</summary>
    Task<Guid?> OwnerOfAsync(string token, CancellationToken ct);
}
