namespace CrmAi.Domain.AiRuns;

/// <summary>A question that a model is being asked, by one process for all: who holds it, until when, and what it may cost. The row goes when the answer is on record, or when there is none.</summary>
public sealed class AiReservation
{
    /// <summary>As of <see cref="AiCall.Digest"/>: one question is under way once.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>Who asks; another one for each time of asking.</summary>
    public Guid Owner { get; set; }

    /// <summary>Put off for as long as the asking process lives; after it the question is anybody's, and what it set aside counts no more.</summary>
    public DateTime Until { get; set; }

    /// <summary>Millionths of a yuan: the most that the exchange under way can cost. 0 between two of them.</summary>
    public long Micros { get; set; }
}
