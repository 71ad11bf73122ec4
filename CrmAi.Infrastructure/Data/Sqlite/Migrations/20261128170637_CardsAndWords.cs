using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmAi.Infrastructure.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CardsAndWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "ScriptGeneration",
                table: "Users",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsPreview",
                table: "AiCalls",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "AiReservations",
                columns: table => new
                {
                    Digest = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Owner = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Until = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Micros = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AiReservations", x => x.Digest);
                });

            migrationBuilder.CreateTable(
                name: "BusinessCards",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    OwnerId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    BatchId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    StorageKey = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Width = table.Column<int>(type: "INTEGER", nullable: false),
                    Height = table.Column<int>(type: "INTEGER", nullable: false),
                    Digest = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    JobId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Read = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Reader = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    ReaderVersion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Milliseconds = table.Column<int>(type: "INTEGER", nullable: true),
                    AiRunId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    ReadAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    PutOffAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ContactId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    DecidedBy = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BusinessCards", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BusinessCards_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_BusinessCards_Users_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LookUps",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    ContactId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Ask = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Found = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LookUps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LookUps_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LookUps_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LookUps_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "NameConfirmations",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Page = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RetrievedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    PickedBy = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    PickedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NameConfirmations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_NameConfirmations_Contacts_Id",
                        column: x => x.Id,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_NameConfirmations_Users_PickedBy",
                        column: x => x.PickedBy,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OutsideAnswers",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Digest = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Body = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutsideAnswers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OutsideDays",
                columns: table => new
                {
                    Source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Spent = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutsideDays", x => new { x.Source, x.Day });
                });

            migrationBuilder.CreateTable(
                name: "PromptAdditions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Task = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PromptAdditions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PromptAdditions_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PromptHeads",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Task = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    LatestVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    PublishedVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PromptHeads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PromptPolicies",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    AdditionsAllowed = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PromptPolicies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PromptPreviews",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Task = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Parts = table.Column<string>(type: "TEXT", nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    InteractionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Result = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PromptPreviews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PromptVersions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Task = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Parts = table.Column<string>(type: "TEXT", nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    AuthorId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PromptVersions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PromptVersions_Users_AuthorId",
                        column: x => x.AuthorId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RegistryEntries",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SourceId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Link = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    PickedBy = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    PickedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CheckedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Facts = table.Column<string>(type: "TEXT", nullable: false),
                    Risk = table.Column<string>(type: "TEXT", nullable: true),
                    Officers = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RegistryEntries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RegistryEntries_Accounts_Id",
                        column: x => x.Id,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RegistryEntries_Users_PickedBy",
                        column: x => x.PickedBy,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ScriptDrafts",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    SuggestionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Category = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Tone = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Language = table.Column<string>(type: "TEXT", unicode: false, maxLength: 10, nullable: false),
                    Take = table.Column<int>(type: "INTEGER", nullable: false),
                    Edited = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScriptDrafts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ScriptDrafts_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ScriptDrafts_SuggestedActions_SuggestionId",
                        column: x => x.SuggestionId,
                        principalTable: "SuggestedActions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ScriptDrafts_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CardCorrections",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    CardId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Field = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Read = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Saved = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Reader = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    ReaderVersion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CardCorrections", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CardCorrections_BusinessCards_CardId",
                        column: x => x.CardId,
                        principalTable: "BusinessCards",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ScriptSentences",
                columns: table => new
                {
                    DraftId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Take = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Part = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Text = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InteractionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    Start = table.Column<int>(type: "INTEGER", nullable: false),
                    Length = table.Column<int>(type: "INTEGER", nullable: false),
                    Source = table.Column<string>(type: "TEXT", unicode: false, maxLength: 16, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScriptSentences", x => new { x.DraftId, x.Take, x.Position });
                    table.ForeignKey(
                        name: "FK_ScriptSentences_ScriptDrafts_DraftId",
                        column: x => x.DraftId,
                        principalTable: "ScriptDrafts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ScriptTakes",
                columns: table => new
                {
                    DraftId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Take = table.Column<int>(type: "INTEGER", nullable: false),
                    AiRunId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Tone = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    HasStyle = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScriptTakes", x => new { x.DraftId, x.Take });
                    table.ForeignKey(
                        name: "FK_ScriptTakes_AiRuns_AiRunId",
                        column: x => x.AiRunId,
                        principalTable: "AiRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ScriptTakes_ScriptDrafts_DraftId",
                        column: x => x.DraftId,
                        principalTable: "ScriptDrafts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_DeletedAt_Id",
                table: "Tasks",
                columns: new[] { "DeletedAt", "Id" },
                filter: "DeletedAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_BusinessCards_ContactId",
                table: "BusinessCards",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_BusinessCards_OwnerId_BatchId_Number",
                table: "BusinessCards",
                columns: new[] { "OwnerId", "BatchId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BusinessCards_OwnerId_CreatedAt_Id",
                table: "BusinessCards",
                columns: new[] { "OwnerId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_BusinessCards_OwnerId_Digest",
                table: "BusinessCards",
                columns: new[] { "OwnerId", "Digest" },
                unique: true,
                filter: "State <> 'Discarded'");

            migrationBuilder.CreateIndex(
                name: "IX_BusinessCards_OwnerId_State_PutOffAt_Id",
                table: "BusinessCards",
                columns: new[] { "OwnerId", "State", "PutOffAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_BusinessCards_State_DecidedAt",
                table: "BusinessCards",
                columns: new[] { "State", "DecidedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_BusinessCards_StorageKey",
                table: "BusinessCards",
                column: "StorageKey");

            migrationBuilder.CreateIndex(
                name: "IX_CardCorrections_CardId_Field",
                table: "CardCorrections",
                columns: new[] { "CardId", "Field" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LookUps_AccountId",
                table: "LookUps",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_LookUps_ContactId",
                table: "LookUps",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_LookUps_CreatedAt",
                table: "LookUps",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_LookUps_UserId",
                table: "LookUps",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_NameConfirmations_PickedBy",
                table: "NameConfirmations",
                column: "PickedBy");

            migrationBuilder.CreateIndex(
                name: "IX_OutsideAnswers_Digest",
                table: "OutsideAnswers",
                column: "Digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutsideAnswers_ExpiresAt",
                table: "OutsideAnswers",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_PromptAdditions_UserId_Task",
                table: "PromptAdditions",
                columns: new[] { "UserId", "Task" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PromptHeads_Task_Language",
                table: "PromptHeads",
                columns: new[] { "Task", "Language" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PromptPreviews_ContactId",
                table: "PromptPreviews",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_PromptPreviews_UserId",
                table: "PromptPreviews",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_PromptVersions_AuthorId",
                table: "PromptVersions",
                column: "AuthorId");

            migrationBuilder.CreateIndex(
                name: "IX_PromptVersions_Task_Language_Number",
                table: "PromptVersions",
                columns: new[] { "Task", "Language", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RegistryEntries_PickedBy",
                table: "RegistryEntries",
                column: "PickedBy");

            migrationBuilder.CreateIndex(
                name: "IX_RegistryEntries_Source_CheckedAt",
                table: "RegistryEntries",
                columns: new[] { "Source", "CheckedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ScriptDrafts_ContactId",
                table: "ScriptDrafts",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_ScriptDrafts_SuggestionId_UserId",
                table: "ScriptDrafts",
                columns: new[] { "SuggestionId", "UserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ScriptDrafts_UserId",
                table: "ScriptDrafts",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_ScriptTakes_AiRunId",
                table: "ScriptTakes",
                column: "AiRunId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AiReservations");

            migrationBuilder.DropTable(
                name: "CardCorrections");

            migrationBuilder.DropTable(
                name: "LookUps");

            migrationBuilder.DropTable(
                name: "NameConfirmations");

            migrationBuilder.DropTable(
                name: "OutsideAnswers");

            migrationBuilder.DropTable(
                name: "OutsideDays");

            migrationBuilder.DropTable(
                name: "PromptAdditions");

            migrationBuilder.DropTable(
                name: "PromptHeads");

            migrationBuilder.DropTable(
                name: "PromptPolicies");

            migrationBuilder.DropTable(
                name: "PromptPreviews");

            migrationBuilder.DropTable(
                name: "PromptVersions");

            migrationBuilder.DropTable(
                name: "RegistryEntries");

            migrationBuilder.DropTable(
                name: "ScriptSentences");

            migrationBuilder.DropTable(
                name: "ScriptTakes");

            migrationBuilder.DropTable(
                name: "BusinessCards");

            migrationBuilder.DropTable(
                name: "ScriptDrafts");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_DeletedAt_Id",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "ScriptGeneration",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "IsPreview",
                table: "AiCalls");
        }
    }
}
