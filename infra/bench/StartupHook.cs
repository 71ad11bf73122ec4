/// <summary>
/// Loaded into the measured server by DOTNET_STARTUP_HOOKS: answers, on a line of standard input, how much of its memory is still in use
/// after two full collections, and how much the system has given it.
/// </summary>
internal static class StartupHook
{
    public const string Answer = "bench memory ";

    public static void Initialize() => new Thread(Listen) { IsBackground = true, Name = "bench" }.Start();

    private static void Listen()
    {
        while (Console.In.ReadLine() is not null)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Console.Out.WriteLine(FormattableString.Invariant($"{Answer}{GC.GetTotalMemory(false)} {Environment.WorkingSet}"));
        }
    }
}
