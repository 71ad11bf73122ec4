using System.Globalization;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Shared;

/// <summary>The component library speaks English only; its words in other languages stand in our resources under "radzen.".</summary>
public sealed class RadzenWords(IStringLocalizer<Text> words) : Radzen.ILocalizer
{
    public string? Get(string key, CultureInfo culture) => words["radzen." + key] is { ResourceNotFound: false } text ? text.Value : null;
}
