namespace CrmAi.Domain.Conversations;

/// <summary>Dates as people say them: 明天下午三点, 下周三, next Friday at 10am.</summary>
public interface ISpokenDates
{
    /// <summary>The first that names a day, counted from <paramref name="today"/>; null for none.</summary>
    SpokenDate? Find(string text, DateOnly today);
}

/// <param name="Start">Place in the text; <paramref name="Length"/> likewise counts UTF-16 code units.</param>
/// <param name="Time">Null where only a day was said.</param>
public sealed record SpokenDate(int Start, int Length, DateOnly Date, TimeOnly? Time);
