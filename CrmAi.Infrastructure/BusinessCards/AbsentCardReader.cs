using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>Where no reader is set up: cards are typed by hand beside their pictures.</summary>
internal sealed class AbsentCardReader : ICardReader
{
    private static readonly Error Missing = new("card.reader.missing", null);

    public string Name => "none";

    public Task<Result> CheckAsync(CancellationToken ct) => Task.FromResult<Result>(Missing);

    public Task<Result<ReadCard>> ReadAsync(ReadOnlyMemory<byte> picture, CancellationToken ct) => Task.FromResult<Result<ReadCard>>(Missing);
}
