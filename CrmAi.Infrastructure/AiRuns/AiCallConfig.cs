using CrmAi.Domain.AiRuns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.AiRuns;

internal sealed class AiCallConfig : IEntityTypeConfiguration<AiCall>
{
    public const int MaxModel = 100;

    public void Configure(EntityTypeBuilder<AiCall> builder)
    {
        builder.ToTable("AiCalls");
        builder.Property(c => c.Model).HasMaxLength(MaxModel);
        builder.Property(c => c.PromptVersion).HasMaxLength(40);
        builder.Property(c => c.Digest).HasMaxLength(32);
        builder.Property(c => c.ErrorCode).HasMaxLength(80);
        // One question is answered once; what was erased may be asked again.
        builder.HasIndex(c => c.Digest).IsUnique().HasFilter("Output IS NOT NULL");
        builder.HasIndex(c => new { c.At, c.CostMicros });
        builder.HasIndex(c => new { c.UserId, c.At });
        builder.HasIndex(c => new { c.ContactId, c.At });
    }
}

internal sealed class AiReservationConfig : IEntityTypeConfiguration<AiReservation>
{
    public void Configure(EntityTypeBuilder<AiReservation> builder)
    {
        builder.ToTable("AiReservations");
        builder.HasKey(r => r.Digest);
        builder.Property(r => r.Digest).HasMaxLength(32);
    }
}

internal sealed class AiSettingsConfig : IEntityTypeConfiguration<AiSettings>
{
    public void Configure(EntityTypeBuilder<AiSettings> builder)
    {
        builder.ToTable("AiSettings");
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.HasData(new AiSettings { Version = 1 });
    }
}
