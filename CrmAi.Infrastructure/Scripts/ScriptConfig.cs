using CrmAi.Domain.Contacts;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Scripts;

internal sealed class ScriptDraftConfig : IEntityTypeConfiguration<ScriptDraft>
{
    public void Configure(EntityTypeBuilder<ScriptDraft> builder)
    {
        builder.ToTable("ScriptDrafts");
        builder.Property(d => d.Language).HasMaxLength(10).IsUnicode(false);
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasOne<SuggestedAction>().WithMany().HasForeignKey(d => d.SuggestionId);
        builder.HasOne<Contact>().WithMany().HasForeignKey(d => d.ContactId);
        builder.HasOne<User>().WithMany().HasForeignKey(d => d.UserId);
        // Of two tabs that ask at once, one makes it.
        builder.HasIndex(d => new { d.SuggestionId, d.UserId }).IsUnique();
    }
}

internal sealed class ScriptTakeConfig : IEntityTypeConfiguration<ScriptTake>
{
    public void Configure(EntityTypeBuilder<ScriptTake> builder)
    {
        builder.ToTable("ScriptTakes");
        builder.HasKey(t => new { t.DraftId, t.Take });
        builder.HasOne<ScriptDraft>().WithMany().HasForeignKey(t => t.DraftId);
        builder.HasOne<Domain.AiRuns.AiRun>().WithMany().HasForeignKey(t => t.AiRunId);
    }
}

internal sealed class ScriptSentenceConfig : IEntityTypeConfiguration<ScriptSentence>
{
    public void Configure(EntityTypeBuilder<ScriptSentence> builder)
    {
        builder.ToTable("ScriptSentences");
        builder.HasKey(s => new { s.DraftId, s.Take, s.Position });
        builder.Property(s => s.Source).HasMaxLength(16).IsUnicode(false);
        builder.Ignore(s => s.Evidence);
        builder.HasOne<ScriptDraft>().WithMany().HasForeignKey(s => s.DraftId);
    }
}
