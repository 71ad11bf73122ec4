using CrmAi.Domain.Contacts;
using CrmAi.Domain.Scoring;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Scoring;

internal sealed class ContactScoreConfig : IEntityTypeConfiguration<ContactScore>
{
    public void Configure(EntityTypeBuilder<ContactScore> builder)
    {
        builder.ToTable("ContactScores");
        builder.Property(s => s.Sheet).AsJson();
        builder.Property(s => s.Texts).AsJson();
        builder.Property(s => s.InputDigest).HasMaxLength(32);
        builder.Property(s => s.Currency).HasMaxLength(3).IsFixedLength().IsUnicode(false);
        builder.HasOne<Contact>().WithMany().HasForeignKey(s => s.ContactId);
        builder.HasIndex(s => new { s.ContactId, s.Day }).IsUnique();
        builder.HasIndex(s => s.ChangesOn);
    }
}
