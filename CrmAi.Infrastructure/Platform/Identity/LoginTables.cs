using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Platform.Identity;

/// <summary>Where ASP.NET Core Identity keeps logins.</summary>
internal static class LoginTables
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Login>(login =>
        {
            login.ToTable("Logins");
            login.HasIndex(l => l.NormalizedUserName).IsUnique();
            login.HasIndex(l => l.NormalizedEmail);
            login.Property(l => l.ConcurrencyStamp).IsConcurrencyToken().HasMaxLength(64);
            login.Property(l => l.SecurityStamp).HasMaxLength(64);
            login.Property(l => l.PasswordHash).HasMaxLength(256);
            login.Property(l => l.PhoneNumber).HasMaxLength(32);
            foreach (var name in (string[])[nameof(Login.UserName), nameof(Login.NormalizedUserName), nameof(Login.Email), nameof(Login.NormalizedEmail)])
                login.Property<string>(name).HasMaxLength(256);
        });
        model.Entity<IdentityUserClaim<Guid>>(claim =>
        {
            claim.ToTable("LoginClaims");
            claim.Property(c => c.ClaimType).HasMaxLength(200);
            claim.Property(c => c.ClaimValue).HasMaxLength(1000);
            claim.HasOne<Login>().WithMany().HasForeignKey(c => c.UserId);
        });
        model.Entity<IdentityUserLogin<Guid>>(external =>
        {
            external.ToTable("LoginProviders").HasKey(e => new { e.LoginProvider, e.ProviderKey });
            external.Property(e => e.LoginProvider).HasMaxLength(128);
            external.Property(e => e.ProviderKey).HasMaxLength(128);
            external.Property(e => e.ProviderDisplayName).HasMaxLength(200);
            external.HasOne<Login>().WithMany().HasForeignKey(e => e.UserId);
        });
        model.Entity<IdentityUserToken<Guid>>(token =>
        {
            token.ToTable("LoginTokens").HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
            token.Property(t => t.LoginProvider).HasMaxLength(128);
            token.Property(t => t.Name).HasMaxLength(128);
            token.HasOne<Login>().WithMany().HasForeignKey(t => t.UserId);
        });
    }
}
