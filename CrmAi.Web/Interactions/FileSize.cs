using System.Globalization;

namespace CrmAi.Web.Interactions;

public static class FileSize
{
    public static string Show(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => (bytes / 1024d).ToString("0.#", CultureInfo.CurrentCulture) + " KB",
        _ => (bytes / 1048576d).ToString("0.#", CultureInfo.CurrentCulture) + " MB",
    };
}
