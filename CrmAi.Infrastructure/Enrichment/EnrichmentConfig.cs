using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Enrichment;

internal sealed class LookUpConfig : IEntityTypeConfiguration<LookUp>
{
    public void Configure(EntityTypeBuilder<LookUp> builder)
    {
        builder.HasIndex(l => l.CreatedAt);
        builder.HasIndex(l => l.ContactId);
        builder.HasOne<User>().WithMany().HasForeignKey(l => l.UserId);
        builder.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId);
        builder.HasOne<Contact>().WithMany().HasForeignKey(l => l.ContactId);
    }
}

internal sealed class RegistryEntryConfig : IEntityTypeConfiguration<RegistryEntry>
{
    public void Configure(EntityTypeBuilder<RegistryEntry> builder)
    {
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Source).HasMaxLength(RegistryEntry.MaxSource);
        builder.Property(e => e.SourceId).HasMaxLength(RegistryEntry.MaxSourceId);
        builder.Property(e => e.Link).HasMaxLength(RegistryEntry.MaxLink);
        builder.Property(e => e.Facts).AsJson();
        builder.Property(e => e.Risk).AsJson();
        builder.Property(e => e.Officers).AsJson();
        builder.Property(e => e.Verification).AsJson();
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.HasIndex(e => new { e.Source, e.CheckedAt });
        builder.HasOne<Account>().WithOne().HasForeignKey<RegistryEntry>(e => e.Id);
        builder.HasOne<User>().WithMany().HasForeignKey(e => e.PickedBy);
    }
}

internal sealed class NameConfirmationConfig : IEntityTypeConfiguration<NameConfirmation>
{
    public void Configure(EntityTypeBuilder<NameConfirmation> builder)
    {
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Source).HasMaxLength(RegistryEntry.MaxSource);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasOne<Contact>().WithOne().HasForeignKey<NameConfirmation>(c => c.Id);
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.PickedBy);
    }
}
