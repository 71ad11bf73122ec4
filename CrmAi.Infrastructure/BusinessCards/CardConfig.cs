using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.BusinessCards;

internal sealed class BusinessCardConfig : IEntityTypeConfiguration<BusinessCard>
{
    public void Configure(EntityTypeBuilder<BusinessCard> builder)
    {
        builder.ToTable("BusinessCards");
        builder.Property(c => c.FileName).HasMaxLength(BusinessCard.MaxFileName);
        builder.Property(c => c.StorageKey).HasMaxLength(40);
        builder.Property(c => c.PreviewKey).HasMaxLength(40);
        builder.Property(c => c.ContentType).HasMaxLength(20);
        builder.Property(c => c.Digest).HasMaxLength(32).IsFixedLength();
        builder.Property(c => c.Reader).HasMaxLength(60);
        builder.Property(c => c.ReaderVersion).HasMaxLength(40);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.OwnerId);
        builder.HasOne<Contact>().WithMany().HasForeignKey(c => c.ContactId);
        builder.HasIndex(c => new { c.OwnerId, c.State, c.PutOffAt, c.Id });
        builder.HasIndex(c => new { c.State, c.DecidedAt });
        builder.HasIndex(c => new { c.OwnerId, c.CreatedAt, c.Id });
        // Whoever sends at the same moment takes the next place, and the same picture once.
        builder.HasIndex(c => new { c.OwnerId, c.BatchId, c.Number }).IsUnique();
        builder.HasIndex(c => new { c.OwnerId, c.Digest }).IsUnique().HasFilter("State <> 'Discarded'");
        builder.HasIndex(c => c.StorageKey);
        builder.HasIndex(c => c.ContactId);
    }
}

internal sealed class CardCorrectionConfig : IEntityTypeConfiguration<CardCorrection>
{
    public void Configure(EntityTypeBuilder<CardCorrection> builder)
    {
        builder.ToTable("CardCorrections");
        builder.Property(c => c.Reader).HasMaxLength(60);
        builder.Property(c => c.ReaderVersion).HasMaxLength(40);
        builder.HasOne<BusinessCard>().WithMany().HasForeignKey(c => c.CardId);
        builder.HasIndex(c => new { c.CardId, c.Field }).IsUnique();
    }
}
