namespace CrmAi.Domain.BusinessCards;

/// <summary>Makes pictures small, so that a page of fifty cards loads quickly.</summary>
public interface ICardPreviews
{
    /// <summary>Pixels along the longer side.</summary>
    const int Side = 400;

    /// <summary>A JPEG that stands upright; null where none can be made, whatever the reason.</summary>
    Task<byte[]?> MakeAsync(ReadOnlyMemory<byte> picture, CancellationToken ct);
}
