namespace CrmAi.Domain.Users;

/// <summary>The demo people whom the development sign-in page offers. Not registered outside development.</summary>
public interface IDemoPeople
{
    Task<IReadOnlyList<UserRow>> AllAsync(CancellationToken ct);

    /// <summary>False where that is no demo person.</summary>
    Task<bool> SignInAsync(Guid userId, CancellationToken ct);
}
