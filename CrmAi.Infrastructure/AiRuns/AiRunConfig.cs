using CrmAi.Domain.AiRuns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.AiRuns;

internal sealed class AiRunConfig : IEntityTypeConfiguration<AiRun>
{
    public void Configure(EntityTypeBuilder<AiRun> builder)
    {
        builder.Property(r => r.InputDigest).HasMaxLength(32);
        builder.Property(r => r.Analyst).HasMaxLength(100);
        builder.Property(r => r.AnalystVersion).HasMaxLength(40);
        builder.Property(r => r.PromptVersion).HasMaxLength(40);
        builder.Property(r => r.ErrorCode).HasMaxLength(80);
        builder.Property(r => r.Comment).HasMaxLength(1000);
        builder.HasIndex(r => r.At);
        builder.HasIndex(r => new { r.UserId, r.At });
        builder.HasIndex(r => new { r.ContactId, r.At });
        builder.HasIndex(r => new { r.InteractionId, r.At });
        builder.HasIndex(r => r.InputDigest);
    }
}
