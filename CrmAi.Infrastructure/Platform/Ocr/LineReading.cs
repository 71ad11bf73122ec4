using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.BusinessCards;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>
/// Reads the lines of a straight card in passes: both Chinese models over all lines, then each run of one script by the models that suit it,
/// once more smaller and softened; the passes vote on each character.
/// </summary>
internal sealed class LineReading(OcrEngines engines, Print print, string folder, ProcessBounds bounds)
{
    private const int Plain = 44;
    private const int Small = 32;
    private const double Softness = 0.7;
    private const int LongLatin = 5;

    private sealed record Run(int Row, TextLine Place, bool IsHan, List<IReadOnlyList<SeenCharacter>> Readings, List<string> Texts);

    /// <returns>Runs from top to bottom and left to right.</returns>
    public async Task<Result<IReadOnlyList<PrintedRun>>> ReadAsync(IReadOnlyList<TextLine> lines, CancellationToken ct)
    {
        var first = await PassAsync(engines.Chinese, lines, Plain, 0, ct);
        if (!first.Succeeded) return Result.Refused<IReadOnlyList<PrintedRun>>(first.Errors);
        var second = engines.Script is null ? first : await PassAsync(engines.Script, lines, Plain, 0, ct);
        if (!second.Succeeded) return Result.Refused<IReadOnlyList<PrintedRun>>(second.Errors);
        var runs = new List<Run>();
        for (var i = 0; i < lines.Count; i++)
        {
            var (a, b) = (first.Value[i], second.Value[i]);
            foreach (var (place, isHan) in Split(lines[i], Better(a, b)))
            {
                var run = new Run(lines[i].Row, place, isHan, [], []);
                Add(run, Within(a, place), isHan ? 1 : 0.5);
                if (engines.Script is not null) Add(run, Within(b, place), isHan ? 0.9 : 0.7);
                runs.Add(run);
            }
        }
        var (han, latin) = (runs.Where(r => r.IsHan).ToList(), runs.Where(r => !r.IsHan).ToList());
        (string? Language, List<Run> Runs, int Height, double Soft, double Trust)[] passes =
            [(engines.Chinese, han, Small, Softness, 1), (engines.Script, han, Small, Softness, 0.9), (engines.Latin, latin, Plain, 0, 1), (engines.Latin, latin, Small, Softness, 1)];
        foreach (var (language, of, height, soft, trust) in passes)
        {
            if (language is null || of.Count == 0) continue;
            var pass = await PassAsync(language, [.. of.Select(r => r.Place)], height, soft, ct);
            if (!pass.Succeeded) return Result.Refused<IReadOnlyList<PrintedRun>>(pass.Errors);
            for (var i = 0; i < of.Count; i++) Add(of[i], pass.Value[i], trust);
        }
        return runs.Select(r => new PrintedRun(r.Row, ReadingVote.Of(r.Readings), r.Place.Top, r.Place.Bottom, r.Place.Height, r.Texts)).Where(r => r.Text.Trim().Length > 0).ToList();
    }

    private async Task<Result<IReadOnlyList<IReadOnlyList<SeenCharacter>>>> PassAsync(string language, IReadOnlyList<TextLine> lines, int height, double soft, CancellationToken ct)
    {
        var cuts = lines.Select(l => LineCuts.Of(print, l, height, soft)).ToList();
        var words = await Tesseract.ReadAsync(engines, language, [.. cuts.Select(c => c.Picture)], raw: false, folder, bounds, ct);
        if (!words.Succeeded) return Result.Refused<IReadOnlyList<IReadOnlyList<SeenCharacter>>>(words.Errors);
        var found = words.Value.ToList();
        var missed = Enumerable.Range(0, found.Count).Where(i => found[i].Count == 0).ToList();
        var again = await Tesseract.ReadAsync(engines, language, [.. missed.Select(i => cuts[i].Picture)], raw: true, folder, bounds, ct);
        if (!again.Succeeded) return Result.Refused<IReadOnlyList<IReadOnlyList<SeenCharacter>>>(again.Errors);
        for (var i = 0; i < missed.Count; i++) found[missed[i]] = again.Value[i];
        return found.Select((w, i) => (IReadOnlyList<SeenCharacter>)Characters(w, cuts[i])).ToList();
    }

