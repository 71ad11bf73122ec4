using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace CrmAi.Infrastructure.Data.Sqlite;

#pragma warning disable EF1001 // the provider's own options, which its generator asks for
/// <summary>Tables that are nothing but their key are kept in its order and nowhere else: half the room, and no second step to a row.</summary>
internal sealed class SqliteTables(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations) : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        var keyed = operation.Name is InteractionSearchTermConfig.Table or "ef_temp_" + InteractionSearchTermConfig.Table;
        base.Generate(operation, model, builder, terminate && !keyed);
        if (!keyed) return;
        builder.Append(" WITHOUT ROWID");
        if (!terminate) return;
        builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
        EndStatement(builder);
    }
}
#pragma warning restore EF1001
