using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmAi.Infrastructure.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AiCalls : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AiCalls",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Task = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Model = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    PromptVersion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Digest = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    InteractionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    InputTokens = table.Column<int>(type: "INTEGER", nullable: false),
                    OutputTokens = table.Column<int>(type: "INTEGER", nullable: false),
                    CostMicros = table.Column<long>(type: "INTEGER", nullable: false),
                    Milliseconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    ErrorCode = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Output = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AiCalls", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AiSettings",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    DailyBudgetMicros = table.Column<long>(type: "INTEGER", nullable: true),
                    MonthlyBudgetMicros = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AiSettings", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "AiSettings",
                columns: new[] { "Id", "DailyBudgetMicros", "Enabled", "MonthlyBudgetMicros", "Version" },
                values: new object[] { new byte[] { 1, 154, 160, 0, 0, 0, 112, 0, 128, 0, 0, 0, 0, 0, 0, 1 }, null, true, null, 1 });

            migrationBuilder.CreateIndex(
                name: "IX_AiCalls_At_CostMicros",
                table: "AiCalls",
                columns: new[] { "At", "CostMicros" });

            migrationBuilder.CreateIndex(
                name: "IX_AiCalls_ContactId_At",
                table: "AiCalls",
                columns: new[] { "ContactId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AiCalls_Digest",
                table: "AiCalls",
                column: "Digest",
                unique: true,
                filter: "Output IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AiCalls_UserId_At",
                table: "AiCalls",
                columns: new[] { "UserId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AiCalls");

            migrationBuilder.DropTable(
                name: "AiSettings");
        }
    }
}
