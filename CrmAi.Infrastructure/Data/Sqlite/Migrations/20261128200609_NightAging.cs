using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmAi.Infrastructure.Data.Sqlite.Migrations
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
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<int>(
                name: "Reread",
                table: "NightBatches",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Rescored",
                table: "NightBatches",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Work",
                table: "NightBatches",
                type: "TEXT",
                maxLength: 24,
                nullable: false,
                defaultValue: "Profiles");

            migrationBuilder.AddColumn<DateOnly>(
                name: "ChangesOn",
                table: "ContactScores",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reader",
                table: "ContactReviews",
                type: "TEXT",
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
