using CrmAi.Domain.Contacts;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.NightRuns;

internal sealed class NightRunConfig : IEntityTypeConfiguration<NightRun>
{
    public void Configure(EntityTypeBuilder<NightRun> builder)
    {
        builder.ToTable("NightRuns");
        builder.HasIndex(r => r.Active).IsUnique();
        builder.HasIndex(r => r.Night).IsUnique();
        builder.Property(r => r.Reasons).AsJson().HasDefaultValueSql("'[]'"); // nights of before did not tell
        builder.HasOne<User>().WithMany().HasForeignKey(r => r.StartedBy);
    }
}

internal sealed class NightBatchConfig : IEntityTypeConfiguration<NightBatch>
{
    public void Configure(EntityTypeBuilder<NightBatch> builder)
    {
        builder.ToTable("NightBatches");
        builder.HasKey(b => new { b.NightRunId, b.Number });
        builder.Property(b => b.ContactIds).AsJson();
        builder.Property(b => b.Changes).AsJson();
        builder.Property(b => b.Work).HasDefaultValue(NightWork.Profiles);
        builder.HasOne<NightRun>().WithMany().HasForeignKey(b => b.NightRunId);
        builder.HasIndex(b => new { b.NightRunId, b.State, b.Number });
    }
}

internal sealed class NightFailureConfig : IEntityTypeConfiguration<NightFailure>
{
    public void Configure(EntityTypeBuilder<NightFailure> builder)
    {
        builder.ToTable("NightFailures");
        builder.HasKey(f => new { f.NightRunId, f.ContactId });
        builder.Property(f => f.ErrorCode).HasMaxLength(80);
        builder.HasOne<NightRun>().WithMany().HasForeignKey(f => f.NightRunId);
        builder.HasOne<Contact>().WithMany().HasForeignKey(f => f.ContactId);
    }
}

internal sealed class ContactReviewConfig : IEntityTypeConfiguration<ContactReview>
{
    public void Configure(EntityTypeBuilder<ContactReview> builder)
    {
        builder.ToTable("ContactReviews");
        builder.HasKey(r => r.ContactId);
        builder.Property(r => r.Maker).HasMaxLength(160);
        builder.Property(r => r.Reader).HasMaxLength(160);
        builder.HasOne<Contact>().WithOne().HasForeignKey<ContactReview>(r => r.ContactId);
    }
}

internal sealed class NightPlanConfig : IEntityTypeConfiguration<NightPlan>
{
    public void Configure(EntityTypeBuilder<NightPlan> builder)
    {
        builder.ToTable("NightPlans");
        builder.Property(p => p.TimeZone).HasMaxLength(64);
        builder.Property(p => p.Version).IsConcurrencyToken();
    }
}
