using CrmAi.Domain.Users;
using Microsoft.AspNetCore.Identity;

namespace CrmAi.Infrastructure.Platform.Identity;

/// <summary>Logins of the demo people, all with one known password: for development alone.</summary>
internal sealed class DemoLogins
{
    public const string Password = "demo-people-2026";

    private static readonly UpperInvariantLookupNormalizer Normalizer = new();

    // One hash for all: hashing is slow on purpose.
    private readonly string hash = new PasswordHasher<Login>().HashPassword(new(), Password);

    public Login Make(User user) => new()
    {
        Id = user.Id, UserName = user.Email, Email = user.Email, NormalizedUserName = Normalizer.NormalizeName(user.Email), NormalizedEmail = Normalizer.NormalizeEmail(user.Email),
        EmailConfirmed = true, LockoutEnabled = true, SecurityStamp = Guid.NewGuid().ToString("N"), ConcurrencyStamp = Guid.NewGuid().ToString("N"), PasswordHash = hash,
    };
}
