using CrmAi.Domain.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Platform.CompanyData;

/// <summary>An answer from outside, given again to the same question until it expires.</summary>
internal sealed class OutsideAnswer
{
    public Guid Id { get; init; } = Ids.Next();

    /// <summary>SHA-256 of service, operation and arguments: one question, one row.</summary>
    public required byte[] Digest { get; init; }
    public DateTime At { get; set; }
    public DateTime ExpiresAt { get; set; }

    /// <summary>The body as it came, encrypted at rest: it may speak of people.</summary>
    public required string Body { get; set; }
}

/// <summary>How many requests went to one service on one of the company's days.</summary>
internal sealed class OutsideDay
{
    public required string Source { get; init; }
    public DateOnly Day { get; init; }
    public int Spent { get; set; }
}

internal sealed class OutsideAnswerConfig : IEntityTypeConfiguration<OutsideAnswer>
{
    public void Configure(EntityTypeBuilder<OutsideAnswer> builder)
    {
        builder.Property(a => a.Digest).HasMaxLength(32);
        builder.HasIndex(a => a.Digest).IsUnique();
        builder.HasIndex(a => a.ExpiresAt);
    }
}

internal sealed class OutsideDayConfig : IEntityTypeConfiguration<OutsideDay>
{
    public void Configure(EntityTypeBuilder<OutsideDay> builder)
    {
        builder.HasKey(d => new { d.Source, d.Day });
        builder.Property(d => d.Source).HasMaxLength(40);
    }
}
