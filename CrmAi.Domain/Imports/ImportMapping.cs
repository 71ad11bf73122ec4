using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.CustomFields;

namespace CrmAi.Domain.Imports;

/// <summary>Which column becomes what.</summary>
/// <param name="Columns">One for each column of the file, in their order.</param>
/// <param name="Preset">The program whose export it is, by the name in <see cref="ImportPresets"/>; null where it was guessed column by column.</param>
public sealed partial record ImportMapping(ImportKind Kind, IReadOnlyList<MappedColumn> Columns, string? Preset = null)
{
    /// <summary>
    /// The mapping that headers and cells suggest: a known program's whole, else each column by its name in Chinese or English, and by what its cells look like.
    /// A column that nothing speaks for is left out with confidence 0.
    /// </summary>
    /// <param name="custom">Those of the kind's records; a column called like one of them is mapped to it.</param>
    public static ImportMapping Guess(ImportKind kind, IReadOnlyList<FileColumn> columns, IReadOnlyList<FileRow> sample, IReadOnlyList<CustomFieldRow> custom) =>
        MappingGuess.Of(kind, columns, sample, custom);

    /// <summary>By which a person's own mapping is remembered: equal for files with the same headers in the same order, in any case and width.</summary>
    public static string Fingerprint(ImportKind kind, IReadOnlyList<FileColumn> columns) => MappingGuess.Fingerprint(kind, columns);

    /// <summary>What kind of records a file holds by its headers, where nobody said.</summary>
    public static ImportKind GuessKind(IReadOnlyList<FileColumn> columns) => MappingGuess.Kind(columns);
}

/// <param name="Field">Where its cells go.</param>
/// <param name="Confidence">0 to 1: 1 where a person chose it or a known program writes it so, 0 where nothing spoke for anything.</param>
public sealed record MappedColumn(int Index, ImportField Field, double Confidence)
{
    /// <summary>The column that says, row by row, of which kind this one's value is ("Phone 1 - Type" beside "Phone 1 - Value"); its own where a telephone number's form says it; null where none does.</summary>
    public int? LabelIndex { get; init; }

    /// <summary>How its days are written, where it holds days; null while it is not decided. Guessing decides it from the sample; an import does so from all rows (see <see cref="DateOrders"/>).</summary>
    public DateOrder? Dates { get; init; }

    /// <summary>What the field's value is called where it needs a name: the platform of a social profile, the kind of an address.</summary>
    public string? Label { get; init; }

    /// <summary>What its numbers are counted in: 10000 for a column in 万元.</summary>
    public decimal Factor { get; init; } = 1;
}

/// <summary>Names of the programs whose exports map themselves.</summary>
public static class ImportPresets
{
    public const string Google = "google", Outlook = "outlook", HubSpot = "hubspot", Salesforce = "salesforce", EspoCrm = "espocrm", VCard = "vcard", Own = "crmai";
}
