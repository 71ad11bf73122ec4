using CrmAi.Domain.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.History;

internal sealed class ChangeSetConfig : IEntityTypeConfiguration<ChangeSet>
{
    public void Configure(EntityTypeBuilder<ChangeSet> builder)
    {
        builder.Property(c => c.Command).HasMaxLength(64);
        builder.HasMany(c => c.Entries).WithOne().HasForeignKey(e => e.ChangeSetId);
        builder.HasIndex(c => new { c.SealNumber, c.Id });
        builder.HasIndex(c => new { c.UserId, c.At, c.Id });
        builder.HasIndex(c => new { c.At, c.Id });
        builder.HasIndex(c => new { c.GroupId, c.At, c.Id });
    }
}

internal sealed class ChangeEntryConfig : IEntityTypeConfiguration<ChangeEntry>
{
    public void Configure(EntityTypeBuilder<ChangeEntry> builder)
    {
        builder.Property(e => e.RecordType).HasMaxLength(40);
        builder.Property(e => e.Digest).HasMaxLength(32);
        builder.HasIndex(e => new { e.RecordId, e.Id });
        builder.HasIndex(e => new { e.ContactId, e.Id });
    }
}

internal sealed class ChangeSealConfig : IEntityTypeConfiguration<ChangeSeal>
{
    public void Configure(EntityTypeBuilder<ChangeSeal> builder)
    {
        builder.HasKey(s => s.Number);
        builder.Property(s => s.Number).ValueGeneratedNever();
        builder.Property(s => s.Hash).HasMaxLength(32);
    }
}
