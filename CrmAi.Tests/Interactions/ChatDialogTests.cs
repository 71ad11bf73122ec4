using CrmAi.Domain.Interactions;

namespace CrmAi.Tests.Interactions;

public sealed class ChatDialogTests
{
    [Theory]
    [InlineData("客户：太贵了\n我：可以谈")]
    [InlineData("客户: 太贵了\n销售: 可以谈")]
    [InlineData("Customer: 太贵了\nRep: 可以谈")]
    [InlineData("Client： 太贵了\nMe： 可以谈")]
    [InlineData("客户A：太贵了\n李小雷：可以谈")]
    [InlineData("- 客户：太贵了\n- 我：可以谈")]
    [InlineData("**客户**：太贵了\n**我：** 可以谈")]
    [InlineData("甲方：太贵了\n我方：可以谈")]
    public void Dialog_WordsForTheRoles_TellTheSides(string text)
    {
        var chat = Chats.Parse(text);

        chat.Format.ShouldBe(ChatFormat.Thread);
        chat.Said().ShouldBe(["Customer 太贵了", "Us 可以谈"]);
        chat.Direction.ShouldBe(InteractionDirection.Inbound);
        chat.Type.ShouldBeNull();
    }

    [Fact]
    public void Dialog_LettersForNames_AreAsked()
    {
        var chat = Chats.Parse("A: hi there\nB: hello\nA: price?");

        chat.Format.ShouldBe(ChatFormat.Thread);
        chat.Asked.ShouldBe(["A", "B"]);
    }

    [Fact]
    public void Dialog_ThreeVoices_UnknownOneIsAsked()
    {
        var chat = Chats.Parse("王总: 好\n李工: 嗯\n我: 行\n王总: 那就这样", contacts: ["李明"]);

        chat.Asked.ShouldBe(["王总"]);
        chat.Said().ShouldBe(["Unknown 好", "Customer 嗯", "Us 行", "Unknown 那就这样"]);
        chat.Direction.ShouldBeNull();
    }

    [Fact]
    public void Dialog_PersonConfirmedASide_Wins()
    {
        var chat = Chats.Parse("客户：好\n李工：嗯", contacts: ["李工"], confirmed: [("李工", ChatSide.Us), ("客户", ChatSide.Customer)]);

        chat.Said().ShouldBe(["Customer 好", "Us 嗯"]);
    }

    [Fact]
    public void Dialog_NameFitsBothSides_IsAsked()
    {
        var chat = Chats.Parse("张经理：好\n王工：嗯", reps: ["张伟明"], contacts: ["张敏"]);

        chat.Asked.ShouldBe(["张经理", "王工"]);
    }

    [Theory]
    [InlineData("张主任", "张伟明")]
    [InlineData("张总", "张伟明")]
    [InlineData("老张", "张伟明")]
    [InlineData("伟明", "张伟明")]
    [InlineData("伟明-恒远", "张伟明")]
    [InlineData("恒远 张伟明", "张伟明")]
    [InlineData("张伟明🌸", "张伟明")]
    [InlineData("欧阳经理", "欧阳静")]
    [InlineData("ANNA", "Anna Berg")]
    [InlineData("Ａｎｎａ Berg", "anna berg")]
    [InlineData("Anna B.", "Anna Berg")]
    [InlineData("Ms. Berg", "Anna Berg")]
    public void Name_WrittenLoosely_IsTheContact(string written, string contact)
    {
        var chat = Chats.Parse($"{written}: hi\n孙小圣: ok\n周小通: ok\n{written}: bye", contacts: [contact]);

        chat.Chat.Speakers[0].Side.ShouldBe(ChatSide.Customer);
    }

    [Theory]
    [InlineData("张三丰", "张三")]
    [InlineData("李总", "张伟明")]
    [InlineData("Anna Smith", "Anna Berg")]
    [InlineData("明明", "张伟明")]
    public void Name_OfSomebodyElse_IsAsked(string written, string contact)
    {
        var chat = Chats.Parse($"{written}: hi\n孙小圣: ok\n{written}: bye", contacts: [contact]);

        chat.Asked.ShouldBe([written, "孙小圣"]);
    }

    [Fact]
    public void Dialog_ColonsInWords_AreNoSpeakers()
    {
        var chat = Chats.Parse("Me: hi\nAnna: at 14:00\nhttps://x.example/a\n一句话：可以\n14:00 见\nMe: ok");

        chat.Names.ShouldBe(["Me", "Anna"]);
        chat.Said().ShouldBe(["Us hi", "Customer at 14:00\nhttps://x.example/a\n一句话：可以\n14:00 见", "Us ok"]);
    }

    [Theory]
    [InlineData("客户：可以\n我：好\n\n待办：发合同")]
    [InlineData("客户：可以\n我：好\nNext step: send it")]
    public void Dialog_LabelledLineBelow_IsNobodysWords(string text)
    {
        var chat = Chats.Parse(text);

        chat.Names.ShouldBe(["客户", "我"]);
        chat.Chat.Turns[^1].Speaker.ShouldBeNull();
    }

    [Theory]
    [InlineData("需求会\n时间：9月18日 14:00\n地点：三楼\n参会：茅经理、我方\n一、订舱：邮件\n二、对账：手工\n待办：流程图")]
    [InlineData("客户：恒远机电\n联系人：钱多多\n预算：30万\n时间：下周")]
    [InlineData("客户说预算20万: 太少\n他说再看看")]
    [InlineData("客户问工期：三个月行不行？\n我答可以")]
    [InlineData("Called Anna. She said: too expensive.\nNext step: new offer\nBudget: 5k")]
    [InlineData("王总 14:00 带合同\n下午 15:00 开会")]
    [InlineData("产品甲：10万\n产品乙：20万")]
    [InlineData("主题：需求会\n时间：9月18日\n地点：三楼")]
    [InlineData("See https://x.example/a:b at 14:00")]
    public void Note_LabelsAndShorthand_OneTurnWithoutSpeaker(string text)
    {
        var chat = Chats.Parse(text, contacts: ["王总"]);

        chat.Format.ShouldBe(ChatFormat.Note);
        chat.Chat.Speakers.ShouldBeEmpty();
        chat.Said().ShouldBe([$"Unknown {text}"]);
        chat.Type.ShouldBeNull();
        chat.Direction.ShouldBeNull();
    }
}
