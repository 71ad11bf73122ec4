using CrmAi.Domain.Shared;

namespace CrmAi.Domain.CustomFields;

/// <summary>What kind of record a field belongs to.</summary>
public enum CustomFieldTarget { Contact, Account }

public enum CustomFieldType { Text, LongText, Number, Money, Date, YesNo, Choice, Choices, Url, Email, Phone }

/// <summary>A field of the administrator's own.</summary>
public sealed class CustomField : IRecorded, IVersioned
{
    public const int MaxName = 50, MaxChoices = 100, MaxPerTarget = 60;

    public Guid Id { get; init; } = Ids.Next();
    public CustomFieldTarget Target { get; init; }
    public CustomFieldType Type { get; init; }
    public required string Name { get; set; }

    /// <summary>A line under the entry; null for none.</summary>
    public string? Hint { get; set; }
    public bool IsRequired { get; set; }

    /// <summary>Whether its values are found by the search box. Numbers, dates and yes-or-no are not.</summary>
    public bool IsSearchable { get; set; }

    /// <summary>Least and greatest value of a number, in units; null for no bound.</summary>
    public decimal? Min { get; set; }
    public decimal? Max { get; set; }

    /// <summary>What a choice offers. One that is taken away stays where it was chosen.</summary>
    public List<string> Choices { get; set; } = [];
    public double Position { get; set; }

    /// <summary>No longer offered; its values are kept.</summary>
    public bool IsArchived { get; set; }
    public int Version { get; set; }
}
