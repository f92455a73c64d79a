using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Antimony;

/// <summary>
/// Writes a network as Antimony that <see cref="AntimonyReader"/> reads back to the same equations. What Antimony has no words for is
/// written as the equations it comes to, or left out; each is told as a warning.
/// </summary>
public static class AntimonyWriter
{
    /// <summary>Writes a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="output">Where to.</param>
    /// <returns>What the file does not hold, one line each.</returns>
    /// <exception cref="AntimonyException">A formula uses a function or a name that can't be written.</exception>
    public static IReadOnlyList<string> Write(Network network, TextWriter output) => new AntimonyNetworkWriter(network, output).Write();

    /// <summary>A network as text; warnings are dropped.</summary>
    /// <exception cref="AntimonyException">A formula uses a function or a name that can't be written.</exception>
    public static string Print(Network network)
    {
        using var text = new StringWriter { NewLine = "\n" };
        Write(network, text);
        return text.ToString();
    }
}
