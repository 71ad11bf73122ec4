using CrmAi.Domain.Accounts;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Tasks;

internal sealed class TaskConfig : IEntityTypeConfiguration<TaskItem>
{
    public void Configure(EntityTypeBuilder<TaskItem> builder)
    {
        builder.ToTable("Tasks");
        builder.Property(t => t.Title).HasMaxLength(TaskItem.MaxTitle);
        builder.Property(t => t.Note).HasMaxLength(TaskItem.MaxNote);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.HasOne(t => t.Contact).WithMany().HasForeignKey(t => t.ContactId);
        builder.HasOne<Account>().WithMany().HasForeignKey(t => t.AccountId);
        builder.HasOne<User>().WithMany().HasForeignKey(t => t.OwnerId);
        builder.HasOne<User>().WithMany().HasForeignKey(t => t.CreatedBy);
        builder.HasIndex(t => new { t.OwnerId, t.State, t.DueAt, t.Id });
        builder.HasIndex(t => new { t.ContactId, t.State, t.DueAt });
        builder.HasIndex(t => new { t.RemindAt, t.Id }).HasFilter("RemindAt IS NOT NULL");
        builder.HasDeletionIndex();
        builder.HasIndex(t => new { t.Origin, t.OriginId }).IsUnique().HasFilter("OriginId IS NOT NULL");
    }
}
