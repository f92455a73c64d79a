namespace Protonmotive.Learning.Native;

/// <summary>libtorch can't be loaded here.</summary>
public sealed class LibTorchException : ProtonmotiveException
{
    /// <inheritdoc/>
    public LibTorchException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
