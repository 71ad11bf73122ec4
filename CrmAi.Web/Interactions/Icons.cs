using CrmAi.Domain.Interactions;

namespace CrmAi.Web.Interactions;

/// <summary>Material Symbols by what they stand for.</summary>
public static class Icons
{
    public static string Of(InteractionType type) => type switch
    {
        InteractionType.Call => "call",
        InteractionType.WeChat => "forum",
        InteractionType.Email => "mail",
        InteractionType.Meeting => "groups",
        InteractionType.Message => "sms",
        InteractionType.Social => "public",
        InteractionType.Demo => "slideshow",
        InteractionType.Proposal => "request_quote",
        InteractionType.Event => "event",
        _ => "notes",
    };

    public static string Of(AttachmentKind kind) => kind switch
    {
        AttachmentKind.Image => "image",
        AttachmentKind.Audio => "graphic_eq",
        AttachmentKind.Video => "movie",
        _ => "description",
    };
}
