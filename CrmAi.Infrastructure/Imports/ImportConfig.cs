using CrmAi.Domain.Imports;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Imports;

internal sealed class ImportConfig : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.Property(i => i.FileName).HasMaxLength(Import.MaxFileName);
        builder.Property(i => i.StorageKey).HasMaxLength(40);
        builder.Property(i => i.ErrorCode).HasMaxLength(80);
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.UserId);
        builder.HasIndex(i => new { i.UserId, i.Id });
        builder.HasIndex(i => new { i.FileDeletedAt, i.Id });
    }
}

internal sealed class ImportItemConfig : IEntityTypeConfiguration<ImportItem>
{
    public void Configure(EntityTypeBuilder<ImportItem> builder)
    {
        builder.HasKey(i => new { i.ImportId, i.Phase, i.Number });
        builder.Property(i => i.Phase).HasMaxLength(8);
        builder.Property(i => i.Outcome).HasMaxLength(12);
        builder.HasIndex(i => i.RecordId);
        builder.HasOne<Import>().WithMany().HasForeignKey(i => i.ImportId);
    }
}

internal sealed class MappingMemoryConfig : IEntityTypeConfiguration<MappingMemory>
{
    public void Configure(EntityTypeBuilder<MappingMemory> builder)
    {
        builder.Property(m => m.Headers).HasMaxLength(32).IsFixedLength();
        builder.HasIndex(m => new { m.UserId, m.Headers }).IsUnique();
    }
}

internal sealed class ImportGateConfig : IEntityTypeConfiguration<ImportGate>
{
    public void Configure(EntityTypeBuilder<ImportGate> builder)
    {
        builder.Property(g => g.Id).ValueGeneratedNever();
        builder.HasData(new ImportGate { Id = ImportCommands.Gate });
    }
}
