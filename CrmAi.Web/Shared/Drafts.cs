using Microsoft.JSInterop;

namespace CrmAi.Web.Shared;

/// <summary>What a person has entered and not yet saved, kept in their browser by record and field.</summary>
public sealed class Drafts(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? module;

    public static string Record(Guid userId, string kind, Guid? id) => $"{userId:N}|{kind}|{(id is { } known ? known.ToString("N") : "new")}";

    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(string record, CancellationToken ct) =>
        await (await ModuleAsync(ct)).InvokeAsync<Dictionary<string, string>?>("read", ct, record) ?? [];

    public async Task KeepAsync(string record, string field, string? text, CancellationToken ct) =>
        await (await ModuleAsync(ct)).InvokeVoidAsync("keep", ct, record, field, text);

    public async Task ClearAsync(string record, CancellationToken ct) =>
        await (await ModuleAsync(ct)).InvokeVoidAsync("clear", ct, record);

    internal async ValueTask<IJSObjectReference> ModuleAsync(CancellationToken ct) =>
        module ??= await js.InvokeAsync<IJSObjectReference>("import", ct, "./entry.js");

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (module is not null) await module.DisposeAsync();
        }
        catch (JSDisconnectedException) { }
    }
}
