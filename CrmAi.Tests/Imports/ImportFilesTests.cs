using System.Text;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Imports;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Tests.BusinessCards;
using CrmAi.Tests.ContactFiles;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.Imports;

/// <summary>Files of every kind through the jobs.</summary>
public sealed class ImportFilesTests
{
    [Fact]
    public async Task Workbook_IsImported_WithTheRowsThatTheSpreadsheetShows()
    {
        await using var stage = await ImportStage.CreateAsync();
        using var book = Files.Book(["姓名", "手机", "备注"], ["骆安之", "13800007101", "第一行\n第二行"], ["", "", ""], ["巫远然", "待补", ""]);
        var done = await ImportAsync(stage, book.ToArray(), "展会.xlsx");
        done.Summary.Run.ShouldBe(new(2, 1, 0, 0, 0, 1));
        (await stage.RowsAsync(done.Summary.Id, ImportPhase.Run)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Number.ShouldBe(4), r => r.Problems.Single().Value.ShouldBe("待补"));
        var made = await stage.Db.ReadAsync(db => db.Contacts.SingleAsync());
        (made.Name, made.Notes).ShouldBe(("骆安之", "第一行\n第二行"));
    }

    [Fact]
    public async Task Cards_BringTheirPhotos_AndABrokenOneCostsNobodyTheContact()
    {
        await using var stage = await ImportStage.CreateAsync();
        var cards = Files.Card($"VERSION:3.0\nFN:柏川\nTEL;TYPE=CELL:13800007201\nPHOTO;ENCODING=b;TYPE=JPEG:{Convert.ToBase64String(MalformedPictures.Jpeg)}")
            + Files.Card($"VERSION:3.0\nFN:纪禾\nTEL;TYPE=CELL:13800007202\nPHOTO;ENCODING=b;TYPE=JPEG:{Convert.ToBase64String(new byte[300])}");
        var done = await ImportAsync(stage, Encoding.UTF8.GetBytes(cards), "phone.vcf");
        done.Summary.Run.ShouldBe(new(2, 2, 0, 0, 0, 0));
        (await stage.RowsAsync(done.Summary.Id, ImportPhase.Run)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Name.ShouldBe("纪禾"), r => r.Problems.Single().Code.ShouldBe("photo.broken"));
        var photo = await stage.Db.ReadAsync(db => db.ContactPhotos.SingleAsync());
        (await stage.Db.ReadAsync(db => db.Contacts.SingleAsync(c => c.Id == photo.ContactId))).Name.ShouldBe("柏川");
        var stored = Directory.GetFiles(Path.Combine(stage.Db.Folder, "files"), "*", SearchOption.AllDirectories);
        stored.Length.ShouldBe(2, "the photo beside the file itself; the broken one left nothing");
        (await stage.UndoneAsync(done.Summary.Id)).Summary.Undo.ShouldBe(new(2, 2, 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SomebodyElses_IsToldOfByOwner_OnlyWhereTheCompanyLetsIt(bool tells)
    {
        await using var stage = await ImportStage.CreateAsync(s => s.Configure<CardOptions>(o => o.TellsDuplicateOwners = tells));
        var mate = await stage.Db.AddUserAsync(Domain.Users.Role.SalesRep, stage.Team);
        (await stage.Db.As(mate).Contacts.AddAsync(new() { Name = "裴清", Mobile = "13800007301", Visibility = Domain.Shared.Visibility.Private }, default)).Errors.ShouldBeEmpty();
        var done = await stage.ImportedAsync("姓名,手机\n裴清,13800007301\n闻然,13800007302\n");
        done.Summary.Run.ShouldBe(tells ? new(2, 1, 0, 1, 0, 0) : new ImportCounts(2, 2, 0, 0, 0, 0));
        var rows = await stage.RowsAsync(done.Summary.Id, ImportPhase.Run);
        if (tells) rows.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.RecordId.ShouldBeNull(), r => r.Name.ShouldBeNull(), r => r.Problems.Single().Code.ShouldBe("contact.elsewhere"), r => r.Problems.Single().Args.ShouldBe([mate.Name]));
        else rows.ShouldBeEmpty("nothing betrays that somebody has this person");
    }

    private static async Task<ImportDetail> ImportAsync(ImportStage stage, byte[] file, string name)
    {
        var sent = await stage.SendAsync(file, name);
        sent.Errors.ShouldBeEmpty();
        var id = sent.Value.Summary.Id;
        (await stage.Imports.CheckAsync(id, default)).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        (await stage.Imports.RunAsync(id, default)).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        return (await stage.Imports.GetAsync(id, default))!;
    }
}
