using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmAi.Infrastructure.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Ledger : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "ByHand",
                table: "Jobs",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_AiRuns_At",
                table: "AiRuns",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_AiRuns_ContactId_At",
                table: "AiRuns",
                columns: new[] { "ContactId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AiRuns_At",
                table: "AiRuns");

            migrationBuilder.DropIndex(
                name: "IX_AiRuns_ContactId_At",
                table: "AiRuns");

            migrationBuilder.DropColumn(
                name: "ByHand",
                table: "Jobs");
        }
    }
}
