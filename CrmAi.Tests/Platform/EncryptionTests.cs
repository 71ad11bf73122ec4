using System.Security.Cryptography;
using System.Text;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Platform;

public sealed class EncryptionTests
{
    private static readonly KeyRing Ring = KeyRing.Make();
    private static readonly FieldCipher Cipher = new(Ring);

    [Fact]
    public async Task PersonalFields_InTheDatabaseFiles_AreNotReadable()
    {
        await using var db = await TestDatabase.CreateAsync();
        var my = db.As(await db.AddUserAsync(Role.SalesRep));
        var saved = (await my.Contacts.AddAsync(new()
        {
            Name = "张三", Mobile = "13899990001", Phone = "021-68889999", Email = "mailbox-of-zhang@maker.example", WeChat = "wechat_of_zhang",
            Personal = new() { City = "CityOfZhang", Notes = "NotesOfZhang" }, Title = "TitleInClear",
        }, default)).Value;
        (await my.Contacts.GetAsync(saved.Id, default))!.Fields.Personal.Notes.ShouldBe("NotesOfZhang");
        await db.SqlAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var raw = Encoding.Latin1.GetString(Directory.GetFiles(db.Folder, "crm.db*").SelectMany(ReadShared).ToArray());
        raw.ShouldContain("TitleInClear");
        foreach (var secret in (string[])["13899990001", "68889999", "mailbox-of-zhang", "wechat_of_zhang", "CityOfZhang", "NotesOfZhang"]) raw.Contains(secret, StringComparison.Ordinal).ShouldBeFalse(secret);
    }

    [Fact]
    public async Task BlindIndex_OfTheSameNumberWrittenTwice_IsEqual()
    {
        await using var db = await TestDatabase.CreateAsync();
        var my = db.As(await db.AddUserAsync(Role.SalesRep));
        foreach (var number in (string[])["+86 138 0000 6620", "138-0000-6620", "13800006621"]) (await my.Contacts.AddAsync(new() { Name = "人", Mobile = number }, default)).Succeeded.ShouldBeTrue();
        var keys = await db.ReadAsync(d => d.Contacts.OrderBy(c => c.Id).Select(c => c.Index.Mobile!).ToListAsync());
        keys[0].ShouldBe(keys[1]);
        keys[0].ShouldNotBe(keys[2]);
        var stored = await db.SqlAsync("SELECT count(DISTINCT Mobile) FROM Contacts");
        stored.ShouldBe(3L);
    }

    [Fact]
    public void BlindIndex_OfAnotherKindOrRing_Differs()
    {
        Cipher.Index("6620", "tail").ShouldBe(Cipher.Index("6620", "tail"));
        Cipher.Index("6620", "tail").ShouldNotBe(Cipher.Index("6620", "phone"));
        Cipher.Index("6620", "tail").ShouldNotBe(new FieldCipher(KeyRing.Make()).Index("6620", "tail"));
        Cipher.Index(null, "tail").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("张三 13800006620 🙂")]
    public void Text_Encrypted_ReadsBackAndLooksNewEachTime(string text)
    {
        var (one, two) = (Cipher.Encrypt(text, "Contact.Mobile"), Cipher.Encrypt(text, "Contact.Mobile"));
        one.ShouldNotBe(two);
        Cipher.DecryptText(one, "Contact.Mobile").ShouldBe(text);
        Cipher.DecryptText(two, "Contact.Mobile").ShouldBe(text);
    }

    [Fact]
    public void Ciphertext_MovedAlteredOrShortened_IsRefused()
    {
        var stored = Cipher.Encrypt("13800006620", "Contact.Mobile");
        Should.Throw<CryptographicException>(() => Cipher.DecryptText(stored, "Contact.Phone"));
        Should.Throw<CryptographicException>(() => new FieldCipher(KeyRing.Make()).DecryptText(stored, "Contact.Mobile"));
        for (var i = 0; i < stored.Length; i++)
        {
            var altered = stored.ToArray();
            altered[i] ^= 1;
            Should.Throw<CryptographicException>(() => Cipher.DecryptText(altered, "Contact.Mobile"));
            Should.Throw<CryptographicException>(() => Cipher.DecryptText(stored[..i], "Contact.Mobile"));
        }
    }

    [Fact]
    public void SecondKey_Added_EncryptsAndTheFirstStillReads()
    {
        var old = Cipher.Encrypt("x", "f");
        var rotated = new FieldCipher(Ring with { Fields = [.. Ring.Fields, new(2, RandomNumberGenerator.GetBytes(32))] });
        rotated.DecryptText(old, "f").ShouldBe("x");
        var fresh = rotated.Encrypt("y", "f");
        rotated.DecryptText(fresh, "f").ShouldBe("y");
        Should.Throw<CryptographicException>(() => Cipher.DecryptText(fresh, "f"));
        rotated.Index("1", "phone").ShouldBe(Cipher.Index("1", "phone"));
    }

    [Fact]
    public void KeyRing_Made_IsReadableByItsOwnerAloneAndNeverOverwritten()
    {
        var file = Path.Combine(TestFolders.New(), "sub", "keys.json");
        var ring = KeyRing.Load(file, makeWhenMissing: true);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        KeyRing.Make().SaveNew(file);
        KeyRing.Load(file, makeWhenMissing: false).Fingerprint.ShouldBe(ring.Fingerprint);
        CrmAi.Infrastructure.Operations.MakeKeyRing(file).ShouldBeFalse();
        Directory.GetFiles(Path.GetDirectoryName(file)!).ShouldHaveSingleItem();
    }

    [Fact]
    public void KeyRing_MadeByManyAtOnce_IsOne()
    {
        var folder = TestFolders.New();
        for (var round = 0; round < 20; round++)
        {
            var file = Path.Combine(folder, $"keys-{round}.json");
            var prints = new string[8];
            using var gate = new Barrier(prints.Length);
            var starts = Enumerable.Range(0, prints.Length).Select(i => new Thread(() =>
            {
                gate.SignalAndWait();
                prints[i] = KeyRing.Load(file, makeWhenMissing: true).Fingerprint;
            })).ToList();
            starts.ForEach(s => s.Start());
            starts.ForEach(s => s.Join());
            prints.Distinct().ShouldHaveSingleItem();
        }
        Directory.GetFiles(folder).Length.ShouldBe(20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("""{"index":"AAAA","history":"AAAA","fields":[]}""")]
    public void KeyRing_ThatIsNone_IsRefusedByName(string content)
    {
        var file = Path.Combine(TestFolders.New(), "keys.json");
        File.WriteAllText(file, content);
        Should.Throw<InvalidOperationException>(() => KeyRing.Load(file, makeWhenMissing: true)).Message.ShouldContain(file);
        File.ReadAllText(file).ShouldBe(content);
    }

    [Fact]
    public void KeyRing_MissingAndNotToBeMade_IsRefusedByName()
    {
        var file = Path.Combine(TestFolders.New(), "keys.json");
        Should.Throw<InvalidOperationException>(() => KeyRing.Load(file, makeWhenMissing: false)).Message.ShouldContain(file);
        File.Exists(file).ShouldBeFalse();
    }

    [Fact]
    public void KeyRing_ThatCannotBeWritten_TellsTheCause()
    {
        var fault = Should.Throw<IOException>(() => KeyRing.Make().SaveNew(Path.Combine(TestFolders.New(), new string('k', 300))));
        fault.ShouldBeOfType<PathTooLongException>();
        fault.Message.ShouldNotContain("another process");
    }

    private static IEnumerable<byte> ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
