using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Views;

internal sealed class ViewConfig : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("Views");
        builder.Property(v => v.Name).HasMaxLength(SavedView.MaxName);
        builder.Property(v => v.Filter).HasMaxLength(SavedView.MaxFilter);
        builder.Property(v => v.Version).IsConcurrencyToken();
        builder.HasIndex(v => new { v.OwnerId, v.Name }).IsUnique();
        builder.HasIndex(v => v.TeamId);
        builder.HasOne<User>().WithMany().HasForeignKey(v => v.OwnerId);
    }
}
