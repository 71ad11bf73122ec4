using CrmAi.Domain.Interactions;

namespace CrmAi.Web.Interactions;

/// <summary>Where an attachment is read, and how.</summary>
public static class FileAddress
{
    public const string Pdf = "application/pdf";

    // Forms that no browser plays or draws.
    private static readonly string[] OnlySaved = ["image/heic", "audio/amr", "video/x-msvideo"];

    public static string Of(AttachmentRow file) => $"/attachments/{file.Id}";

    public static string ToSave(AttachmentRow file) => $"/attachments/{file.Id}?save=1";

    public static bool IsViewable(AttachmentRow file) => !OnlySaved.Contains(file.ContentType) && (file.Kind != AttachmentKind.Document || file.ContentType == Pdf);

    public static string Icon(AttachmentRow file) => file.ContentType switch
    {
        Pdf => "picture_as_pdf",
        "application/zip" => "folder_zip",
        var type when type.Contains("sheet", StringComparison.Ordinal) || type.Contains("excel", StringComparison.Ordinal) => "table_view",
        _ => file.Kind switch { AttachmentKind.Audio => "graphic_eq", AttachmentKind.Video => "smart_display", var kind => Icons.Of(kind) },
    };
}
