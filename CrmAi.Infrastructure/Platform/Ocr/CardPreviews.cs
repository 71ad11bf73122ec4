using CrmAi.Domain.BusinessCards;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>Previews by the machine's ImageMagick.</summary>
internal sealed class CardPreviews(OcrPrograms programs, IOptions<OcrOptions> options) : ICardPreviews
{
    public async Task<byte[]?> MakeAsync(ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        if (CardPictures.Check(picture.Span, options.Value) is not { Succeeded: true, Value: { } known } || await programs.ImageMagickAsync(ct) is not { } magick) return null;
        try
        {
            using var folder = WorkFolder.Make(options.Value.WorkFolder);
            return await ImageProgram.PreviewAsync(magick, known, ICardPreviews.Side, folder.Path, new(options.Value.Timeout, options.Value.Memory, Output: 2), ct);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null; // no room: the picture itself stands in its place
        }
    }
}
