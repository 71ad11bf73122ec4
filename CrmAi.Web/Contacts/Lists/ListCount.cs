using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>How many a list holds, as far as they were counted.</summary>
public readonly record struct ListCount(int Total, bool HasMore)
{
    public static string Show(int count) =>
        count.ToString("N0", CultureInfo.CurrentCulture) + (count >= Slice<ContactRow>.CountLimit ? "+" : "");

    public override string ToString() => Total.ToString("N0", CultureInfo.CurrentCulture);
}
