namespace CrmAi.Domain.Duplicates;

/// <summary>What is compared of a record, as entered.</summary>
public interface IMatchFields
{
    /// <summary>What those see who may not read channels.</summary>
    IMatchFields Open { get; }
}

/// <summary>The same in normal forms, made once and compared with many of its kind.</summary>
public interface IMatchForm
{
    /// <summary>By what it is found: each pair that is suspected has one in common. In clear only here: what is stored is a keyed digest of each.</summary>
    IReadOnlyCollection<string> Keys { get; }

    /// <param name="holders">How many records have one of the keys, these two included.</param>
    DuplicateMatch With(IMatchForm other, Func<string, int> holders);
}
