using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmAi.Infrastructure.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class CompaniesAndCounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_DuplicateDismissals_Contacts_FirstId",
                table: "DuplicateDismissals");

            migrationBuilder.DropForeignKey(
                name: "FK_DuplicateDismissals_Contacts_SecondId",
                table: "DuplicateDismissals");

            migrationBuilder.DropForeignKey(
                name: "FK_DuplicateKeys_Contacts_ContactId",
                table: "DuplicateKeys");

            migrationBuilder.DropForeignKey(
                name: "FK_DuplicateMarks_Contacts_ContactId",
                table: "DuplicateMarks");

            migrationBuilder.DropForeignKey(
                name: "FK_DuplicatePairs_Contacts_FirstId",
                table: "DuplicatePairs");

            migrationBuilder.DropForeignKey(
                name: "FK_DuplicatePairs_Contacts_SecondId",
                table: "DuplicatePairs");

            migrationBuilder.DropIndex(
                name: "IX_DuplicatePairs_SecondId",
                table: "DuplicatePairs");

            migrationBuilder.DropIndex(
                name: "IX_DuplicateMarks_ContactId",
                table: "DuplicateMarks");

            migrationBuilder.RenameColumn(
                name: "ContactId",
                table: "DuplicateMarks",
                newName: "RecordId");

            migrationBuilder.RenameColumn(
                name: "ContactId",
                table: "DuplicateKeys",
                newName: "RecordId");

            migrationBuilder.RenameIndex(
                name: "IX_DuplicateKeys_ContactId",
                table: "DuplicateKeys",
                newName: "IX_DuplicateKeys_RecordId");

            migrationBuilder.AddColumn<int>(
                name: "UndoneCompanies",
                table: "Imports",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "UndoneLabels",
                table: "Imports",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "DuplicatePairs",
                type: "nvarchar(24)",
                maxLength: 24,
                nullable: false,
                defaultValue: "Contact");

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "DuplicateMarks",
                type: "nvarchar(24)",
                maxLength: 24,
                nullable: false,
                defaultValue: "Contact");

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "DuplicateDismissals",
                type: "nvarchar(24)",
                maxLength: 24,
                nullable: false,
                defaultValue: "Contact");

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_Kind_SecondId",
                table: "DuplicatePairs",
                columns: new[] { "Kind", "SecondId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_DuplicatePairs_Kind_SecondId",
                table: "DuplicatePairs");

            migrationBuilder.DropColumn(
                name: "UndoneCompanies",
                table: "Imports");

            migrationBuilder.DropColumn(
                name: "UndoneLabels",
                table: "Imports");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "DuplicatePairs");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "DuplicateMarks");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "DuplicateDismissals");

            migrationBuilder.RenameColumn(
                name: "RecordId",
                table: "DuplicateMarks",
                newName: "ContactId");

            migrationBuilder.RenameColumn(
                name: "RecordId",
                table: "DuplicateKeys",
                newName: "ContactId");

            migrationBuilder.RenameIndex(
                name: "IX_DuplicateKeys_RecordId",
                table: "DuplicateKeys",
                newName: "IX_DuplicateKeys_ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_SecondId",
                table: "DuplicatePairs",
                column: "SecondId");

            migrationBuilder.CreateIndex(
                name: "IX_DuplicateMarks_ContactId",
                table: "DuplicateMarks",
                column: "ContactId");

            migrationBuilder.AddForeignKey(
                name: "FK_DuplicateDismissals_Contacts_FirstId",
                table: "DuplicateDismissals",
                column: "FirstId",
                principalTable: "Contacts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_DuplicateDismissals_Contacts_SecondId",
                table: "DuplicateDismissals",
                column: "SecondId",
                principalTable: "Contacts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_DuplicateKeys_Contacts_ContactId",
                table: "DuplicateKeys",
                column: "ContactId",
                principalTable: "Contacts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_DuplicateMarks_Contacts_ContactId",
                table: "DuplicateMarks",
                column: "ContactId",
                principalTable: "Contacts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_DuplicatePairs_Contacts_FirstId",
                table: "DuplicatePairs",
                column: "FirstId",
                principalTable: "Contacts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_DuplicatePairs_Contacts_SecondId",
                table: "DuplicatePairs",
                column: "SecondId",
                principalTable: "Contacts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
