using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.Interactions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using NSubstitute;

namespace CrmAi.Tests.Interactions;

public sealed class ComposerTests
{
    private const string Chat = "林若溪 2026-11-20 10:02\n样件不错，就是贵\n小陈 2026-11-20 10:03\n接口文档发我\n周岚 2026-11-20 10:05\n好的";

    private readonly List<InteractionEdit> sent = [];
    private IInteractions interactions = null!;

    private async Task<ComponentPage> RenderAsync(Result<Saved> answer)
    {
        var page = await ComponentPage.RenderAsync<Composer>(services =>
        {
            services.AddPerson();
            interactions = services.AddFake<IInteractions>();
            services.AddFake<IHistory>();
        }, new { Contact = Pages.Contact() });
        interactions.AddAsync(default, Arg.Do<InteractionEdit>(sent.Add), default).ReturnsForAnyArgs(answer);
        return page;
    }

    private static Saved Saved => new(Guid.CreateVersion7(), 1, Guid.CreateVersion7());

    [Fact]
    public async Task Text_PersonKnownOnlyAfterAWhile_IsKeptUnderTheirDraftFromTheFirstKeystroke()
    {
        var scripts = new RecordedScripts();
        await using var page = await ComponentPage.RenderAsync<Composer>(services =>
        {
            services.AddSingleton<ICurrentUser, PersonReadLater>().AddSingleton<IJSRuntime>(scripts);
            services.AddFake<IInteractions>();
            services.AddFake<IHistory>();
        }, new { Contact = Pages.Contact() });

        await page.WaitForAsync(d => d.QuerySelector("#compose-text") is not null && scripts.Attached.Count > 0);
        scripts.Attached.ShouldAllBe(kept => kept.Contains(Pages.Rep.Id.ToString("N")));
    }

    [Fact]
    public async Task Save_SpeakerNobodyKnows_AsksFirst()
    {
        await using var page = await RenderAsync(Saved);
        await page.ChangeAsync("#compose-text", Chat);
        await page.ClickAsync(".save");

        sent.ShouldBeEmpty();
        page.Find(".speakers.urgent").TextContent.ShouldContain("小陈");

        await page.ClickAsync(page.Find(".speaker.open .segmented button:nth-child(2)"));
        await page.ClickAsync(".save");

        sent.ShouldHaveSingleItem().Speakers.ShouldBe([new("林若溪", ChatSide.Customer), new("小陈", ChatSide.Customer), new("周岚", ChatSide.Us)], ignoreOrder: true);
        sent[0].Content.ShouldBe(Chat);
        sent[0].Direction.ShouldBe(InteractionDirection.Inbound);
    }

    [Fact]
    public async Task Save_PersonDoesNotKnowEither_KeepsThemAsNobodys()
    {
        await using var page = await RenderAsync(Saved);
        await page.ChangeAsync("#compose-text", Chat);
        await page.ClickAsync(".save");
        await page.ClickAsync(".speakers.urgent .text-button");
        sent.ShouldHaveSingleItem().Speakers.ShouldContain(new SpeakerSide("小陈", ChatSide.Unknown));
    }

    [Fact]
    public async Task Save_Refused_KeepsWhatWasTyped()
    {
        await using var page = await RenderAsync(new Error("interaction.at.future", nameof(InteractionEdit.At)));
        await page.ChangeAsync("#compose-text", "谈了交期");
        await page.ClickAsync(".save");
        page.Find(".field-error").TextContent.ShouldContain("将来");

        await page.ClickAsync(".save");

        sent.Select(e => e.Content).ShouldBe(["谈了交期", "谈了交期"]);
    }

    [Fact]
    public async Task Save_Succeeded_IsEmptyAgain()
    {
        await using var page = await RenderAsync(Saved);
        await page.ChangeAsync("#compose-text", "谈了交期");
        await page.ClickAsync(".save");
        page.Find(".save").HasAttribute("disabled").ShouldBeTrue();
        page.Service<CrmAi.Web.Shared.Toasts>().Shown.ShouldHaveSingleItem().ActionText.ShouldBe("撤销");
    }

    [Fact]
    public void Form_WhatAPersonChose_StaysWhenTheTextIsReadAgain()
    {
        var form = new ComposerForm { Text = Chat };
        form.Choose(InteractionType.Email);
        form.Read(ChatContext.At(DateTimeOffset.UtcNow));
        form.Type.ShouldBe(InteractionType.Email);

        var other = new ComposerForm();
        other.Restore(form.Keep());
        other.Text = Chat;
        other.Read(ChatContext.At(DateTimeOffset.UtcNow));
        other.Type.ShouldBe(InteractionType.Email);
    }

    private sealed class PersonReadLater : ICurrentUser
    {
        public async ValueTask<Viewer> GetAsync(CancellationToken ct)
        {
            await Task.Yield();
            return Pages.Rep;
        }
    }

    /// <summary>Answers like a browser without scripts, and remembers under which record each text field is kept.</summary>
    private sealed class RecordedScripts : IJSRuntime, IJSObjectReference
    {
        public List<string> Attached { get; } = [];

        public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args)
        {
            if (identifier == "attach" && args is [_, _, { } options, ..] && options.GetType().GetProperty("record") is { } record) Attached.Add(record.GetValue(options) as string ?? "");
            return new(this is T self ? self : default!);
        }

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

        public ValueTask DisposeAsync() => default;
    }
}
