namespace CrmAi.Domain.Shared;

/// <summary>Times as they come from outside.</summary>
public static class Instants
{
    /// <summary>The same instant in UTC. A time that names no zone is one of UTC already.</summary>
    public static DateTime Utc(DateTime at) => at.Kind == DateTimeKind.Local ? at.ToUniversalTime() : DateTime.SpecifyKind(at, DateTimeKind.Utc);

    public static DateTime? Utc(DateTime? at) => at is { } value ? Utc(value) : null;
}
