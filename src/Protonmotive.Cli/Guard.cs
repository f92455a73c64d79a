namespace Protonmotive.Cli;

/// <summary>Turns errors into what, where, mend on standard error and an exit code.</summary>
internal static class Guard
{
    public static int Run(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (AggregateException several) // of work on several threads: the first fault is told
        {
            return Run(() => throw several.Flatten().InnerExceptions[0]);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped; nothing was written.");
            return ExitCode.Interrupted;
        }
        catch (ProtonmotiveException e)
        {
            Console.Error.WriteLine($"error: {e.What}");
            Console.Error.WriteLine($"where: {e.Where}");
            Console.Error.WriteLine($"mend:  {e.Mend}");
            return ExitCode.Failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            Console.Error.WriteLine("where: reading or writing a file");
            Console.Error.WriteLine("mend:  check the path, its permissions and the free space");
            return ExitCode.Failure;
        }
    }
}
