using CrmAi.Domain.Notifications;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Notifications;

internal sealed class NotificationConfig : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("Notifications");
        builder.Property(n => n.Key).HasMaxLength(Notification.MaxKey).IsUnicode(false);
        builder.Property(n => n.Text).HasMaxLength(Notification.MaxText);
        builder.HasOne<User>().WithMany().HasForeignKey(n => n.UserId);
        builder.HasIndex(n => new { n.UserId, n.Key }).IsUnique();
        builder.HasIndex(n => new { n.UserId, n.Id });
        builder.HasIndex(n => new { n.UserId, n.CreatedAt }).HasFilter("ReadAt IS NULL");
        builder.HasIndex(n => n.CreatedAt);
    }
}

internal sealed class SweepMarkConfig : IEntityTypeConfiguration<SweepMark>
{
    public void Configure(EntityTypeBuilder<SweepMark> builder)
    {
        builder.ToTable("SweepMarks").HasKey(m => m.Name);
        builder.Property(m => m.Name).HasMaxLength(40);
    }
}
