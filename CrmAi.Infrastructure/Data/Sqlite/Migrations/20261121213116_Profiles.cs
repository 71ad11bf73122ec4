using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmAi.Infrastructure.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Profiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "ProfileUpdates",
                table: "Users",
                type: "INTEGER",
                nullable: false,
                defaultValue: true); // on for everybody, as for new people

            migrationBuilder.CreateTable(
                name: "ContactProfiles",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    AiRunId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Analyst = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    AnalystVersion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    InputDigest = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Conversations = table.Column<int>(type: "INTEGER", nullable: false),
                    Claims = table.Column<string>(type: "TEXT", nullable: false),
                    Texts = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactProfiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContactProfiles_AiRuns_AiRunId",
                        column: x => x.AiRunId,
                        principalTable: "AiRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ContactProfiles_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProfileCorrections",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Claim = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Level = table.Column<int>(type: "INTEGER", nullable: true),
                    Note = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    UserId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProfileCorrections", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProfileCorrections_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ContactProfiles_AiRunId",
                table: "ContactProfiles",
                column: "AiRunId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactProfiles_ContactId_Id",
                table: "ContactProfiles",
                columns: new[] { "ContactId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ProfileCorrections_ContactId_Claim",
                table: "ProfileCorrections",
                columns: new[] { "ContactId", "Claim" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ContactProfiles");

            migrationBuilder.DropTable(
                name: "ProfileCorrections");

            migrationBuilder.DropColumn(
                name: "ProfileUpdates",
                table: "Users");
        }
    }
}
