namespace Protonmotive.Kernels;

/// <summary>An equation system that can't be compiled or bound; the subclasses say why.</summary>
public class KernelException : ProtonmotiveException
{
    /// <inheritdoc/>
    public KernelException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
