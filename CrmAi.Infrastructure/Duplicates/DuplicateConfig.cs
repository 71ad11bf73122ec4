using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Duplicates;

// Ids of contacts and companies are never the same, so that one table holds both; no record that was ever saved is removed, so that nothing points nowhere.
internal sealed class DuplicatePairConfig : IEntityTypeConfiguration<DuplicatePair>
{
    public void Configure(EntityTypeBuilder<DuplicatePair> builder)
    {
        builder.ToTable("DuplicatePairs").HasKey(p => new { p.FirstId, p.SecondId });
        builder.Property(p => p.Kind).HasDefaultValue(MergeKind.Contact).ValueGeneratedNever();
        builder.Property(p => p.Reasons).AsJson();
        builder.Property(p => p.OpenReasons).AsJson();
        builder.HasIndex(p => new { p.Kind, p.SecondId });
    }
}

internal sealed class DuplicateDismissalConfig : IEntityTypeConfiguration<DuplicateDismissal>
{
    public void Configure(EntityTypeBuilder<DuplicateDismissal> builder)
    {
        builder.ToTable("DuplicateDismissals");
        builder.Property(d => d.Kind).HasDefaultValue(MergeKind.Contact).ValueGeneratedNever();
        builder.HasIndex(d => new { d.FirstId, d.SecondId }).IsUnique();
        builder.HasIndex(d => d.SecondId);
        builder.HasOne<User>().WithMany().HasForeignKey(d => d.UserId);
    }
}

internal sealed class DuplicateKeyConfig : IEntityTypeConfiguration<DuplicateKey>
{
    public void Configure(EntityTypeBuilder<DuplicateKey> builder)
    {
        builder.ToTable("DuplicateKeys").HasKey(k => new { k.Key, k.RecordId });
        builder.Property(k => k.Key).ValueGeneratedNever();
        builder.HasIndex(k => k.RecordId);
    }
}

internal sealed class DuplicateMarkConfig : IEntityTypeConfiguration<DuplicateMark>
{
    public void Configure(EntityTypeBuilder<DuplicateMark> builder)
    {
        builder.ToTable("DuplicateMarks");
        builder.Property(m => m.Kind).HasDefaultValue(MergeKind.Contact).ValueGeneratedNever();
    }
}