    /// <summary>Words taken apart, a blank between those that are not both Chinese.</summary>
    private static List<SeenCharacter> Characters(IReadOnlyList<SeenWord> words, LineCut cut)
    {
        var characters = new List<SeenCharacter>();
        foreach (var word in words)
        {
            var text = Widths.Narrow(word.Text);
            var (left, right) = (cut.Left + (word.Left * cut.Scale), cut.Left + (word.Right * cut.Scale));
            if (characters.Count > 0)
            {
                var last = characters[^1];
                var wide = left - last.Right > 0.45 * cut.Scale * cut.Picture.Height;
                if (wide || !(PrintedCharacter.IsHan(last.Value) && PrintedCharacter.IsHan(text[0]))) characters.Add(new(' ', (last.Weight + word.Confidence) / 2, last.Right, left));
            }
            var step = (right - left) / text.Length;
            for (var i = 0; i < text.Length; i++) characters.Add(new(text[i], word.Confidence, left + (i * step), left + ((i + 1) * step)));
        }
        return characters;
    }

    /// <summary>A line's runs of one script. Short Latin bits, such as house numbers, stay with the Chinese around them.</summary>
    private List<(TextLine Place, bool IsHan)> Split(TextLine line, IReadOnlyList<SeenCharacter> characters)
    {
        var han = characters.Count(c => PrintedCharacter.IsHan(c.Value));
        // One or two in a long Latin line are letters misread, unless they tell an extension.
        if (han == 0 || (han <= 2 && han * 8 < characters.Count && !characters.Any(c => c.Value is '转' or '分'))) return [(line, false)];
        var runs = new List<(int From, int To, bool IsHan)>();
        for (var i = 0; i < characters.Count;)
        {
            var from = i;
            var isHan = PrintedCharacter.IsHan(characters[i].Value);
            while (i < characters.Count && (PrintedCharacter.IsHan(characters[i].Value) == isHan || characters[i].Value == ' ')) i++;
            if (!isHan && characters.Skip(from).Take(i - from).Count(c => c.Value != ' ') < LongLatin) isHan = true;
            if (runs.Count > 0 && runs[^1].IsHan == isHan) runs[^1] = (runs[^1].From, i, isHan);
            else runs.Add((from, i, isHan));
        }
        var places = new List<(TextLine, bool)>();
        for (var r = 0; r < runs.Count; r++)
        {
            var left = r == 0 ? line.Left : Between(runs[r].From);
            var right = r == runs.Count - 1 ? line.Right : Between(runs[r + 1].From);
            if (right - left >= 4) places.Add((TextLines.Tight(print, line with { Left = left, Right = right }), runs[r].IsHan));
        }
        return places;

        int Between(int next)
        {
            var last = next - 1;
            while (last > 0 && characters[last].Value == ' ') last--;
            return TextLines.Gap(print, line, (characters[last].Right + characters[next].Left) / 2);
        }
    }

    private static List<SeenCharacter> Within(IReadOnlyList<SeenCharacter> characters, TextLine place) =>
        Trimmed([.. characters.Where(c => (c.Left + c.Right) / 2 >= place.Left - 1 && (c.Left + c.Right) / 2 <= place.Right + 1)]);

    private static List<SeenCharacter> Trimmed(List<SeenCharacter> characters)
    {
        while (characters.Count > 0 && characters[0].Value == ' ') characters.RemoveAt(0);
        while (characters.Count > 0 && characters[^1].Value == ' ') characters.RemoveAt(characters.Count - 1);
        return characters;
    }

    private static void Add(Run run, IReadOnlyList<SeenCharacter> reading, double trust)
    {
        if (reading.Count == 0) return;
        run.Readings.Add([.. reading.Select(c => c with { Weight = Math.Max(0.02, c.Weight * trust) })]);
        run.Texts.Add(string.Concat(reading.Select(c => c.Value)));
    }

    /// <summary>The one that saw more Chinese, where it is not all guesses: a model that knows a character's shape least takes it for letters.</summary>
    private static IReadOnlyList<SeenCharacter> Better(IReadOnlyList<SeenCharacter> a, IReadOnlyList<SeenCharacter> b)
    {
        int Han(IReadOnlyList<SeenCharacter> reading) => reading.Count(c => PrintedCharacter.IsHan(c.Value) && c.Weight > 0.3);
        return Han(a) == Han(b) ? (Trust(a) >= Trust(b) ? a : b) : Han(a) > Han(b) ? a : b;
    }

    private static double Trust(IReadOnlyList<SeenCharacter> reading) => reading.Count == 0 ? 0 : reading.Average(c => c.Weight);
}
