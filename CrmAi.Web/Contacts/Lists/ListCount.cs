using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>How many, said as far as it was counted.</summary>
public static class ListCount
{
    public static string Show(int count) =>
        count.ToString("N0", CultureInfo.CurrentCulture) + (count >= Slice<ContactRow>.CountLimit ? "+" : "");
}
