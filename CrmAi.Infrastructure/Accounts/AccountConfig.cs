using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Accounts;

internal sealed class AccountConfig : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        foreach (var name in (string[])[nameof(Account.Name), nameof(Account.ShortName), nameof(Account.Industry), nameof(Account.City), nameof(Account.Website), nameof(Account.Phone)])
            builder.Property<string>(name).HasMaxLength(ContactRules.MaxShort);
        builder.Property(a => a.CreditRating).HasMaxLength(10);
        builder.Property(a => a.Description).HasMaxLength(ContactRules.MaxNotes);
        builder.Property(a => a.Currency).HasMaxLength(3).IsFixedLength().IsUnicode(false);
        builder.Property(a => a.Addresses).AsJson();
        builder.Property(a => a.NameFolded).HasMaxLength(ContactRules.MaxShort);
        builder.Property(a => a.NamePinyin).HasMaxLength(AccountIndexing.MaxPinyin);
        builder.Property(a => a.NameInitials).HasMaxLength(ContactRules.MaxShort);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasIndex(a => a.NameFolded);
        builder.HasIndex(a => new { a.OwnerId, a.Id });
        builder.HasIndex(a => new { a.TeamId, a.Id });
        builder.HasOne<Account>().WithMany().HasForeignKey(a => a.MergedIntoId);
        builder.HasIndex(a => a.MergedIntoId).HasFilter("MergedIntoId IS NOT NULL");
        builder.HasDeletionIndex();
        builder.HasOne<User>().WithMany().HasForeignKey(a => a.OwnerId);
    }
}

internal sealed class AccountSearchTermConfig : IEntityTypeConfiguration<AccountSearchTerm>
{
    public void Configure(EntityTypeBuilder<AccountSearchTerm> builder)
    {
        builder.ToTable("AccountTerms").HasKey(t => new { t.Term, t.AccountId });
        builder.Property(t => t.Term).HasMaxLength(ContactSearchTerm.MaxLength);
        builder.HasIndex(t => t.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(t => t.AccountId);
    }
}
