using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Conversations;

internal sealed class ConversationAnalysisConfig : IEntityTypeConfiguration<ConversationAnalysis>
{
    public void Configure(EntityTypeBuilder<ConversationAnalysis> builder)
    {
        builder.ToTable("ConversationAnalyses").HasKey(a => a.InteractionId);
        builder.Property(a => a.Analyst).HasMaxLength(100);
        builder.Property(a => a.AnalystVersion).HasMaxLength(40);
        builder.Property(a => a.InputDigest).HasMaxLength(32);
        builder.Property(a => a.Summary).AsJson();
        builder.Property(a => a.NextActionSpan).AsJson();
        builder.HasOne<Interaction>().WithOne().HasForeignKey<ConversationAnalysis>(a => a.InteractionId);
        builder.HasOne<AiRun>().WithMany().HasForeignKey(a => a.AiRunId);
        builder.HasIndex(a => a.ContactId);
    }
}

internal sealed class ConversationFindingConfig : IEntityTypeConfiguration<ConversationFinding>
{
    public void Configure(EntityTypeBuilder<ConversationFinding> builder)
    {
        builder.ToTable("ConversationFindings");
        builder.Property(f => f.Value).HasMaxLength(200);
        builder.Property(f => f.Currency).HasMaxLength(3).IsFixedLength().IsUnicode(false);
        builder.Ignore(f => f.Evidence);
        builder.HasOne<Interaction>().WithMany().HasForeignKey(f => f.InteractionId);
        builder.HasIndex(f => new { f.InteractionId, f.Start });
        builder.HasIndex(f => new { f.ContactId, f.Kind });
    }
}
