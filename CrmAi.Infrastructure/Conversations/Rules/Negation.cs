namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Whether a hit is denied by a word before it in its clause: 并不贵, not expensive. Two denials cancel out.</summary>
static class Negation
{
    const int Reach = 6;
    const int LatinReach = 22;

    public static bool Denies(Hit hit, LexiconFiles lexicons)
    {
        var text = hit.Clause.Text;
        var latin = hit.Start < text.Length && text[hit.Start] < 128;
        var denials = 0;
        foreach (var denial in lexicons.Negations.In(hit.Clause))
        {
            if (denial.End > hit.Start) continue;
            var between = text.AsSpan(denial.End, hit.Start - denial.End);
            if (between.Length <= (latin ? LatinReach : Reach)) denials++;
        }

        return denials % 2 == 1;
    }
}
