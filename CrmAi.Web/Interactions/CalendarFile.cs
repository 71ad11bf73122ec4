using System.Globalization;
using System.Text;
using CrmAi.Domain.Interactions;

namespace CrmAi.Web.Interactions;

/// <summary>One appointment as a file that calendars take in, RFC 5545.</summary>
public static class CalendarFile
{
    private const int LineOctets = 75;
    private const int Assumed = 3600;

    /// <param name="summary">What the calendar shows.</param>
    /// <param name="address">Where the appointment is found here.</param>
    public static string Of(TimelineItem item, string summary, string address, DateTime now)
    {
        var fields = item.Fields;
        var place = string.Join(", ", new[] { fields.Location, fields.Address }.Where(t => !string.IsNullOrEmpty(t)));
        string?[] lines =
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//CrmAi//EN", "METHOD:PUBLISH", "BEGIN:VEVENT",
            $"UID:{item.Id}@crmai", $"SEQUENCE:{item.Version}", $"DTSTAMP:{Stamp(now)}", $"DTSTART:{Stamp(fields.At)}", $"DTEND:{Stamp(fields.At.AddSeconds(fields.DurationSeconds is > 0 and var seconds ? seconds : Assumed))}",
            $"SUMMARY:{Escaped(summary)}",
            place.Length > 0 ? $"LOCATION:{Escaped(place)}" : null,
            fields.Content.Length > 0 ? $"DESCRIPTION:{Escaped(fields.Content)}" : null,
            fields is { Latitude: { } north, Longitude: { } east } ? string.Create(CultureInfo.InvariantCulture, $"GEO:{north};{east}") : null,
            $"URL:{address}",
            fields.Outcome == InteractionOutcome.Cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED",
            "END:VEVENT", "END:VCALENDAR",
        ];
        return string.Concat(lines.OfType<string>().Select(Folded));
    }

    private static string Stamp(DateTime utc) => utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    // Counted in octets, and never through the middle of a character.
    private static string Folded(string line)
    {
        var (folded, used) = (new StringBuilder(), 0);
        foreach (var rune in line.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > LineOctets)
            {
                folded.Append("\r\n ");
                used = 1;
            }
            folded.Append(rune.ToString());
            used += rune.Utf8SequenceLength;
        }
        return folded.Append("\r\n").ToString();
    }
}
