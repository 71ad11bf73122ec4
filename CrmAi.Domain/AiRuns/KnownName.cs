namespace CrmAi.Domain.AiRuns;

public enum NameRole { Customer, Us, Other, Company, Channel }

/// <summary>A name that may stand in a text and is taken out before the text leaves the house.</summary>
/// <param name="Role">Whose it is; this much may be told. A channel is a number or address under which somebody is reached.</param>
public sealed record KnownName(string Name, NameRole Role);
