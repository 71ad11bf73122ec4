using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Contacts;

internal sealed class ContactConfig : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.Property(c => c.Name).HasMaxLength(ContactRules.MaxName);
        builder.Property(c => c.SortName).HasMaxLength(ContactIndexing.MaxSort);
        builder.Property(c => c.EnglishName).HasMaxLength(ContactRules.MaxName);
        builder.Property(c => c.Title).HasMaxLength(ContactRules.MaxShort);
        builder.Property(c => c.Department).HasMaxLength(ContactRules.MaxShort);
        builder.Property(c => c.DecisionProcess).HasMaxLength(ContactRules.MaxNotes);
        builder.Property(c => c.Notes).HasMaxLength(ContactRules.MaxNotes);
        builder.Property(c => c.Currency).HasMaxLength(3).IsFixedLength().IsUnicode(false);
        builder.Property(c => c.SocialProfiles).AsJson();
        builder.Property(c => c.CurrentSolutions).AsJson();
        builder.Property(c => c.Competitors).AsJson();
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasOne(c => c.Account).WithMany().HasForeignKey(c => c.AccountId);
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.OwnerId);
        builder.HasOne<Folder>().WithMany().HasForeignKey(c => c.FolderId);
        builder.HasOne<Contact>().WithMany().HasForeignKey(c => c.MergedIntoId);
        builder.HasIndex(c => c.MergedIntoId).HasFilter("MergedIntoId IS NOT NULL");
        builder.OwnsOne(c => c.Index, index =>
        {
            index.Property(i => i.Name).HasMaxLength(ContactIndexing.MaxName);
            index.Property(i => i.Pinyin).HasMaxLength(ContactIndexing.MaxPinyin);
            index.Property(i => i.Initials).HasMaxLength(ContactRules.MaxName);
            index.Property(i => i.Company).HasMaxLength(ContactIndexing.MaxText);
            index.Property(i => i.Title).HasMaxLength(ContactIndexing.MaxText);
            index.Property(i => i.Tags).HasMaxLength(ContactIndexing.MaxTags);
            index.Property(i => i.EmailDomain).HasMaxLength(254);
            foreach (var name in (string[])[nameof(ContactIndex.Mobile), nameof(ContactIndex.MobileTail), nameof(ContactIndex.Phone), nameof(ContactIndex.PhoneTail), nameof(ContactIndex.Email), nameof(ContactIndex.WeChat)])
            {
                index.Property<byte[]?>(name).HasMaxLength(16).IsFixedLength();
                index.HasIndex(name);
            }
            index.HasIndex(i => i.EmailDomain);
            index.HasIndex(i => i.BirthDecade);
        });
        builder.Navigation(c => c.Index).IsRequired();
        Lists(builder);
        builder.HasIndex(c => c.AccountId);
        builder.HasIndex(c => c.FolderId);
    }

    // For each scope of a list (one's own, a team's, all) each of its orders, read in order from the index alone: the columns behind the id
    // are those that permission and filters ask, so that skipping and counting touch no row.
    private static void Lists(EntityTypeBuilder<Contact> builder)
    {
        builder.HasIndex(c => new { c.OwnerId, c.IsArchived, c.DeletedAt, c.LastContactAt, c.Id, c.TeamId, c.Visibility, c.Priority, c.Stage, c.FolderId, c.AccountId, c.NextFollowUpAt, c.Seniority, c.Lifecycle });
        builder.HasIndex(c => new { c.TeamId, c.IsArchived, c.DeletedAt, c.LastContactAt, c.Id, c.OwnerId, c.Visibility, c.Priority, c.Stage, c.FolderId, c.AccountId, c.NextFollowUpAt, c.Seniority, c.Lifecycle });
        builder.HasIndex(c => new { c.IsArchived, c.DeletedAt, c.LastContactAt, c.Id, c.OwnerId, c.TeamId, c.Visibility, c.Priority, c.Stage, c.FolderId, c.AccountId, c.NextFollowUpAt, c.Seniority, c.Lifecycle });
        builder.HasIndex(c => new { c.OwnerId, c.IsArchived, c.DeletedAt, c.SortName, c.Id });
        builder.HasIndex(c => new { c.TeamId, c.IsArchived, c.DeletedAt, c.SortName, c.Id, c.OwnerId, c.Visibility });
        builder.HasIndex(c => new { c.IsArchived, c.DeletedAt, c.SortName, c.Id, c.OwnerId, c.TeamId, c.Visibility });
        builder.HasIndex(c => new { c.OwnerId, c.IsArchived, c.DeletedAt, c.Id });
        builder.HasIndex(c => new { c.TeamId, c.IsArchived, c.DeletedAt, c.Id, c.OwnerId, c.Visibility });
        builder.HasIndex(c => new { c.IsArchived, c.DeletedAt, c.Id, c.OwnerId, c.TeamId, c.Visibility, c.AccountId });
        builder.HasIndex(c => new { c.OwnerId, c.IsArchived, c.DeletedAt, c.NextFollowUpAt, c.Id });
        builder.HasIndex(c => new { c.TeamId, c.IsArchived, c.DeletedAt, c.NextFollowUpAt, c.Id, c.OwnerId, c.Visibility });
        builder.HasIndex(c => new { c.IsArchived, c.DeletedAt, c.NextFollowUpAt, c.Id, c.OwnerId, c.TeamId, c.Visibility });
        builder.HasIndex(c => new { c.OwnerId, c.IsArchived, c.DeletedAt, c.FolderId, c.Position, c.Id });
        builder.HasIndex(c => new { c.AccountId, c.DeletedAt, c.IsArchived, c.LastContactAt, c.Id, c.OwnerId, c.TeamId, c.Visibility });
        builder.HasDeletionIndex();
    }
}

