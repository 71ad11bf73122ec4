namespace CrmAi.Domain.AiRuns;

/// <summary>Which analyst works at present, for the chip that pages show.</summary>
public interface IAiStatus
{
    string Analyst { get; }

    string Version { get; }
}
