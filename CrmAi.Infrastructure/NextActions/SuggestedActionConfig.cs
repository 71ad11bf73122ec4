using CrmAi.Domain.Contacts;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.NextActions;

internal sealed class SuggestedActionConfig : IEntityTypeConfiguration<SuggestedAction>
{
    public void Configure(EntityTypeBuilder<SuggestedAction> builder)
    {
        builder.ToTable("SuggestedActions");
        builder.Property(s => s.Key).HasMaxLength(SuggestedAction.MaxKey).IsUnicode(false);
        builder.Property(s => s.Value).HasMaxLength(200);
        builder.Property(s => s.Text).HasMaxLength(16).IsUnicode(false);
        builder.Property(s => s.RejectNote).HasMaxLength(SuggestedAction.MaxNote);
        builder.Property(s => s.Currency).HasMaxLength(3).IsFixedLength().IsUnicode(false);
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.Ignore(s => s.Evidence);
        builder.HasOne<Contact>().WithMany().HasForeignKey(s => s.ContactId);
        builder.HasOne<User>().WithMany().HasForeignKey(s => s.OwnerId);
        builder.HasIndex(s => new { s.ContactId, s.Key }).IsUnique();
        builder.HasIndex(s => new { s.OwnerId, s.State });
        builder.HasIndex(s => new { s.DecidedBy, s.DecidedAt });
    }
}