internal sealed class ContactSearchTermConfig : IEntityTypeConfiguration<ContactSearchTerm>
{
    public void Configure(EntityTypeBuilder<ContactSearchTerm> builder)
    {
        builder.ToTable("ContactTerms").HasKey(t => new { t.Term, t.ContactId });
        builder.Property(t => t.Term).HasMaxLength(ContactSearchTerm.MaxLength);
        builder.HasIndex(t => t.ContactId);
        builder.HasOne<Contact>().WithMany().HasForeignKey(t => t.ContactId);
    }
}

internal sealed class ContactPhotoConfig : IEntityTypeConfiguration<ContactPhoto>
{
    public void Configure(EntityTypeBuilder<ContactPhoto> builder)
    {
        builder.ToTable("ContactPhotos");
        builder.Property(p => p.StorageKey).HasMaxLength(40);
        builder.Property(p => p.ContentType).HasMaxLength(20);
        builder.HasOne<Contact>().WithMany(c => c.Photos).HasForeignKey(p => p.ContactId);
    }
}

internal sealed class ContactShareConfig : IEntityTypeConfiguration<ContactShare>
{
    public void Configure(EntityTypeBuilder<ContactShare> builder)
    {
        builder.ToTable("ContactShares");
        builder.HasIndex(s => new { s.ContactId, s.UserId }).IsUnique();
        builder.HasIndex(s => s.UserId);
        builder.HasOne<Contact>().WithMany(c => c.Shares).HasForeignKey(s => s.ContactId);
        builder.HasOne<User>().WithMany().HasForeignKey(s => s.UserId);
    }
}

internal sealed class FolderConfig : IEntityTypeConfiguration<Folder>
{
    public void Configure(EntityTypeBuilder<Folder> builder)
    {
        builder.Property(f => f.Name).HasMaxLength(Folder.MaxName);
        builder.Property(f => f.Version).IsConcurrencyToken();
        builder.HasIndex(f => f.OwnerId);
        builder.HasOne<User>().WithMany().HasForeignKey(f => f.OwnerId);
        builder.HasOne<Folder>().WithMany().HasForeignKey(f => f.ParentId);
    }
}

internal sealed class TagConfig : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> builder)
    {
        builder.Property(t => t.Name).HasMaxLength(50);
        builder.Property(t => t.Colour).HasMaxLength(7).IsFixedLength().IsUnicode(false);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.HasIndex(t => t.Name).IsUnique();
    }
}

internal sealed class ContactTagConfig : IEntityTypeConfiguration<ContactTag>
{
    public void Configure(EntityTypeBuilder<ContactTag> builder)
    {
        builder.HasIndex(t => new { t.ContactId, t.TagId }).IsUnique();
        builder.HasOne<Contact>().WithMany(c => c.Tags).HasForeignKey(t => t.ContactId);
        builder.HasOne(t => t.Tag).WithMany().HasForeignKey(t => t.TagId);
    }
}
