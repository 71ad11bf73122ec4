using CrmAi.Domain.Briefs;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Briefs;

internal sealed class MorningBriefConfig : IEntityTypeConfiguration<MorningBrief>
{
    public void Configure(EntityTypeBuilder<MorningBrief> builder)
    {
        builder.ToTable("MorningBriefs");
        builder.Property(b => b.Items).AsJson();
        builder.HasOne<User>().WithMany().HasForeignKey(b => b.UserId);
        builder.HasIndex(b => new { b.UserId, b.Day }).IsUnique();
    }
}

internal sealed class BriefLearningConfig : IEntityTypeConfiguration<BriefLearning>
{
    public void Configure(EntityTypeBuilder<BriefLearning> builder)
    {
        builder.ToTable("BriefLearnings").HasKey(l => l.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(l => l.UserId);
    }
}
