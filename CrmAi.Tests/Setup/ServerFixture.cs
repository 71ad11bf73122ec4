using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.Setup;

/// <summary>One application on a real server for all tests over HTTP; its clock goes forward only.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    internal TestClock Clock { get; } = new();

    internal TestApp App { get; private set; } = null!;

    internal User Rep { get; private set; } = null!;

    internal HttpClient Program { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        App = new TestApp(change: builder => builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock))));
        App.UseKestrel(0);
        App.StartServer();
        Rep = await App.AddUserAsync(Role.SalesRep);
        Program = await App.ProgramOfAsync(Rep);
    }

    public Task DisposeAsync() => App.DisposeAsync().AsTask();
}

[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<ServerFixture>
{
    public const string Name = "server";
}

internal static class Requests
{
    public static Uri At(string path) => new(path, UriKind.Relative);

    public static Task<HttpResponseMessage> PostJsonAsync(this HttpClient client, string path, string json) =>
        client.PostAsync(At(path), new StringContent(json, Encoding.UTF8, "application/json"));

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();
}
