using System.Globalization;
using System.Net;
using System.Runtime.ExceptionServices;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using Radzen;

namespace CrmAi.Tests.Support;

/// <summary>Renders one component in memory: find its elements by CSS selector, raise their events, wait for what follows.</summary>
public sealed class ComponentPage : Renderer
{
    private readonly HtmlParser parser = new();
    private Exception? failure;
    private TaskCompletionSource rendered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IServiceProvider services;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Type, int> drawn = [];
    private int root;

    private ComponentPage(IServiceProvider services) : base(services, NullLoggerFactory.Instance) => this.services = services;

    public static async Task<ComponentPage> RenderAsync<T>(Action<IServiceCollection> services, object? parameters = null) where T : IComponent
    {
        var all = new ServiceCollection().AddLogging()
            .AddScoped<IJSRuntime, NoJs>()
            .AddScoped<NavigationManager, FixedNavigation>()
            .AddSingleton(TimeProvider.System)
            .AddPages();
        all.AddLocalization();
        all.AddRadzenComponents();
        services(all);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var page = new ComponentPage(all.BuildServiceProvider());
        var values = parameters?.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(parameters)) ?? [];
        await page.Dispatcher.InvokeAsync(async () =>
        {
            page.root = page.AssignRootComponentId(page.InstantiateComponent(typeof(T)));
            await page.RenderRootComponentAsync(page.root, ParameterView.FromDictionary(values));
        });
        page.Rethrow();
        return page;
    }

    public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();

    public string Html => Dispatcher.InvokeAsync(() => Write(new StringBuilder(), root).ToString()).GetAwaiter().GetResult();

    public IHtmlDocument Document => parser.ParseDocument(Html);

    public IElement Find(string selector) => Document.QuerySelector(selector)
        ?? throw new InvalidOperationException($"No {selector} in {Html}");

    public IElement FindByText(string selector, string text) => Document.QuerySelectorAll(selector).FirstOrDefault(e => e.TextContent.Trim() == text)
        ?? throw new InvalidOperationException($"No {selector} saying {text} in {Html}");

    public Task ClickAsync(string selector) => ClickAsync(Find(selector));

    public Task ClickAsync(IElement element) => RaiseAsync(element, "onclick", new MouseEventArgs());

    public Task ChangeAsync(string selector, object? value) => RaiseAsync(Find(selector), "onchange", new ChangeEventArgs { Value = value });

    /// <summary>Raises an event and waits for its handler. Like the browser's, it bubbles up to the nearest element that listens.</summary>
    public async Task RaiseAsync(IElement element, string name, EventArgs args)
    {
        var listener = element.Closest($"[data-{name}]") ?? throw new InvalidOperationException($"Nothing listens to {name} on {element.OuterHtml}");
        var handler = ulong.Parse(listener.GetAttribute("data-" + name)!, CultureInfo.InvariantCulture);
        await Dispatcher.InvokeAsync(() => DispatchEventAsync(handler, null, args, waitForQuiescence: true));
        Rethrow();
    }

    /// <summary>Gives the component other parameters, as its parent would.</summary>
    public async Task SetAsync(object parameters)
    {
        var values = parameters.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(parameters));
        await Dispatcher.InvokeAsync(() => RenderRootComponentAsync(root, ParameterView.FromDictionary(values)));
        Rethrow();
    }

    /// <summary>Calls what the browser would call of a component on the page.</summary>
    public async Task CallAsync<T>(Func<T, Task> call) where T : IComponent
    {
        var component = await Dispatcher.InvokeAsync(() => Components(root).OfType<T>().First());
        await Dispatcher.InvokeAsync(() => call(component));
        Rethrow();
    }

    private IEnumerable<IComponent> Components(int parent)
    {
        var frames = GetCurrentRenderTreeFrames(parent);
        for (var i = 0; i < frames.Count; i++)
        {
            if (frames.Array[i] is not { FrameType: RenderTreeFrameType.Component } frame) continue;
            yield return frame.Component;
            foreach (var inner in Components(frame.ComponentId)) yield return inner;
        }
    }

    public string Address => services.GetRequiredService<NavigationManager>().Uri;

    public T Service<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Waits until the page, as it re-renders by itself, meets the condition.</summary>
    public async Task WaitForAsync(Func<IHtmlDocument, bool> condition, int seconds = 5)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        for (; ; )
        {
            var next = rendered.Task;
            if (condition(Document)) return;
            try { await next.WaitAsync(limit.Token); }
            catch (OperationCanceledException) { throw new TimeoutException("The page never got there: " + Html); }
            Rethrow();
        }
    }

    /// <summary>How often components of this type were drawn so far.</summary>
    public int Drawn<T>() where T : IComponent => drawn.GetValueOrDefault(typeof(T));

    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch)
    {
        for (var i = 0; i < renderBatch.UpdatedComponents.Count; i++)
        {
            if (GetComponentState(renderBatch.UpdatedComponents.Array[i].ComponentId).Component is { } component) drawn.AddOrUpdate(component.GetType(), 1, (_, times) => times + 1);
        }
        Interlocked.Exchange(ref rendered, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return Task.CompletedTask;
    }

    protected override void HandleException(Exception exception) => failure ??= exception;

    private void Rethrow()
    {
        if (Interlocked.Exchange(ref failure, null) is { } error) ExceptionDispatchInfo.Throw(error);
    }

    private StringBuilder Write(StringBuilder html, int component)
    {
        var frames = GetCurrentRenderTreeFrames(component);
        return Write(html, frames.Array, 0, frames.Count);
    }

    private StringBuilder Write(StringBuilder html, RenderTreeFrame[] frames, int from, int to)
    {
        for (var i = from; i < to;)
        {
            var frame = frames[i];
            switch (frame.FrameType)
            {
                case RenderTreeFrameType.Element:
                    html.Append('<').Append(frame.ElementName);
                    var end = i + frame.ElementSubtreeLength;
                    for (i++; i < end && frames[i].FrameType == RenderTreeFrameType.Attribute; i++) WriteAttribute(html, frames[i]);
                    Write(html.Append('>'), frames, i, end).Append("</").Append(frame.ElementName).Append('>');
                    i = end;
                    continue;
                case RenderTreeFrameType.Component: Write(html, frame.ComponentId); i += frame.ComponentSubtreeLength; continue;
                case RenderTreeFrameType.Region: Write(html, frames, i + 1, i + frame.RegionSubtreeLength); i += frame.RegionSubtreeLength; continue;
                case RenderTreeFrameType.Text: html.Append(WebUtility.HtmlEncode(frame.TextContent)); break;
                case RenderTreeFrameType.Markup: html.Append(frame.MarkupContent); break;
            }
            i++;
        }
        return html;
    }

    private static void WriteAttribute(StringBuilder html, RenderTreeFrame frame)
    {
        if (frame.AttributeEventHandlerId > 0) html.Append(CultureInfo.InvariantCulture, $" data-{frame.AttributeName}=\"{frame.AttributeEventHandlerId}\"");
        else if (frame.AttributeValue is true) html.Append(' ').Append(frame.AttributeName);
        else if (frame.AttributeValue is not (null or false)) html.Append(CultureInfo.InvariantCulture, $" {frame.AttributeName}=\"{WebUtility.HtmlEncode(frame.AttributeValue.ToString())}\"");
    }

    private sealed class FixedNavigation : NavigationManager
    {
        public FixedNavigation() => Initialize("http://localhost/", "http://localhost/");
        protected override void NavigateToCore(string uri, NavigationOptions options) => Uri = ToAbsoluteUri(uri).ToString();
    }

    /// <summary>Answers every call with nothing, every import with a module that does the same. A virtualised list is told that it has room for all.</summary>
    private sealed class NoJs : IJSRuntime, IJSObjectReference
    {
        public ValueTask<T> InvokeAsync<T>(string name, object?[]? args)
        {
            if (name == "Blazor._internal.Virtualize.init" && args?[0] is { } list)
                list.GetType().GetProperty("Value")!.GetValue(list)!.GetType().GetMethod("OnSpacerAfterVisible")!.Invoke(list.GetType().GetProperty("Value")!.GetValue(list), [0f, 0f, 2000f]);
            return new(this is T self ? self : default!);
        }

        public ValueTask<T> InvokeAsync<T>(string name, CancellationToken cancellation, object?[]? args) => InvokeAsync<T>(name, args);
        public ValueTask DisposeAsync() => default;
    }
}
