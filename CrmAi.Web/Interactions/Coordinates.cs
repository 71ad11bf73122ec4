using System.Globalization;

namespace CrmAi.Web.Interactions;

/// <summary>Places on the globe as maps write them: "31.23041, 121.47370", latitude first.</summary>
public static class Coordinates
{
    public static string? Show(double? latitude, double? longitude) =>
        latitude is { } north && longitude is { } east ? string.Create(CultureInfo.InvariantCulture, $"{north:0.#####}, {east:0.#####}") : null;

    /// <summary>False where the text is neither empty nor two numbers.</summary>
    public static bool TryRead(string? text, out double? latitude, out double? longitude)
    {
        (latitude, longitude) = (null, null);
        if (string.IsNullOrWhiteSpace(text)) return true;
        var parts = text.Split([',', '，', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !Number(parts[0], out var north) || !Number(parts[1], out var east)) return false;
        (latitude, longitude) = (north, east);
        return true;
    }

    private static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
