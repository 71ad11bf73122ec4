using CrmAi.Domain.Contacts;

namespace CrmAi.Web.Contacts.Lists;

/// <param name="Place">In the list, from 0.</param>
/// <param name="Search">Under which it was read: whoever waits for a search sees that this row answers it.</param>
public sealed record ListedRow(ContactRow Row, int Place, string Search);
