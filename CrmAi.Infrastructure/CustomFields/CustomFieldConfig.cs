using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.CustomFields;

internal sealed class CustomFieldConfig : IEntityTypeConfiguration<CustomField>
{
    public void Configure(EntityTypeBuilder<CustomField> builder)
    {
        builder.Property(f => f.Name).HasMaxLength(CustomField.MaxName);
        builder.Property(f => f.Hint).HasMaxLength(ContactRules.MaxShort);
        builder.Property(f => f.Min).HasPrecision(18, 4);
        builder.Property(f => f.Max).HasPrecision(18, 4);
        builder.Property(f => f.Choices).AsJson();
        builder.Property(f => f.Version).IsConcurrencyToken();
        builder.HasIndex(f => new { f.Target, f.Name }).IsUnique();
    }
}
