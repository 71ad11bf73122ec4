using CrmAi.Domain.BusinessCards;

namespace CrmAi.Tests.BusinessCards;

/// <summary>Makes of each picture what the test has it make.</summary>
internal sealed class ScriptedPreviews(byte[]? small) : ICardPreviews
{
    public int Asked { get; private set; }

    public Task<byte[]?> MakeAsync(ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        Asked++;
        return Task.FromResult(small);
    }
}
