using CrmAi.Domain.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmAi.Infrastructure.Data;

/// <summary>The few deleted rows among all, by when they were deleted; both databases read these words alike.</summary>
internal static class DeletionIndex
{
    public static void HasDeletionIndex<T>(this EntityTypeBuilder<T> builder) where T : class, IRecorded, IDeletable =>
        builder.HasIndex(r => new { r.DeletedAt, r.Id }).HasFilter("DeletedAt IS NOT NULL");
}
