using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Duplicates;

internal sealed class DuplicatePairConfig : IEntityTypeConfiguration<DuplicatePair>
{
    public void Configure(EntityTypeBuilder<DuplicatePair> builder)
    {
        builder.ToTable("DuplicatePairs").HasKey(p => new { p.FirstId, p.SecondId });
        builder.Property(p => p.Reasons).AsJson();
        builder.Property(p => p.OpenReasons).AsJson();
        builder.HasOne<Contact>().WithMany().HasForeignKey(p => p.FirstId);
        builder.HasOne<Contact>().WithMany().HasForeignKey(p => p.SecondId);
        builder.HasIndex(p => p.SecondId);
    }
}

internal sealed class DuplicateDismissalConfig : IEntityTypeConfiguration<DuplicateDismissal>
{
    public void Configure(EntityTypeBuilder<DuplicateDismissal> builder)
    {
        builder.ToTable("DuplicateDismissals");
        builder.HasIndex(d => new { d.FirstId, d.SecondId }).IsUnique();
        builder.HasIndex(d => d.SecondId);
        builder.HasOne<Contact>().WithMany().HasForeignKey(d => d.FirstId);
        builder.HasOne<Contact>().WithMany().HasForeignKey(d => d.SecondId);
        builder.HasOne<User>().WithMany().HasForeignKey(d => d.UserId);
    }
}

internal sealed class DuplicateKeyConfig : IEntityTypeConfiguration<DuplicateKey>
{
    public void Configure(EntityTypeBuilder<DuplicateKey> builder)
    {
        builder.ToTable("DuplicateKeys").HasKey(k => new { k.Key, k.ContactId });
        builder.Property(k => k.Key).ValueGeneratedNever();
        builder.HasIndex(k => k.ContactId);
        builder.HasOne<Contact>().WithMany().HasForeignKey(k => k.ContactId);
    }
}

internal sealed class DuplicateMarkConfig : IEntityTypeConfiguration<DuplicateMark>
{
    public void Configure(EntityTypeBuilder<DuplicateMark> builder)
    {
        builder.ToTable("DuplicateMarks");
        builder.HasOne<Contact>().WithMany().HasForeignKey(m => m.ContactId);
    }
}
