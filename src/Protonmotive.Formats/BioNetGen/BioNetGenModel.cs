using System.Globalization;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.BioNetGen;

/// <summary>The blocks of a BioNetGen network on their way to a <see cref="Network"/>.</summary>
internal sealed class BioNetGenModel
{
    private readonly string file;
    private readonly Dictionary<string, List<BioNetGenLine>> blocks;
    private readonly NetworkBuilder builder;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<Species> species = [];
    private readonly BioNetGenRates rates;

    public BioNetGenModel(string file, Dictionary<string, List<BioNetGenLine>> blocks)
    {
        this.file = file;
        this.blocks = blocks;
        builder = new NetworkBuilder(Path.GetFileNameWithoutExtension(file)) { TimeUnit = "time unit", AmountUnit = "", EnergyUnit = "RT" };
        rates = new BioNetGenRates(file, names);
    }

    public Network Build()
    {
        if (!blocks.ContainsKey("species")) throw BioNetGenException.At(file, 0, "There is no block of species.", "Give a .net file: BioNetGen writes it with generate_network.");
        foreach (var block in (string[])["parameters", "groups", "functions"]) CollectNames(block);
        Parameters();
        Species();
        Groups();
        Functions();
        Reactions();
        return builder.Build();
    }

    private List<BioNetGenLine> Block(string name) => blocks.GetValueOrDefault(name) ?? [];

    /// <summary>Name and the rest of a line; the index in front may be missing.</summary>
    private (string Name, string Value) Named(BioNetGenLine line)
    {
        var text = line.Text;
        var words = line.Words(3);
        bool numbered = int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (numbered) text = words.Length > 1 ? string.Join(' ', words[1..]) : "";
        var parts = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0) throw Fault(line, $"'{BioNetGenReader.Shown(line.Text)}' names nothing.", "Write an index, a name and a value.");
        var rest = parts.Length > 1 ? parts[1] : "";
        var name = parts[0];
        if (name.EndsWith("()", StringComparison.Ordinal)) name = name[..^2];
        if (name.Contains('(', StringComparison.Ordinal)) throw Fault(line, $"'{name}' takes arguments; only functions without are read.", "Let BioNetGen write the network out: it evaluates local functions.");
        return (name, rest.StartsWith('=') ? rest[1..].Trim() : rest);
    }

    private void CollectNames(string block)
    {
        foreach (var line in Block(block))
        {
            var (name, _) = Named(line);
            if (!names.Add(name)) throw Fault(line, $"'{name}' is declared twice.", "Give one of them another name.");
        }
    }

    private void Parameters()
    {
        foreach (var line in Block("parameters"))
        {
            var (name, value) = Named(line);
            if (value.Length == 0) throw Fault(line, $"The parameter '{name}' has no value.", "Write a number or an expression behind it.");
            builder.Parameter(name, rates.Formula(value, line));
        }
    }

    private void Species()
    {
        var cell = builder.Compartment(Free("cell"), 1, "");
        var prefix = Prefix("S");
        foreach (var line in Block("species"))
        {
            var words = line.Words(3);
            if (words.Length < 3) throw Fault(line, $"'{BioNetGenReader.Shown(line.Text)}' is no species.", "Write its number, its pattern and its amount.");
            CheckIndex(line, words[0], species.Count + 1, "species");
            var name = prefix + words[0];
            var amount = rates.Formula(words[2], line);
            // $ holds a species: at the front, or behind its compartment (@cell::$A()).
            bool isFixed = words[1].StartsWith('$') || words[1].Contains(":$", StringComparison.Ordinal);
            species.Add(isFixed
                ? builder.Reservoir(name, cell, amount, inAmounts: true, unit: "", description: words[1])
                : builder.Species(name, cell, amount, inAmounts: true, unit: "", description: words[1]));
        }
    }

    private void Groups()
    {
        foreach (var line in Block("groups"))
        {
            var (name, members) = Named(line);
            builder.Define(name, Expression.Sum(members.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(m => Member(m, line))));
        }
    }

    private Expression Member(string text, BioNetGenLine line)
    {
        int star = text.IndexOf('*', StringComparison.Ordinal);
        if (star < 0) return Find(text, line).Symbol;
        if (!double.TryParse(text[..star], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight)) throw Fault(line, $"'{text[..star]}' is no weight.", "Write a number before the *.");
        return weight * Find(text.AsSpan(star + 1), line).Symbol;
    }

    private void Functions()
    {
        foreach (var line in Block("functions"))
        {
            var (name, body) = Named(line);
            if (body.Length == 0) throw Fault(line, $"The function '{name}' has no formula.", "Write one behind it.");
            builder.Define(name, rates.Formula(body, line));
        }
    }

    private void Reactions()
    {
        var prefix = Prefix("R");
        int count = 0;
        foreach (var line in Block("reactions"))
        {
            var words = line.Words(4);
            if (words.Length < 4) throw Fault(line, $"'{BioNetGenReader.Shown(line.Text)}' is no reaction.", "Write its number, reactants, products and rate.");
            CheckIndex(line, words[0], ++count, "reaction");
            var reactants = Side(words[1], line);
            var products = Side(words[2], line);
            var flux = rates.Flux(words[3], [.. reactants.Select(s => s.Symbol)], line);
            builder.Process(prefix + words[0], ProcessKind.Reaction, Participants(reactants), Participants(products), FluxLaw.Formula(flux, 0),
                reversible: false, unit: "", description: line.Comment.Length > 0 ? "rule " + line.Comment.TrimStart('_') : "");
        }
    }

    private List<Species> Side(ReadOnlySpan<char> text, BioNetGenLine line)
    {
        var side = new List<Species>(2);
        foreach (var part in text.Split(','))
        {
            if (text[part] is not "0") side.Add(Find(text[part], line));
        }
        return side;
    }

    private static List<Participant> Participants(List<Species> side)
    {
        var participants = new List<Participant>(side.Count);
        foreach (var species in side)
        {
            int at = participants.FindIndex(p => p.Store == species);
            if (at < 0) participants.Add(new Participant(species, Expression.One));
            else participants[at] = participants[at] with { Coefficient = participants[at].Coefficient + 1 };
        }
        return participants;
    }

    private Species Find(ReadOnlySpan<char> text, BioNetGenLine line) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= species.Count
            ? species[number - 1]
            : throw Fault(line, $"There is no species '{BioNetGenReader.Shown(text.ToString())}'; the file has {species.Count}.", "Write the number of a species of this file, or 0 for nothing.");

    private void CheckIndex(BioNetGenLine line, string text, int expected, string what)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number != expected)
            throw Fault(line, $"The {what} has the number '{BioNetGenReader.Shown(text)}', but it is number {expected}.", "Number them 1, 2, 3, …: a line may be missing.");
    }

    /// <summary>The prefix of numbered names; a longer one where a declared name looks like it.</summary>
    private string Prefix(string prefix)
    {
        while (names.Any(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.Length > prefix.Length && n.AsSpan(prefix.Length).IndexOfAnyExceptInRange('0', '9') < 0)) prefix += "_";
        return prefix;
    }

    private string Free(string name)
    {
        while (!names.Add(name)) name += "_";
        return name;
    }

    private BioNetGenException Fault(BioNetGenLine line, string what, string mend) => BioNetGenException.At(file, line.Number, what, mend);
}
