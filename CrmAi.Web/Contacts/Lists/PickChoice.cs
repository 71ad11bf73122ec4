namespace CrmAi.Web.Contacts.Lists;

/// <param name="Value">An id or a name; empty for none.</param>
/// <param name="Colour">Of a tag, instead of the icon.</param>
public sealed record PickChoice(string Value, string Text, string Icon = "chevron_right", string? Colour = null, int Depth = 0)
{
    public Guid? Id => Guid.TryParse(Value, out var id) ? id : null;
}
