using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Interactions;

internal sealed class InteractionConfig : IEntityTypeConfiguration<Interaction>
{
    public void Configure(EntityTypeBuilder<Interaction> builder)
    {
        foreach (var name in (string[])[nameof(Interaction.Subject), nameof(Interaction.Location), nameof(Interaction.Address), nameof(Interaction.Platform), nameof(Interaction.Methodology), nameof(Interaction.MethodologyStage)])
            builder.Property<string>(name).HasMaxLength(ContactRules.MaxShort);
        builder.Property(i => i.RecordingUrl).HasMaxLength(2000);
        builder.Property(i => i.MethodologyNotes).HasMaxLength(ContactRules.MaxNotes);
        builder.Property(i => i.Participants).AsJson();
        builder.Property(i => i.Speakers).AsJson();
        builder.Property(i => i.NextSteps).AsJson();
        builder.Property(i => i.Topics).AsJson();
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.HasOne(i => i.Contact).WithMany().HasForeignKey(i => i.ContactId);
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.AuthorId);
        builder.HasIndex(i => new { i.ContactId, i.At, i.Id });
        builder.HasIndex(i => new { i.AuthorId, i.At });
        builder.HasDeletionIndex();
    }
}

internal sealed class AttachmentConfig : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> builder)
    {
        builder.Property(a => a.FileName).HasMaxLength(255);
        builder.Property(a => a.ContentType).HasMaxLength(100);
        builder.Property(a => a.StorageKey).HasMaxLength(40);
        builder.Property(a => a.Sha256).HasMaxLength(32);
        builder.HasIndex(a => new { a.InteractionId, a.CreatedAt });
        builder.HasOne<Interaction>().WithMany(i => i.Attachments).HasForeignKey(a => a.InteractionId);
        builder.HasOne<User>().WithMany().HasForeignKey(a => a.UploadedBy);
    }
}
