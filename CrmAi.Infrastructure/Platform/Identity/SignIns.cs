using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Platform.Identity;

internal sealed class SignIns(SignInManager<Login> signIn, UserManager<Login> logins, AppDbContext db, ICurrentUser user, TimeProvider time) : ISignIns
{
    private static readonly Login Nobody = new() { UserName = "nobody" };
    private static readonly string SomeHash = new PasswordHasher<Login>().HashPassword(Nobody, Guid.NewGuid().ToString());

    public async Task<SignInOutcome> WithPasswordAsync(string email, string password, CancellationToken ct)
    {
        var login = await logins.FindByEmailAsync(email.Trim());
        if (login is null)
        {
            // As slow as a wrong password, so that the answer's time does not tell which addresses exist.
            logins.PasswordHasher.VerifyHashedPassword(Nobody, SomeHash, password);
            return SignInOutcome.Wrong;
        }
        var checkedPassword = await signIn.CheckPasswordSignInAsync(login, password, lockoutOnFailure: true);
        // Who does not know the password is not told that the address exists.
        if (checkedPassword.IsLockedOut) return await logins.CheckPasswordAsync(login, password) ? SignInOutcome.Locked : SignInOutcome.Wrong;
        if (!checkedPassword.Succeeded) return SignInOutcome.Wrong;
        return await EnterAsync(login, ct) ? SignInOutcome.SignedIn : SignInOutcome.Inactive;
    }

    public async Task<PageLook?> LookOfAsync(string email, CancellationToken ct)
    {
        var address = email.Trim();
        return await db.Users.Where(u => u.Email == address).Select(u => new PageLook(u.Language, u.Theme)).SingleOrDefaultAsync(ct);
    }

    public Task SignOutAsync() => signIn.SignOutAsync();

    public async Task SignOutEverywhereAsync(CancellationToken ct)
    {
        if (await logins.FindByIdAsync((await user.GetAsync(ct)).Id.ToString()) is { } login) await logins.UpdateSecurityStampAsync(login);
        await signIn.SignOutAsync();
    }

    public async Task<Result> ChangePasswordAsync(string current, string next, CancellationToken ct)
    {
        if (await logins.FindByIdAsync((await user.GetAsync(ct)).Id.ToString()) is not { } login) return Error.NotFound;
        var changed = await logins.ChangePasswordAsync(login, current, next);
        if (!changed.Succeeded) return new Error(changed.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.PasswordMismatch)) ? "password.wrong" : "password.weak", null);
        await signIn.RefreshSignInAsync(login);
        return Result.Ok;
    }

    public async Task<bool> HoldsAsync(Guid userId, string? stamp, CancellationToken ct) =>
        stamp is not null && await db.Logins.AnyAsync(l => l.Id == userId && l.SecurityStamp == stamp && db.Users.Any(u => u.Id == userId && u.IsActive), ct);

    /// <summary>False for somebody no longer active.</summary>
    internal async Task<bool> EnterAsync(Login login, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (await db.Users.Where(u => u.Id == login.Id && u.IsActive).ExecuteUpdateAsync(set => set.SetProperty(u => u.LastActiveAt, now), ct) == 0) return false;
        await signIn.SignInAsync(login, isPersistent: true);
        return true;
    }
}

internal sealed class DemoPeople(SignIns signIns, UserManager<Login> logins, AppDbContext db) : IDemoPeople
{
    /// <summary>Mail addresses of demo people end so; production refuses to start while one exists.</summary>
    public const string Domain = "@crmai.example";

    public async Task<IReadOnlyList<UserRow>> AllAsync(CancellationToken ct) =>
        await db.Users.Where(u => u.IsActive && u.Email.EndsWith(Domain)).OrderBy(u => u.Id).Select(u => new UserRow(u.Id, u.Name, u.Role)).ToListAsync(ct);

    public async Task<bool> SignInAsync(Guid userId, CancellationToken ct) =>
        await logins.FindByIdAsync(userId.ToString()) is { } login && login.Email!.EndsWith(Domain, StringComparison.Ordinal) && await signIns.EnterAsync(login, ct);
}
