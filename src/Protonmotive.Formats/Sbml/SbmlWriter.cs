using System.Collections.Immutable;
using System.Text;
using Protonmotive.Formats.Sbml.Writing;
using Protonmotive.Networks;

namespace Protonmotive.Formats.Sbml;

/// <summary>
/// Writes a <see cref="Network"/> as SBML Level 3 Version 2, so that <see cref="SbmlReader"/> reads the same equations back, with
/// identifiers, names, notes and annotations.
/// </summary>
/// <remarks>
/// SBML Level 3 Version 2 Core (Hucka et al. 2019, J Integr Bioinform 16:20190021). Function definitions are written out where they are
/// called. Random numbers need the package distrib; charges and formulas are attributes of the package fbc. Names that SBML does not
/// allow get an identifier, and say their name in an annotation. Standard potentials stand in an annotation of ours; membranes and
/// stores of heat or energy become parameters with rates.
/// </remarks>
public static class SbmlWriter
{
    /// <summary>Writes a network as text.</summary>
    /// <param name="network">The network.</param>
    /// <param name="writer">Receives the file's text.</param>
    /// <returns>What SBML could not hold, one line each.</returns>
    /// <exception cref="SbmlException">The network holds something that SBML has no form for; nothing was written.</exception>
    public static ImmutableArray<string> Write(Network network, TextWriter writer)
    {
        var text = new StringWriter();
        var translation = new SbmlTranslation(network);
        new SbmlDocumentWriter(network, translation, text).Write();
        writer.Write(text.GetStringBuilder());
        return [.. translation.Losses];
    }

    /// <summary>Writes a network into a stream, in UTF-8.</summary>
    /// <returns>What SBML could not hold, one line each.</returns>
    /// <exception cref="SbmlException">The network holds something that SBML has no form for; nothing was written.</exception>
    public static ImmutableArray<string> Write(Network network, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        return Write(network, writer);
    }

    /// <summary>Writes a file, whole or not at all; one that is there is replaced.</summary>
    /// <returns>What SBML could not hold, one line each.</returns>
    /// <exception cref="SbmlException">The network holds something that SBML has no form for.</exception>
    /// <exception cref="ModelFormatException">The file can't be written there.</exception>
    public static ImmutableArray<string> Save(Network network, string path)
    {
        ImmutableArray<string> losses = [];
        WholeFile.Write(path, overwrite: true, writer => losses = Write(network, writer));
        return losses;
    }
}
