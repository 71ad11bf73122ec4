using System.Globalization;
using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>Has a language model write the words, of texts without names, numbers and addresses; each sentence is passed on as soon as it is complete.</summary>
/// <param name="language">The language of a user's pages.</param>
internal sealed class ModelScriptAnalyst(IModelCalls calls, Prompts prompts, Func<Guid, CancellationToken, Task<string>> language) : IScriptAnalyst
{
    /// <summary>Of all texts together, the newest first, and of one among them.</summary>
    public const int MostCharacters = 12_000, MostOfOne = 3_000;

    // Less than this of a conversation says nothing.
    private const int Least = 200;

    public string Name => calls.ModelOf(AiRunType.Script) ?? "";

    public string Version => prompts.Version;

    /// <exception cref="ModelUnavailableException">The model gives no answer.</exception>
    public async Task<AnalystMark> WriteAsync(ScriptInput input, Guid userId, Func<ArrivedSentence, ValueTask> arrived, CancellationToken ct)
    {
        var chosen = Chosen(input);
        var placeholders = new Placeholders(NamesIn(input, chosen));
        var data = new QuestionData(placeholders);
        var talks = chosen.ConvertAll(t => data.Add(t.InteractionId, t.Type.ToString(), t.Direction.ToString(), t.At, t.Text, MostOfOne));
        var task = new
        {
            channel = input.Channel.ToString(),
            spoken = ScriptLayout.IsSpoken(input.Channel),
            tone = input.Tone.ToString(),
            language = input.Language,
            take = input.Take,
            today = Day(DateOnly.FromDateTime(input.AsOf.DateTime)),
            step = input.Step.Kind.ToString(),
            reason = input.Step.Reason.ToString(),
            detail = data.Mask(input.Step.Value),
            because = data.Mask(Words(input)),
            due = Day(input.Step.DueOn),
            appointment = input.Step.Appointment?.ToString("yyyy-MM-dd HH:mm, dddd", CultureInfo.InvariantCulture),
            manner = input.Style.Manner?.ToString(),
            formality = input.Style.Formality?.ToString(),
            to = data.Mask(input.Language == "en" ? input.ToInEnglish ?? input.To : input.To),
            from = data.Mask(input.From),
            title = data.Mask(input.Title),
            industry = data.Mask(input.Industry),
        };
        // Words are of whoever asks for them, and so is what they added to the prompt.
        var told = await prompts.ForAsync(userId, null, ct);
        var prompt = told.In(await language(userId, ct));
        var instructions = prompt.Instructions(data);
        var text = QuestionData.Write(new { placeholders = data.Roles, task, conversations_left_out = input.Talks.Count - talks.Count, conversations = talks });
        var reading = new Reading(placeholders, data, arrived);
        var answer = await calls.AskAsync(new(AiRunType.Script, prompt.Version, instructions, text, ScriptAnswer.SchemaName, ScriptAnswer.Schema, userId, input.ContactId, null) { IsPreview = told.IsPreview }, reading.TakeAsync, ct);
        await reading.EndAsync(answer.Content);
        return new(Name, told.Version, prompt.Version, answer.InputTokens, answer.OutputTokens, answer.CostMicros);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd, dddd", CultureInfo.InvariantCulture);

    private static string? Words(ScriptInput input) =>
        input.Step.Evidence is { } place && input.Talks.FirstOrDefault(t => t.InteractionId == place.InteractionId) is { } talk ? place.QuoteIn(talk.Text) : null;

    // What the step rests on goes along, however old it is.
    private static List<ScriptTalk> Chosen(ScriptInput input)
    {
        var (room, chosen) = (MostCharacters, new List<ScriptTalk>());
        foreach (var talk in input.Talks.Reverse().OrderByDescending(t => t.InteractionId == input.Step.Evidence?.InteractionId))
        {
            if (room < Least) break;
            chosen.Add(talk);
            room -= Math.Min(talk.Text.Length, MostOfOne);
        }
        return [.. chosen.OrderByDescending(t => t.At)];
    }

    private static IEnumerable<KnownName> NamesIn(ScriptInput input, List<ScriptTalk> chosen)
    {
        var context = ChatContext.At(input.AsOf) with { ContactNames = [input.To], RepNames = [input.From] };
        return [new(input.To, NameRole.Customer), .. input.ToInEnglish is { } name ? [new KnownName(name, NameRole.Customer)] : (KnownName[])[], new(input.From, NameRole.Us), .. input.Names,
            .. chosen.SelectMany(t => ChatParser.Parse(t.Text, context).Speakers).Select(s => new KnownName(s.Name, SpeakerRoles.RoleOf(s.Side)))];
    }

    /// <summary>Takes the answer as it comes, and what of it came in no other way at its end.</summary>
    private sealed class Reading(Placeholders placeholders, QuestionData data, Func<ArrivedSentence, ValueTask> arrived)
    {
        private readonly List<string> passed = [];
        private SentenceReader reader = new(ScriptAnswer.List);
        private int attempt = 1;

        public async ValueTask TakeAsync(AnswerPart part)
        {
            if (part.Attempt != attempt) Begin(part.Attempt);
            foreach (var said in reader.Read(part.Text)) await PassAsync(said);
        }

        public async Task EndAsync(JsonElement content)
        {
            var all = content.GetProperty(ScriptAnswer.List).EnumerateArray().ToList();
            // What counts is the answer that was kept, should it be another.
            if (passed.Count > all.Count || passed.Where((raw, at) => raw != all[at].GetRawText()).Any()) Begin(attempt + 1);
            foreach (var said in all.Skip(passed.Count)) await PassAsync(said);
        }

        private void Begin(int next)
        {
            (attempt, reader) = (next, new(ScriptAnswer.List));
            passed.Clear();
        }

        private ValueTask PassAsync(JsonElement said)
        {
            passed.Add(said.GetRawText());
            return arrived(new(attempt, Sentence(ScriptAnswer.Read(said))));
        }

        // What cannot be read, cited or put back into names keeps no words: the check that every analyst passes drops and counts it.
        private WrittenSentence Sentence(SaidSentence? said)
        {
            if (said is null || placeholders.Restore(said.Text) is not { } text) return new(ScriptPart.Body, "", null);
            if (said.Conversation is null && said.Quote is null) return new(said.Kind, text, null);
            return said.Conversation is { } number && data.Find(number, said.Quote) is { } place ? new(said.Kind, text, place) : new(said.Kind, "", null);
        }
    }
}
