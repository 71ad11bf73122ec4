using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.PromptTexts;

internal sealed class PromptVersionConfig : IEntityTypeConfiguration<PromptVersion>
{
    public const int MaxTask = 24, MaxLanguage = 8;

    public void Configure(EntityTypeBuilder<PromptVersion> builder)
    {
        builder.ToTable("PromptVersions");
        builder.Property(v => v.Task).HasMaxLength(MaxTask);
        builder.Property(v => v.Language).HasMaxLength(MaxLanguage);
        builder.Property(v => v.Note).HasMaxLength(PromptRules.MaxNote);
        builder.Property(v => v.Parts).AsJson();
        builder.HasIndex(v => new { v.Task, v.Language, v.Number }).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(v => v.AuthorId);
    }
}

internal sealed class PromptHeadConfig : IEntityTypeConfiguration<PromptHead>
{
    public void Configure(EntityTypeBuilder<PromptHead> builder)
    {
        builder.ToTable("PromptHeads");
        builder.Property(h => h.Task).HasMaxLength(PromptVersionConfig.MaxTask);
        builder.Property(h => h.Language).HasMaxLength(PromptVersionConfig.MaxLanguage);
        builder.Property(h => h.Version).IsConcurrencyToken();
        builder.HasIndex(h => new { h.Task, h.Language }).IsUnique();
    }
}

internal sealed class PromptAdditionConfig : IEntityTypeConfiguration<PromptAddition>
{
    public void Configure(EntityTypeBuilder<PromptAddition> builder)
    {
        builder.ToTable("PromptAdditions");
        builder.Property(a => a.Task).HasMaxLength(PromptVersionConfig.MaxTask);
        builder.Property(a => a.Text).HasMaxLength(PromptRules.MaxAddition);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasIndex(a => new { a.UserId, a.Task }).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(a => a.UserId);
    }
}

internal sealed class PromptPolicyConfig : IEntityTypeConfiguration<PromptPolicy>
{
    public void Configure(EntityTypeBuilder<PromptPolicy> builder)
    {
        builder.ToTable("PromptPolicies");
        builder.Property(p => p.Version).IsConcurrencyToken();
    }
}

internal sealed class PromptPreviewConfig : IEntityTypeConfiguration<PromptPreview>
{
    public void Configure(EntityTypeBuilder<PromptPreview> builder)
    {
        builder.ToTable("PromptPreviews");
        builder.Property(p => p.Task).HasMaxLength(PromptVersionConfig.MaxTask);
        builder.Property(p => p.Language).HasMaxLength(PromptVersionConfig.MaxLanguage);
        builder.Property(p => p.Parts).AsJson();
        builder.HasIndex(p => p.UserId);
        builder.HasIndex(p => p.ContactId);
    }
}
