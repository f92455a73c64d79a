namespace Protonmotive.Kernels;

/// <summary>A vector has the wrong length.</summary>
public sealed class ShapeException : KernelException
{
    private ShapeException(string name, int actual, int expected)
        : base($"'{name}' has {actual} elements.", $"a kernel that needs {expected}.", $"Pass a span of {expected} elements.")
    {
    }

    internal static void Check(int actual, int expected, string name)
    {
        if (actual != expected) throw new ShapeException(name, actual, expected);
    }
}
