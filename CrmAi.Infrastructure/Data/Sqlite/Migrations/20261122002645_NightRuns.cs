using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmAi.Infrastructure.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class NightRuns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ContactReviews",
                columns: table => new
                {
                    ContactId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ReviewedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Maker = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactReviews", x => x.ContactId);
                    table.ForeignKey(
                        name: "FK_ContactReviews_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "NightPlans",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    IsEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    StartsAt = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    WindowMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    StaleDays = table.Column<int>(type: "INTEGER", nullable: false),
                    BudgetMicros = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NightPlans", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "NightRuns",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Night = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    StartedBy = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 24, nullable: true),
                    Active = table.Column<int>(type: "INTEGER", nullable: true),
                    EndsAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    BudgetMicros = table.Column<long>(type: "INTEGER", nullable: true),
                    Chosen = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    FinishedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LeasedBy = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    LeasedUntil = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NightRuns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_NightRuns_Users_StartedBy",
                        column: x => x.StartedBy,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "NightBatches",
                columns: table => new
                {
                    NightRunId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    ContactIds = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    LeasedBy = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    LeasedUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Renewed = table.Column<int>(type: "INTEGER", nullable: false),
                    Unchanged = table.Column<int>(type: "INTEGER", nullable: false),
                    Failed = table.Column<int>(type: "INTEGER", nullable: false),
                    Left = table.Column<int>(type: "INTEGER", nullable: false),
                    PaidCalls = table.Column<int>(type: "INTEGER", nullable: false),
                    CostMicros = table.Column<long>(type: "INTEGER", nullable: false),
                    Changes = table.Column<string>(type: "TEXT", nullable: false),
                    ReadMilliseconds = table.Column<int>(type: "INTEGER", nullable: false),
                    AnalysisMilliseconds = table.Column<int>(type: "INTEGER", nullable: false),
                    WriteMilliseconds = table.Column<int>(type: "INTEGER", nullable: false),
                    FinishedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NightBatches", x => new { x.NightRunId, x.Number });
                    table.ForeignKey(
                        name: "FK_NightBatches_NightRuns_NightRunId",
                        column: x => x.NightRunId,
                        principalTable: "NightRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "NightFailures",
                columns: table => new
                {
                    NightRunId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ErrorCode = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NightFailures", x => new { x.NightRunId, x.ContactId });
                    table.ForeignKey(
                        name: "FK_NightFailures_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_NightFailures_NightRuns_NightRunId",
                        column: x => x.NightRunId,
                        principalTable: "NightRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_NightBatches_NightRunId_State_Number",
                table: "NightBatches",
                columns: new[] { "NightRunId", "State", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_NightFailures_ContactId",
                table: "NightFailures",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_NightRuns_Active",
                table: "NightRuns",
                column: "Active",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_NightRuns_Night",
                table: "NightRuns",
                column: "Night",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_NightRuns_StartedBy",
                table: "NightRuns",
                column: "StartedBy");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ContactReviews");

            migrationBuilder.DropTable(
                name: "NightBatches");

            migrationBuilder.DropTable(
                name: "NightFailures");

            migrationBuilder.DropTable(
                name: "NightPlans");

            migrationBuilder.DropTable(
                name: "NightRuns");
        }
    }
}
