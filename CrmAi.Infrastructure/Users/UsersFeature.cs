using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Users;

internal static class UsersFeature
{
    public static IServiceCollection AddUsers(this IServiceCollection services) => services
        .AddScoped<CurrentUser>()
        .AddScoped<ICurrentUser>(provider => provider.GetRequiredService<CurrentUser>())
        .AddScoped<IActAs>(provider => provider.GetRequiredService<CurrentUser>())
        .AddSingleton<ISavingRule, SettingsTopics>()
        .AddScoped<Users>()
        .AddScoped<IUsers>(provider => provider.GetRequiredService<Users>())
        .AddScoped<IApiTokens>(provider => provider.GetRequiredService<Users>());
}

/// <summary>A person's other windows hear of what they decide in their settings.</summary>
internal sealed class SettingsTopics : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public IEnumerable<LiveTopic> Topics(AppDbContext db) => db.ChangeTracker.Entries<User>().Where(e => e.State == EntityState.Modified).Select(e => LiveTopic.SettingsOf(e.Entity.Id));
}
