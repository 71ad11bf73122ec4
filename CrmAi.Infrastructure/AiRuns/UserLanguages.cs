using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>In which language a model is instructed on somebody's behalf.</summary>
internal sealed class UserLanguages(IDbContextFactory<AppDbContext> contexts)
{
    public const string Otherwise = "zh-CN";

    public async Task<string> OfAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Users.Where(u => u.Id == userId).Select(u => u.Language).SingleOrDefaultAsync(ct) ?? Otherwise;
    }
}
