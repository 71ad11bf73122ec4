using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Profiles;

internal sealed class ContactProfileConfig : IEntityTypeConfiguration<ContactProfile>
{
    public void Configure(EntityTypeBuilder<ContactProfile> builder)
    {
        builder.ToTable("ContactProfiles");
        builder.Property(p => p.Analyst).HasMaxLength(100);
        builder.Property(p => p.AnalystVersion).HasMaxLength(40);
        builder.Property(p => p.InputDigest).HasMaxLength(32);
        builder.Property(p => p.Claims).AsJson();
        builder.Property(p => p.Texts).AsJson();
        builder.HasOne<Contact>().WithMany().HasForeignKey(p => p.ContactId);
        builder.HasOne<AiRun>().WithMany().HasForeignKey(p => p.AiRunId);
        builder.HasIndex(p => new { p.ContactId, p.Id });
    }
}

internal sealed class ProfileCorrectionConfig : IEntityTypeConfiguration<ProfileCorrection>
{
    public void Configure(EntityTypeBuilder<ProfileCorrection> builder)
    {
        builder.ToTable("ProfileCorrections");
        builder.Property(c => c.Claim).HasMaxLength(200);
        builder.Property(c => c.Value).HasMaxLength(ProfileCorrection.MaxValue);
        builder.Property(c => c.Note).HasMaxLength(ProfileCorrection.MaxNote);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasOne<Contact>().WithMany().HasForeignKey(c => c.ContactId);
        builder.HasIndex(c => new { c.ContactId, c.Claim }).IsUnique();
    }
}
