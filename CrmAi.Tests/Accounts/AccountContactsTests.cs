using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Tests.Support;
using CrmAi.Web.Accounts;
using NSubstitute;

namespace CrmAi.Tests.Accounts;

public sealed class AccountContactsTests
{
    private static AccountContact Person(string name, Guid? photo) => new(Guid.CreateVersion7(), name, "采购总监", null, Priority.High, DealStage.Prospecting, null, "周岚", photo, null);

    [Fact]
    public async Task People_WithAPhotoAndWithout_ShowItOrTheFirstCharacter()
    {
        var (pictured, plain) = (Person("林若溪", Guid.CreateVersion7()), Person("骆子骞", null));
        using var editing = new AccountEditing(Guid.CreateVersion7(), Substitute.For<IAccounts>(), null!, null!, null!);
        await using var page = await ComponentPage.RenderAsync<AccountContacts>(services => services.AddPerson(), new { Overview = new AccountOverview([pictured, plain], 2, 0, null, null, null, [], []), Editing = editing });
        page.Find($"[href='/contacts/{pictured.Id}'] .avatar img").GetAttribute("src").ShouldBe($"/contacts/{pictured.Id}/photos/{pictured.Photo}");
        page.Document.QuerySelector($"[href='/contacts/{plain.Id}'] img").ShouldBeNull();
        page.Find($"[href='/contacts/{plain.Id}'] .avatar").TextContent.Trim().ShouldBe("骆");
    }
}
