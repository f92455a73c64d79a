namespace Protonmotive.Cli.Learning;

/// <summary>The learning half can't be started here.</summary>
internal sealed class LearningHalfException : ProtonmotiveException
{
    public LearningHalfException(string what, string where, string mend)
        : base(what, where, mend)
    {
    }
}
