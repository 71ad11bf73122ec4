using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmAi.Infrastructure.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class NightAging : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Reasons",
                table: "NightRuns",
                type: "nvarchar(max)",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<int>(
                name: "Reread",
                table: "NightBatches",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Rescored",
                table: "NightBatches",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Work",
                table: "NightBatches",
                type: "nvarchar(24)",
                maxLength: 24,
                nullable: false,
                defaultValue: "Profiles");

            migrationBuilder.AddColumn<DateOnly>(
                name: "ChangesOn",
                table: "ContactScores",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reader",
                table: "ContactReviews",
                type: "nvarchar(160)",
                maxLength: 160,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_ContactScores_ChangesOn",
                table: "ContactScores",
                column: "ChangesOn");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ContactScores_ChangesOn",
                table: "ContactScores");

            migrationBuilder.DropColumn(
                name: "Reasons",
                table: "NightRuns");

            migrationBuilder.DropColumn(
                name: "Reread",
                table: "NightBatches");

            migrationBuilder.DropColumn(
                name: "Rescored",
                table: "NightBatches");

            migrationBuilder.DropColumn(
                name: "Work",
                table: "NightBatches");

            migrationBuilder.DropColumn(
                name: "ChangesOn",
                table: "ContactScores");

            migrationBuilder.DropColumn(
                name: "Reader",
                table: "ContactReviews");
        }
    }
}
