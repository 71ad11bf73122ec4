using CrmAi.Infrastructure.Data.Sqlite;
using CrmAi.Infrastructure.Data.SqlServer;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CrmAi.Infrastructure.Data;

// dotnet ef migrations add NAME -p CrmAi.Infrastructure -c SqliteAppDbContext    -o Data/Sqlite/Migrations
// dotnet ef migrations add NAME -p CrmAi.Infrastructure -c SqlServerAppDbContext -o Data/SqlServer/Migrations
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteAppDbContext>
{
    public SqliteAppDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteAppDbContext>().UseSqlite("Data Source=:memory:").Options, new(KeyRing.Make()), null!);
}

internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerAppDbContext>
{
    public SqlServerAppDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerAppDbContext>().UseSqlServer("Server=design").Options, new(KeyRing.Make()), null!);
}
