using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmAi.Infrastructure.Data.SqlServer.Migrations
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
                    Id = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Task = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: false),
                    Model = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    PromptVersion = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Digest = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    UserId = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    ContactId = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: true),
                    InteractionId = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: true),
                    InputTokens = table.Column<int>(type: "int", nullable: false),
                    OutputTokens = table.Column<int>(type: "int", nullable: false),
                    CostMicros = table.Column<long>(type: "bigint", nullable: false),
                    Milliseconds = table.Column<int>(type: "int", nullable: false),
                    Outcome = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: false),
                    ErrorCode = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: true),
                    Output = table.Column<byte[]>(type: "varbinary(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AiCalls", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AiSettings",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    Enabled = table.Column<bool>(type: "bit", nullable: false),
                    DailyBudgetMicros = table.Column<long>(type: "bigint", nullable: true),
                    MonthlyBudgetMicros = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
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
