using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Conversations.Rules;
using CrmAi.Infrastructure.Scripts;
using CrmAi.Tests.AiRuns;

namespace CrmAi.Tests.Scripts;

/// <summary>What words are written from, made of conversations that a test chooses, and who writes them.</summary>
internal static class ScriptStage
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 10, 0, TimeSpan.FromHours(8));

    public static readonly ISpokenDates Dates = new SpokenDates(LexiconFiles.DefaultFolder);

    public static readonly RulesScriptAnalyst Rules = new(Dates);

    private static readonly RulesConversationAnalyst Reader = new();

    /// <summary>A step that rests on words of the first of the texts.</summary>
    public static async Task<ScriptInput> InputAsync(string text, string? because, ActionReason reason = ActionReason.QuoteAsked, NextActionKind kind = NextActionKind.SendQuote, InteractionType channel = InteractionType.WeChat,
        string language = "zh", ScriptTone tone = ScriptTone.Friendly, string? value = null, ScriptStyle? style = null, string to = "张三", string from = "周岚", InteractionDirection direction = InteractionDirection.Inbound)
    {
        var id = Guid.CreateVersion7();
        var at = Now.AddDays(-1);
        var read = await Reader.AnalyseAsync(new(id, channel, direction, at, text, ChatContext.At(at) with { ContactNames = [to], RepNames = [from] }), Guid.Empty, default);
        Evidence? place = because is null ? null : new(id, text.IndexOf(because, StringComparison.Ordinal), because.Length);
        var appointment = reason == ActionReason.AppointmentAhead ? Now.AddDays(3) : (DateTimeOffset?)null;
        return new(Guid.CreateVersion7(), new(reason, kind, value, place, DateOnly.FromDateTime(Now.DateTime).AddDays(1), appointment), to, null, from, channel, tone, language, 1, Now, style ?? ScriptStyle.Unknown, "采购总监", "制造",
            [new(id, channel, direction, at, text, read.Result.Findings)])
        {
            Names = [new("沪上精工有限公司", NameRole.Company), new("李四光明", NameRole.Other)],
        };
    }

    public static bool Holds(ScriptInput input, string text, string? quote = null, ScriptPart part = ScriptPart.Body) => new ScriptCheck(input, Dates).Holds(new(part, text, Place(input, quote)));

    public static Evidence? Place(ScriptInput input, string? quote) => quote is null ? null : new(input.Talks[0].InteractionId, input.Talks[0].Text.IndexOf(quote, StringComparison.Ordinal), quote.Length);

    public static ScriptAnalysts Analysts(IModelCalls model) => new(model, new(model, Prompts.Of(ScriptAnswer.SchemaName, ScriptAnswer.Schema), (_, _) => Task.FromResult("zh-CN")), Rules, Dates);

    /// <summary>What was shown, at every moment, and what stands at the end.</summary>
    public static async Task<(WrittenScript Script, List<ArrivedSentence> Ever, List<WrittenSentence> Last)> WriteAsync(ScriptAnalysts analysts, ScriptInput input)
    {
        var ever = new List<ArrivedSentence>();
        var script = await analysts.WriteAsync(input, Guid.NewGuid(), sentence => { ever.Add(sentence); return ValueTask.CompletedTask; }, default);
        return (script, ever, [.. ever.Where(e => e.Attempt == ever[^1].Attempt).Select(e => e.Sentence)]);
    }

    public static string Answer(params object[] sentences) => JsonSerializer.Serialize(new { sentences });

    public static object Said(string part, string text, string? conversation = null, string? quote = null) => new { part, text, conversation, quote };
}
