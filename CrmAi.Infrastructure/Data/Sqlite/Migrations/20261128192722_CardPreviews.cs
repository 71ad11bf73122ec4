using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmAi.Infrastructure.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CardPreviews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Verification",
                table: "RegistryEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PreviewKey",
                table: "BusinessCards",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "OutsideHolds",
                columns: table => new
                {
                    Digest = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Owner = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Until = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutsideHolds", x => x.Digest);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OutsideHolds");

            migrationBuilder.DropColumn(
                name: "Verification",
                table: "RegistryEntries");

            migrationBuilder.DropColumn(
                name: "PreviewKey",
                table: "BusinessCards");
        }
    }
}
