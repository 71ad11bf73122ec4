using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Sqlite;

internal sealed class SqliteAppDbContext(DbContextOptions<SqliteAppDbContext> options, FieldCipher cipher, Saving saving) : AppDbContext(options, cipher, saving)
{
    // compared as UTF-8
    public override string TermCeiling => "\U0010FFFF";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Interaction>().HasIndex(i => new { i.AuthorId, i.At }, AppointmentsIndex).HasFilter("\"IsScheduled\"");
    }
}
