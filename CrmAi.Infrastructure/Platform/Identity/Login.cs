using Microsoft.AspNetCore.Identity;

namespace CrmAi.Infrastructure.Platform.Identity;

/// <summary>How a user signs in: password, lockout, stamp. Has the id of its <see cref="Domain.Users.User"/>; used by HTTP endpoints alone.</summary>
internal sealed class Login : IdentityUser<Guid>;
