using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.BulkEdits;

internal sealed class BulkEditConfig : IEntityTypeConfiguration<BulkEdit>
{
    public void Configure(EntityTypeBuilder<BulkEdit> builder)
    {
        builder.Property(b => b.Value).HasMaxLength(24);
        builder.HasIndex(b => b.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(b => b.UserId);
    }
}

internal sealed class BulkItemConfig : IEntityTypeConfiguration<BulkItem>
{
    public void Configure(EntityTypeBuilder<BulkItem> builder)
    {
        builder.HasKey(i => new { i.BulkEditId, i.Number });
        builder.Property(i => i.ErrorCode).HasMaxLength(40);
        builder.HasOne<BulkEdit>().WithMany().HasForeignKey(i => i.BulkEditId);
    }
}
