using Protonmotive.Networks;

namespace Protonmotive.Formats.BioNetGen;

/// <summary>
/// Reads networks that BioNetGen wrote out (<c>.net</c>): parameters, functions, species, reactions and groups.
/// </summary>
/// <remarks>
/// Faeder, Blinov and Hlavacek (2009), Methods Mol. Biol. 500, 113. Species S1, S2, … and reactions R1, R2, … are numbered as in
/// the file, with the pattern and the rule as descriptions; amounts are counts. The flux of a reaction is its rate times the counts of
/// its reactants: statistical factors and volumes are in the rate already. A repeated reactant counts as a power (the form for
/// many particles).
/// </remarks>
public static class BioNetGenReader
{
    /// <summary>Most species read.</summary>
    public const int MostSpecies = 1_000_000;

    /// <summary>Largest file read, in bytes.</summary>
    public const long LargestFile = 400_000_000;

    private static readonly HashSet<string> read = new(StringComparer.Ordinal) { "parameters", "functions", "species", "seed species", "reactions", "groups" };

    // What the rules were made from, or what the reactions already contain.
    private static readonly HashSet<string> passedOver = new(StringComparer.Ordinal)
    {
        "molecule types", "observables", "reaction rules", "compartments", "energy patterns", "population types", "population maps", "model",
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="BioNetGenException">It is no BioNetGen network, or holds something that is not read.</exception>
    /// <exception cref="NetworkException">Its equations do not fit together.</exception>
    public static Network Load(string path)
    {
        var length = new FileInfo(path).Length;
        if (length > LargestFile) throw BioNetGenException.At(path, 0, $"The file has {length} bytes; at most {LargestFile} are read.", "Simulate such a network without writing it out.");
        using var reader = new StreamReader(path);
        return Read(reader, path);
    }

    /// <summary>Reads text; the name is for errors and for the network.</summary>
    /// <exception cref="BioNetGenException">It is no BioNetGen network, or holds something that is not read.</exception>
    /// <exception cref="NetworkException">Its equations do not fit together.</exception>
    public static Network Read(TextReader text, string name)
    {
        var blocks = Blocks(text, name);
        return new BioNetGenModel(name, blocks).Build();
    }

    private static Dictionary<string, List<BioNetGenLine>> Blocks(TextReader text, string file)
    {
        var blocks = new Dictionary<string, List<BioNetGenLine>>(StringComparer.Ordinal);
        string? block = null;
        int opened = 0, number = 0;
        bool empty = true;
        while (Line(text, ref number) is { } line)
        {
            if (line.Text.Length == 0) continue;
            empty = false;
            if (Heading(line.Text, "begin") is { } begun)
            {
                if (begun == "model") continue;
                if (block is not null) throw BioNetGenException.At(file, line.Number, $"The block '{begun}' begins inside the block '{block}' of line {opened}.", $"End '{block}' first: the file may be cut.");
                if (!read.Contains(begun) && !passedOver.Contains(begun)) throw BioNetGenException.At(file, line.Number, $"The block '{begun}' is not known.", $"Known are {string.Join(", ", read)}.");
                (block, opened) = (begun, line.Number);
                blocks.TryAdd(block, []);
            }
            else if (Heading(line.Text, "end") is { } ended)
            {
                if (ended == "model") continue;
                if (ended != block) throw BioNetGenException.At(file, line.Number, block is null ? $"The block '{ended}' ends but was not begun." : $"The block '{block}' of line {opened} ends as '{ended}'.", "Give each block its own begin and end.");
                block = null;
            }
            else if (block is null)
            {
                // Commands such as substanceUnits("Number") stand between blocks.
                if (!line.Text.Contains('(', StringComparison.Ordinal)) throw BioNetGenException.At(file, line.Number, $"'{Shown(line.Text)}' stands outside every block.", "Give a .net file as BioNetGen writes it, with begin and end around each block.");
            }
            else if (read.Contains(block))
            {
                var lines = blocks[block];
                if (lines.Count >= MostSpecies && block.EndsWith("species", StringComparison.Ordinal)) throw BioNetGenException.At(file, line.Number, $"There are more than {MostSpecies} species.", "Simulate such a network without writing it out.");
                lines.Add(line);
            }
        }
        if (block is not null) throw BioNetGenException.At(file, number, $"The block '{block}' of line {opened} has no end: the file is cut.", $"Add 'end {block}', or get the whole file.");
        if (empty) throw BioNetGenException.At(file, 0, "The file is empty.", "Give a .net file as BioNetGen writes it.");
        if (blocks.TryGetValue("seed species", out var seeds)) blocks.TryAdd("species", seeds);
        return blocks;
    }

    /// <summary>One line with those that a backslash joins to it.</summary>
    private static BioNetGenLine? Line(TextReader text, ref int number)
    {
        if (text.ReadLine() is not { } line) return null;
        int first = ++number;
        while (line.EndsWith('\\') && text.ReadLine() is { } next)
        {
            number++;
            line = line[..^1] + next;
        }
        int hash = line.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? new BioNetGenLine(first, line.Trim(), "") : new BioNetGenLine(first, line[..hash].Trim(), line[(hash + 1)..].Trim());
    }

    private static string? Heading(string line, string word) =>
        line.StartsWith(word, StringComparison.Ordinal) && line.Length > word.Length && char.IsWhiteSpace(line[word.Length])
            ? string.Join(' ', line[word.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            : null;

    internal static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
