using CrmAi.Domain.Exports;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Exports;

internal sealed class ExportConfig : IEntityTypeConfiguration<Export>
{
    public void Configure(EntityTypeBuilder<Export> builder)
    {
        builder.Property(e => e.FileName).HasMaxLength(120);
        builder.Property(e => e.StorageKey).HasMaxLength(64);
        builder.HasIndex(e => new { e.UserId, e.CreatedAt });
        builder.HasIndex(e => e.CreatedAt);
        builder.HasOne<User>().WithMany().HasForeignKey(e => e.UserId);
    }
}
