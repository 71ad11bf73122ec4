namespace CrmAi.Domain.Shared;

/// <summary>A refusal that a person can cause. Pages put <see cref="Code"/> into words; <see cref="Args"/> fill its places.</summary>
/// <param name="Code">Stable and dotted, "contact.name.empty".</param>
/// <param name="Field">The input it is about, as the edit record names it; null where it is about the whole.</param>
public sealed record Error(string Code, string? Field, params object[] Args)
{
    /// <summary>Does not exist, or may not be seen: the two are answered alike.</summary>
    public static readonly Error NotFound = new("not_found", null);

    /// <summary>May be seen but not changed by this person.</summary>
    public static readonly Error Forbidden = new("forbidden", null);

    /// <summary>Somebody saved in between. Read again and decide field by field.</summary>
    public static readonly Error Conflict = new("conflict", null);
}

/// <summary>The outcome of a command that returns nothing.</summary>
public readonly record struct Result
{
    private Result(IReadOnlyList<Error> errors) => Errors = errors;

    /// <summary>Empty where it succeeded.</summary>
    public IReadOnlyList<Error> Errors => field ?? [];

    public bool Succeeded => Errors.Count == 0;

    public static Result Ok => default;

    public static implicit operator Result(Error error) => new([error]);

    public static Result Refused(IReadOnlyList<Error> errors) => new(errors);

    public static Result<T> Refused<T>(IReadOnlyList<Error> errors) => new(default, errors);
}

/// <summary>A value, or why there is none.</summary>
public readonly record struct Result<T>
{
    private readonly T? value;

    internal Result(T? value, IReadOnlyList<Error> errors) => (this.value, Errors) = (value, errors);

    public IReadOnlyList<Error> Errors => field ?? [];

    public bool Succeeded => Errors.Count == 0;

    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public T Value => Succeeded ? value! : throw new InvalidOperationException("Refused: " + string.Join(", ", Errors.Select(e => e.Code)));

    public static implicit operator Result<T>(T value) => new(value, []);

    public static implicit operator Result<T>(Error error) => new(default, [error]);
}
