using CrmAi.Domain.Shared;

namespace CrmAi.Domain.BusinessCards;

/// <summary>Reads business cards. What it says is a proposal: a person confirms it before it becomes a contact.</summary>
public interface ICardReader
{
    /// <summary>"tesseract", "azure-document-intelligence".</summary>
    string Name { get; }

    /// <summary>Whether it can read at all; otherwise card.reader.missing with what is to be installed or set.</summary>
    Task<Result> CheckAsync(CancellationToken ct);

    /// <param name="picture">A JPEG, PNG or WebP file. What it is is told by its content.</param>
    /// <returns>
    /// The card, with no fields where nothing could be read. Refusals about the picture: card.picture.empty, card.picture.large (bytes), card.picture.kind,
    /// card.picture.heic, card.picture.gif, card.picture.animated, card.picture.damaged, card.picture.pixels (too wide, high or many), card.picture.tiny.
    /// About the reader: card.reader.missing, card.reader.slow (time was up), card.reader.failed (it fell, or said what nobody understands),
    /// card.reader.disk, card.reader.busy (try later), card.reader.refused (key or address).
    /// </returns>
    Task<Result<ReadCard>> ReadAsync(ReadOnlyMemory<byte> picture, CancellationToken ct);
}
