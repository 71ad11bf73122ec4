using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>
/// Reads an answer while it arrives, {"sentences":[…]}, and gives each element of the list as soon as it is complete. Whatever else it is (prose, another list, half of it), nothing is given.
/// </summary>
internal sealed class SentenceReader(string list)
{
    private const int Root = 1, Elements = 2;

    private readonly Encoder encoder = Encoding.UTF8.GetEncoder(); // keeps the first half of a pair for the next part
    private readonly ArrayBufferWriter<byte> text = new();
    private JsonReaderState state;
    private int read, element = -1;
    private bool begun, inList, named, over;

    /// <summary>The elements that this part completes.</summary>
    public IReadOnlyList<JsonElement> Read(string part)
    {
        if (over) return [];
        var bytes = text.GetSpan(Encoding.UTF8.GetMaxByteCount(part.Length + 1));
        text.Advance(encoder.GetBytes(part, bytes, flush: false));
        if (!begun && !Begin()) return [];
        var found = new List<JsonElement>();
        try
        {
            ReadOn(found);
        }
        catch (JsonException)
        {
            over = true; // no JSON, or none any more: what it is is said at its end
        }
        return found;
    }

    // Many models put JSON into a Markdown fence, whatever they are told.
    private bool Begin()
    {
        var start = text.WrittenSpan.IndexOf((byte)'{');
        if (start < 0) return false;
        (begun, read) = (true, start);
        return true;
    }

    private void ReadOn(List<JsonElement> found)
    {
        var reader = new Utf8JsonReader(text.WrittenSpan[read..], isFinalBlock: false, state);
        while (!over && reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.CurrentDepth == Root:
                    named = reader.ValueTextEquals(list);
                    break;
                case JsonTokenType.StartArray when reader.CurrentDepth == Root:
                    inList = named;
                    break;
                case JsonTokenType.EndArray when reader.CurrentDepth == Root:
                    inList = false;
                    break;
                case JsonTokenType.StartObject when inList && reader.CurrentDepth == Elements:
                    element = read + (int)reader.TokenStartIndex;
                    break;
                case JsonTokenType.EndObject when inList && reader.CurrentDepth == Elements:
                    found.Add(Parse(text.WrittenSpan[element..(read + (int)reader.BytesConsumed)]));
                    break;
                case JsonTokenType.EndObject when reader.CurrentDepth == 0:
                    over = true;
                    break;
            }
        }
        state = reader.CurrentState;
        read += (int)reader.BytesConsumed;
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        using var document = JsonDocument.Parse(json.ToArray(), new() { AllowDuplicateProperties = false });
        return document.RootElement.Clone();
    }
}
