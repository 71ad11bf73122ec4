using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Shared;

namespace CrmAi.Tests.Support;

/// <summary>A reader that says what the test has it say.</summary>
internal sealed class ScriptedCardReader(Func<ReadOnlyMemory<byte>, CancellationToken, Task<Result<ReadCard>>> read) : ICardReader
{
    private int asked;

    public ScriptedCardReader(ReadCard card) : this((_, _) => Task.FromResult<Result<ReadCard>>(card)) { }

    public int Asked => asked;

    public string Name => "scripted";

    public Task<Result> CheckAsync(CancellationToken ct) => Task.FromResult(Result.Ok);

    public Task<Result<ReadCard>> ReadAsync(ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        Interlocked.Increment(ref asked);
        return read(picture, ct);
    }

    /// <summary>A card on which all is clear but what <paramref name="doubtful"/> names.</summary>
    public static ReadCard Card(CardForm text, params CardFieldKind[] doubtful) => new("scripted", "1", 1000, 600, 0,
        [.. CardForm.Kinds.Where(k => text[k] is not null).Select((k, i) => new CardField(k, text[k]!, doubtful.Contains(k) ? 0.5 : 0.95, CardFieldOrigin.Label, new(60, 40 + (i * 40), 300, 30), text[k]!, doubtful.Contains(k) ? [text[k] + "1"] : []))],
        [.. CardForm.Kinds.Where(k => text[k] is not null).Select((k, i) => new CardLine(text[k]!, 0.9, new(60, 40 + (i * 40), 300, 30)))]);

    public static CardForm Text(string name = "沈知远") => new()
    {
        Name = name, NameEn = "Zhiyuan Shen", Title = "采购总监", Company = "宁波澜岩精密制造有限公司", Mobile = "13800004127", Tel = "0574-88240316", Email = "shen.zhiyuan@lanyan.example", Website = "www.lanyan.example", Address = "宁波市鄞州区潘火路266号",
    };
}
