using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Search;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.SqlServer;

internal sealed class SqlServerAppDbContext(DbContextOptions<SqlServerAppDbContext> options, FieldCipher cipher, Saving saving) : AppDbContext(options, cipher, saving)
{
    private const string Binary = "Latin1_General_100_BIN2";

    // compared as UTF-16
    public override string TermCeiling => "\uffff";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<ContactSearchTerm>().Property(t => t.Term).UseCollation(Binary);
        modelBuilder.Entity<Contact>().Property(c => c.SortName).UseCollation(Binary);
        modelBuilder.Entity<AccountSearchTerm>().Property(t => t.Term).UseCollation(Binary);
        modelBuilder.Entity<InteractionSearchTerm>().Property(t => t.Term).UseCollation(Binary);
        modelBuilder.Entity<SimilarTerm>().Property(t => t.Key).UseCollation(Binary);
        modelBuilder.Entity<SimilarTerm>().Property(t => t.Word).UseCollation(Binary);
        modelBuilder.Entity<Interaction>().HasIndex(i => new { i.AuthorId, i.At }, AppointmentsIndex).HasFilter("[IsScheduled] = 1");
    }
}
