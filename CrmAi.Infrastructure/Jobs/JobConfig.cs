using CrmAi.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Jobs;

internal sealed class JobConfig : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("Jobs");
        builder.Property(j => j.Kind).HasMaxLength(40);
        builder.Property(j => j.ErrorCode).HasMaxLength(80);
        builder.Property(j => j.ErrorDetail).HasMaxLength(400);
        // Whoever commits a job's result must still hold its lease.
        builder.Property(j => j.LeasedBy).IsConcurrencyToken();
        builder.HasIndex(j => new { j.Lane, j.State, j.DueAt });
        builder.HasIndex(j => new { j.SubjectId, j.Id });
        builder.HasIndex(j => new { j.ContactId, j.State });
    }
}
