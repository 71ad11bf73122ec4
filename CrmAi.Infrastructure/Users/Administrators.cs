using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Identity;
using Microsoft.AspNetCore.Identity;

namespace CrmAi.Infrastructure;

/// <summary>How a company gets its first person in.</summary>
public interface IAdministrators
{
    /// <summary>Answers what stands against it, in English for the console; empty when the administrator was added.</summary>
    Task<IReadOnlyList<string>> AddAsync(string email, string name, string password, CancellationToken ct);
}

internal sealed class Administrators(AppDbContext db, UserManager<Login> logins, TimeProvider time) : IAdministrators
{
    public async Task<IReadOnlyList<string>> AddAsync(string email, string name, string password, CancellationToken ct)
    {
        if (!ContactRules.IsEmail(email)) return [$"'{email}' is no e-mail address."];
        if (password == DemoLogins.Password) return ["That is the demo people's password."];
        var now = time.GetUtcNow().UtcDateTime;
        var user = new User { Email = email.Trim(), Name = name.Trim(), Role = Role.Admin, CreatedAt = now };
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var made = await logins.CreateAsync(new() { Id = user.Id, UserName = user.Email, Email = user.Email, EmailConfirmed = true, LockoutEnabled = true }, password);
        if (!made.Succeeded) return [.. made.Errors.Select(e => e.Description)];
        db.Users.Add(user);
        db.Begin("user.add", new Viewer(user.Id, user.Name, user.Role, null, [], user.Language, user.TimeZone, ChangeOrigin.Command), now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return [];
    }
}
