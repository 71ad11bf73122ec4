using System.Text.Json;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Tests.AiRuns;

public sealed class SchemaCheckTests
{
    private const string Schema = """
        {
          "type": "object", "additionalProperties": false, "required": ["kind", "claims", "note"],
          "properties": {
            "kind": { "enum": ["call", "chat"] },
            "note": { "type": ["string", "null"], "minLength": 1, "maxLength": 3 },
            "claims": { "type": "array", "minItems": 1, "maxItems": 2, "items": { "$ref": "#/$defs/claim" } }
          },
          "$defs": { "claim": {
            "type": "object", "additionalProperties": false, "required": ["level"],
            "properties": { "level": { "type": "integer", "minimum": 0, "maximum": 100 }, "sure": { "type": "boolean" }, "of": { "anyOf": [{ "type": "string" }, { "type": "number" }] } } } }
        }
        """;

    [Theory]
    [InlineData("""{"kind":"call","note":null,"claims":[{"level":0}]}""")]
    [InlineData("""{"kind":"chat","note":"好好好","claims":[{"level":100,"sure":true,"of":1.5},{"level":5.0,"of":"x"}]}""")]
    [InlineData("""{"kind":"chat","note":"😀😀😀","claims":[{"level":1}]}""")]
    public void Value_ThatFits_HasNoFault(string value) => Fault(value).ShouldBeNull();

    [Theory]
    [InlineData("[]", "$ is not of type object")]
    [InlineData("""{"kind":"call","claims":[{"level":1}]}""", "$ lacks note")]
    [InlineData("""{"kind":"mail","note":null,"claims":[{"level":1}]}""", """$.kind is none of ["call", "chat"]""")]
    [InlineData("""{"kind":null,"note":null,"claims":[{"level":1}]}""", """$.kind is none of ["call", "chat"]""")]
    [InlineData("""{"kind":"call","note":"","claims":[{"level":1}]}""", "$.note is less than 1 characters long")]
    [InlineData("""{"kind":"call","note":"abcd","claims":[{"level":1}]}""", "$.note is more than 3 characters long")]
    [InlineData("""{"kind":"call","note":7,"claims":[{"level":1}]}""", "$.note is not of type string or null")]
    [InlineData("""{"kind":"call","note":null,"claims":{}}""", "$.claims is not of type array")]
    [InlineData("""{"kind":"call","note":null,"claims":[]}""", "$.claims is less than 1 items long")]
    [InlineData("""{"kind":"call","note":null,"claims":[{"level":1},{"level":1},{"level":1}]}""", "$.claims is more than 2 items long")]
    [InlineData("""{"kind":"call","note":null,"claims":[{"level":1},{}]}""", "$.claims[1] lacks level")]
    [InlineData("""{"kind":"call","note":null,"claims":[{"level":101}]}""", "$.claims[0].level is more than 100")]
    [InlineData("""{"kind":"call","note":null,"claims":[{"level":-1}]}""", "$.claims[0].level is less than 0")]
    [InlineData("""{"kind":"call","note":null,"claims":[{"level":1.5}]}""", "$.claims[0].level is not of type integer")]
    [InlineData("""{"kind":"call","note":null,"claims":[{"level":1e999}]}""", "$.claims[0].level is not of type integer")]
    [InlineData("""{"kind":"call","note":null,"claims":[{"level":"1"}]}""", "$.claims[0].level is not of type integer")]
    [InlineData("""{"kind":"call","note":null,"claims":[{"level":1,"sure":"yes"}]}""", "$.claims[0].sure is not of type boolean")]
    [InlineData("""{"kind":"call","note":null,"claims":[{"level":1,"of":true}]}""", "$.claims[0].of is none of the kinds allowed")]
    [InlineData("""{"kind":"call","note":null,"claims":[{"level":1,"secret":1}]}""", "$.claims[0] has a property that is not allowed")]
    public void Value_ThatDoesNotFit_IsToldWhere(string value, string fault) => Fault(value).ShouldBe(fault);

    private static string? Fault(string value)
    {
        using var schema = JsonDocument.Parse(Schema);
        using var read = JsonDocument.Parse(value);
        return SchemaCheck.Fault(schema.RootElement, read.RootElement);
    }
}
