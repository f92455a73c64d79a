namespace Protonmotive.Solvers;

/// <summary>The coefficients of a method do not satisfy the conditions they are published with.</summary>
public sealed class TableauException : ProtonmotiveException
{
    /// <summary>Makes the error from its three parts.</summary>
    public TableauException(string what, string where, string mend)
        : base(what, where, mend)
    {
    }
}
