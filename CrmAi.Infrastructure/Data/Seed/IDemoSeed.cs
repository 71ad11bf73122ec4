namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Fills a database with invented data. Never in production.</summary>
public interface IDemoSeed
{
    /// <summary>The demo team with its people, companies, conversations and what was read out of them. For an empty database.</summary>
    Task SeedDemoAsync(IProgress<SeedProgress> progress, CancellationToken ct);

    /// <summary>Many plain records more, for trying a big database. Needs the demo team.</summary>
    Task SeedManyAsync(int contacts, int interactions, IProgress<SeedProgress> progress, CancellationToken ct);
}

/// <param name="What">The kind of row, in English: it is said on a console.</param>
public readonly record struct SeedProgress(string What, int Done, int Total);
