namespace Protonmotive.Cli;

/// <summary>Exit codes that scripts can use.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The audit found a violation.</summary>
    public const int Violation = 1;

    /// <summary>Bad input, or a solve that can't go on.</summary>
    public const int Failure = 2;

    /// <summary>Stopped by ctrl-C.</summary>
    public const int Interrupted = 130;
}
