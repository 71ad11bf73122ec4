using CrmAi.Domain.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Search;

// No key to the interaction: each text has many terms, and every one would be checked against it when it is written.
internal sealed class InteractionSearchTermConfig : IEntityTypeConfiguration<InteractionSearchTerm>
{
    public const string Table = "InteractionTerms";

    public void Configure(EntityTypeBuilder<InteractionSearchTerm> builder)
    {
        builder.ToTable(Table).HasKey(t => new { t.Term, t.InteractionId });
        builder.Property(t => t.Term).HasMaxLength(InteractionSearchTerm.MaxLength);
    }
}

internal sealed class PendingTextConfig : IEntityTypeConfiguration<PendingText>
{
    public void Configure(EntityTypeBuilder<PendingText> builder) => builder.ToTable("PendingTexts").HasKey(t => t.InteractionId);
}

internal sealed class SimilarTermConfig : IEntityTypeConfiguration<SimilarTerm>
{
    public void Configure(EntityTypeBuilder<SimilarTerm> builder)
    {
        builder.ToTable("SimilarTerms");
        builder.Property(t => t.Key).HasMaxLength(SimilarTerm.MaxKey);
        builder.Property(t => t.Word).HasMaxLength(SimilarTerm.MaxWord);
        // Two who learn a word at the same time both write it: twice is no harm.
        builder.HasIndex(t => new { t.Key, t.Word });
    }
}

internal sealed class RecentRecordConfig : IEntityTypeConfiguration<RecentRecord>
{
    public void Configure(EntityTypeBuilder<RecentRecord> builder)
    {
        builder.ToTable("RecentRecords").HasKey(r => new { r.UserId, r.RecordId });
        builder.HasIndex(r => new { r.UserId, r.At });
    }
}
