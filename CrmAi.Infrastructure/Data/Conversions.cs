using System.Text.Json;
using System.Text.Json.Serialization;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrmAi.Infrastructure.Data;

/// <summary>Version 7 ids as 16 bytes that sort by time, alike on both databases.</summary>
internal sealed class BigEndianGuid() : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));

/// <summary>Instants are UTC; a local one is a mistake that must not be stored.</summary>
internal sealed class UtcDateTime() : ValueConverter<DateTime, DateTime>(at => Checked(at), at => DateTime.SpecifyKind(at, DateTimeKind.Utc))
{
    private static DateTime Checked(DateTime at) =>
        at.Kind == DateTimeKind.Utc ? at : throw new InvalidOperationException($"{at:O} is not UTC.");
}

/// <summary>Values kept as JSON text.</summary>
internal static class JsonColumns
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property) where T : class? =>
        property.HasConversion(
            new ValueConverter<T, string>(value => JsonSerializer.Serialize(value, Options), text => JsonSerializer.Deserialize<T>(text, Options)!),
            Comparer<T>());

    public static ValueComparer<T> Comparer<T>() => new(
        (a, b) => JsonSerializer.Serialize(a, Options) == JsonSerializer.Serialize(b, Options),
        value => JsonSerializer.Serialize(value, Options).GetHashCode(StringComparison.Ordinal),
        value => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, Options), Options)!);
}

/// <summary>The columns that are encrypted at rest.</summary>
internal static class EncryptedFields
{
    public static void Apply(ModelBuilder model, FieldCipher cipher)
    {
        model.Entity<Domain.Contacts.Contact>(contact =>
        {
            Text(contact.Property(c => c.Mobile), cipher, "Contact.Mobile");
            Text(contact.Property(c => c.Phone), cipher, "Contact.Phone");
            Text(contact.Property(c => c.Email), cipher, "Contact.Email");
            Text(contact.Property(c => c.WeChat), cipher, "Contact.WeChat");
            Whole(contact.Property(c => c.Personal), cipher, "Contact.Personal");
            Values(contact.Property(c => c.Custom), cipher, "Contact.Custom");
        });
        model.Entity<Domain.Accounts.Account>(account => Values(account.Property(a => a.Custom), cipher, "Account.Custom"));
        model.Entity<Domain.Enrichment.LookUp>(lookUp =>
        {
            Whole(lookUp.Property(l => l.Ask), cipher, "LookUp.Ask");
            Whole(lookUp.Property(l => l.Found), cipher, "LookUp.Found");
        });
        model.Entity<Domain.Enrichment.NameConfirmation>(confirmation => Whole(confirmation.Property(c => c.Page), cipher, "NameConfirmation.Page"));
        model.Entity<Platform.CompanyData.OutsideAnswer>(answer => answer.Property(a => a.Body).HasConversion(new ValueConverter<string, byte[]>(text => cipher.Encrypt(text, "OutsideAnswer.Body"), stored => cipher.DecryptText(stored, "OutsideAnswer.Body"))));
        model.Entity<Domain.BusinessCards.BusinessCard>(card => LongText(card.Property(c => c.Read), cipher, "BusinessCard.Read"));
        model.Entity<Domain.BusinessCards.CardCorrection>(correction =>
        {
            LongText(correction.Property(c => c.Read), cipher, "CardCorrection.Read");
            LongText(correction.Property(c => c.Saved), cipher, "CardCorrection.Saved");
        });
        model.Entity<Domain.Imports.Import>(import => LongText(import.Property(i => i.Shape)!, cipher, "Import.Shape"));
        model.Entity<Domain.Imports.ImportItem>(item => LongText(item.Property(i => i.Problems), cipher, "ImportItem.Problems"));
        model.Entity<Domain.AiRuns.AiCall>(call => LongText(call.Property(c => c.Output), cipher, "AiCall.Output"));
        model.Entity<Domain.PromptTexts.PromptPreview>(preview => LongText(preview.Property(p => p.Result), cipher, "PromptPreview.Result"));
        model.Entity<Domain.Scripts.ScriptDraft>(draft => LongText(draft.Property(d => d.Edited), cipher, "ScriptDraft.Edited"));
        model.Entity<Domain.Scripts.ScriptSentence>(sentence => LongText(sentence.Property(s => s.Text)!, cipher, "ScriptSentence.Text"));
    }

    private static void Whole<T>(PropertyBuilder<T> property, FieldCipher cipher, string name) where T : class? =>
        property.HasConversion(new ValueConverter<T, byte[]>(value => cipher.Encrypt(JsonSerializer.Serialize(value, JsonColumns.Options), name), stored => JsonSerializer.Deserialize<T>(cipher.DecryptText(stored, name), JsonColumns.Options)!), JsonColumns.Comparer<T>());

    // Values of custom fields as a whole: the row does not know which of them are numbers and addresses. Most records have none.
    private static void Values(PropertyBuilder<Dictionary<Guid, string>> property, FieldCipher cipher, string name) =>
        property.HasConversion(new ValueConverter<Dictionary<Guid, string>, string>(values => Write(values, cipher, name), stored => Read(stored, cipher, name)), JsonColumns.Comparer<Dictionary<Guid, string>>());

    private static string Write(Dictionary<Guid, string> values, FieldCipher cipher, string name) =>
        values.Count == 0 ? "{}" : Convert.ToBase64String(cipher.Encrypt(JsonSerializer.Serialize(values, JsonColumns.Options), name));

    private static Dictionary<Guid, string> Read(string stored, FieldCipher cipher, string name) =>
        JsonSerializer.Deserialize<Dictionary<Guid, string>>(stored is "{}" ? stored : cipher.DecryptText(Convert.FromBase64String(stored), name), JsonColumns.Options)!;

    private static void Text(PropertyBuilder<string?> property, FieldCipher cipher, string name) => LongText(property, cipher, name).HasMaxLength(1024);

    private static PropertyBuilder<string?> LongText(PropertyBuilder<string?> property, FieldCipher cipher, string name) =>
        property.HasConversion(new ValueConverter<string?, byte[]?>(text => cipher.Encrypt(text!, name), stored => cipher.DecryptText(stored!, name)));
}
