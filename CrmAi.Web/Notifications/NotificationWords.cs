using CrmAi.Domain.Notifications;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Notifications;

/// <summary>What one is told, in words, and where it leads.</summary>
public static class NotificationWords
{
    /// <summary>Null where there is nothing to go to.</summary>
    public static string? AddressOf(NotificationRow row) => row switch
    {
        { Gone: true } => null,
        { Kind: NotificationKind.TaskDue or NotificationKind.TaskAssigned, SubjectId: { } task } => $"/tasks?task={task}",
        { Kind: NotificationKind.AnalysisFailed, ContactId: { } contact, SubjectId: { } talk } => $"/contacts/{contact}?interaction={talk}",
        { Kind: NotificationKind.AnalysisFailed, ContactId: { } contact } => $"/contacts/{contact}?pane=profile",
        { Kind: NotificationKind.MorningBrief } => "/brief",
        { Kind: NotificationKind.ImportEnded, SubjectId: { } import } => CrmAi.Web.Imports.ImportWords.Address(import),
        { Kind: NotificationKind.ExportReady } => "/exports",
        { Kind: NotificationKind.NightRun, SubjectId: { } run } => $"/admin/night?run={run}",
        { ContactId: { } contact } => $"/contacts/{contact}",
        _ => "/",
    };

    public static string Text(IStringLocalizer<Text> words, NotificationRow row) => row switch
    {
        { Gone: true } => words["told.gone"],
        { Kind: NotificationKind.TaskDue or NotificationKind.TaskAssigned } => row.Contact is { } about ? $"{row.Subject} · {about}" : row.Subject ?? "",
        { Kind: NotificationKind.AnalysisFailed } => row.Subject is { Length: > 0 } subject ? $"{row.Contact} · {subject}" : row.Contact ?? "",
        { Kind: NotificationKind.ContactAssigned, Contact: null } => words["told.several"],
        _ => string.Join(" · ", new[] { row.Contact, row.Text }.Where(t => !string.IsNullOrEmpty(t))),
    };

    public static string IconOf(NotificationKind kind) => kind switch
    {
        NotificationKind.TaskDue => "alarm",
        NotificationKind.TaskAssigned => "assignment_ind",
        NotificationKind.FollowUpDue => "event_repeat",
        NotificationKind.AnalysisFailed => "error",
        NotificationKind.ContactShared => "group",
        NotificationKind.ContactAssigned => "person_add",
        NotificationKind.MorningBrief => "wb_sunny",
        NotificationKind.ImportEnded => "upload_file",
        NotificationKind.ExportReady => "download",
        _ => "bedtime",
    };
}
