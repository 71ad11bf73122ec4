using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Users;

internal sealed class UserConfig : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.Property(u => u.Email).HasMaxLength(254);
        builder.Property(u => u.Name).HasMaxLength(100);
        foreach (var name in (string[])[nameof(User.Phone), nameof(User.Department), nameof(User.Title), nameof(User.Location), nameof(User.TimeZone)])
            builder.Property<string>(name).HasMaxLength(200);
        builder.Property(u => u.Language).HasMaxLength(10);
        builder.Property(u => u.Muted).AsJson().HasDefaultValueSql("'[]'"); // people of before hear all
        builder.Property(u => u.ScriptGeneration).HasDefaultValue(true).HasSentinel(true);
        builder.Property(u => u.Version).IsConcurrencyToken();
        builder.HasIndex(u => u.Email).IsUnique();
        builder.HasIndex(u => u.TeamId);
        builder.HasOne<Team>().WithMany().HasForeignKey(u => u.TeamId);
    }
}

internal sealed class TeamConfig : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.Property(t => t.Name).HasMaxLength(100);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.HasOne<Team>().WithMany().HasForeignKey(t => t.ParentId);
    }
}

internal sealed class ApiTokenConfig : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.Property(t => t.Name).HasMaxLength(100);
        builder.Property(t => t.Prefix).HasMaxLength(16);
        builder.Property(t => t.Hash).HasMaxLength(32);
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasIndex(t => t.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(t => t.UserId);
    }
}
