using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Reports.Runs;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Scans;

/// <summary>A model compiled for a scan: what may vary in it, and what may be asked of it.</summary>
public sealed class ScanModel
{
    /// <summary>Before the names of ledger numbers.</summary>
    public const string LedgerPrefix = "ledger:";

    private readonly HashSet<string> parameters, states;
    private readonly Dictionary<string, double> nominal;

    /// <summary>Compiles a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="overrides">Values set for all members.</param>
    /// <param name="withLedger">Whether the integrals of the ledger are taken along.</param>
    /// <param name="withJumps">Whether what jumps supply is a state too, so that the ledger has derivatives.</param>
    /// <exception cref="ProtonmotiveException">The model is at fault.</exception>
    public ScanModel(Model model, IReadOnlyDictionary<string, double> overrides, bool withLedger, bool withJumps = false)
    {
        Model = model;
        Account = withLedger ? Account.Of(model.Network, overrides) : null;
        Kernel = Account is null ? Kernel.Compile(model.Network.Lower()) : withJumps ? Kernel.Compile(Account.EquationsWithJumps()) : Account.Compile();
        LedgerNumbers = Account?.Numbers() ?? [];
        var system = Kernel.System;
        parameters = system.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        states = system.States.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        Overrides = overrides.ToImmutableDictionary(o => Resolve(o.Key), o => o.Value);
        var values = Kernel.Parameters(Overrides, 0, new RandomStream(0, 0).Sample);
        var initial = Kernel.InitialState(values);
        nominal = system.Parameters.Select((p, i) => (p.Name, values[i])).Concat(system.States.Select((s, i) => (s.Name, initial[i]))).ToDictionary(x => x.Name, x => x.Item2, StringComparer.Ordinal);
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>Its equations, with the ledger's integrals where asked for.</summary>
    public Kernel Kernel { get; }

    /// <summary>Its account; null where the ledger was not asked for.</summary>
    public Account? Account { get; }

    /// <summary>The numbers of its ledger; empty where they were not asked for.</summary>
    public ImmutableArray<LedgerNumber> LedgerNumbers { get; }

    /// <summary>Values set for all members, by name of a parameter.</summary>
    public ImmutableDictionary<string, double> Overrides { get; }

    /// <summary>SHA-256 of the equations as text: any change of the model changes it.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(EquationText())));

    /// <summary>The name of what varies in the equations: a species by name is its value at the start.</summary>
    /// <exception cref="ScanException">Nothing that can vary has that name.</exception>
    public string Resolve(string name) => parameters.Contains(name) ? name : parameters.Contains(name + ".initial") ? name + ".initial" : states.Contains(name) ? name
        : throw new ScanException($"Nothing that can vary is named '{name}'.", $"model '{Model.Name}'",
            NearNames.Question(NearNames.Of(name, parameters.Select(p => p.EndsWith(".initial", StringComparison.Ordinal) ? p[..^8] : p).Concat(states)), "Name a parameter, or a species for its value at the start."));

    /// <summary>The model's own value of something that can vary; null where there is none.</summary>
    public double? Nominal(string name) => nominal.TryGetValue(Resolve(name), out double value) ? value : null;

    /// <summary>Unit of something that can vary.</summary>
    public string UnitOf(string name)
    {
        var resolved = Resolve(name);
        return Kernel.System.Parameters.FirstOrDefault(p => p.Name == resolved)?.Unit ?? Kernel.System.States.First(s => s.Name == resolved).Unit;
    }

    /// <summary>Everything that may vary, with the model's own value: parameters, and species for their value at the start.</summary>
    public IEnumerable<(ScanQuantity Quantity, double Value)> Variables() => Kernel.System.Parameters.Select(p =>
    {
        var name = p.Name.EndsWith(".initial", StringComparison.Ordinal) && !parameters.Contains(p.Name[..^8]) ? p.Name[..^8] : p.Name;
        return (new ScanQuantity(name, p.Unit, name == p.Name ? Model.Network.Find(name)?.Description ?? "" : "value at the start"), nominal[p.Name]);
    });

    /// <summary>Everything that may be asked for: observables, states that no observable shows, and the ledger's numbers.</summary>
    public IEnumerable<ScanQuantity> Quantities()
    {
        var system = Kernel.System;
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var o in system.Observables) if (shown.Add(o.Name)) yield return new ScanQuantity(o.Name, o.Unit, Model.Network.Find(o.Name)?.Description ?? "");
        foreach (var s in system.States) if (shown.Add(s.Name)) yield return new ScanQuantity(s.Name, s.Unit, Model.Network.Find(s.Name)?.Description ?? "");
        foreach (var n in LedgerNumbers) yield return new ScanQuantity(LedgerPrefix + n.Name, n.Unit, n.Description);
    }

    /// <summary>Names of the outputs where none are asked for: the curves of a system's figure; the species and variables of a file.</summary>
    public ImmutableArray<string> DefaultOutputs()
    {
        var known = Kernel.System.Observables.Select(o => o.Name).Concat(Kernel.System.States.Select(s => s.Name)).ToHashSet(StringComparer.Ordinal);
        var network = Model.Network;
        var names = Model.System is { } system
            ? system.Panels.SelectMany(p => p.Curves).Select(c => c.Observable)
            : network.Stores.OfType<Species>().Where(s => !s.IsReservoir).Select(s => s.Name).Concat(network.Rates.Select(r => r.Target)).Concat(network.Assignments.Select(a => a.Target));
        ImmutableArray<string> chosen = [.. names.Where(known.Contains).Distinct()];
        return chosen.IsEmpty ? [.. Kernel.System.States.Select(s => s.Name)] : chosen;
    }

    private string EquationText()
    {
        var text = new StringBuilder();
        var s = Kernel.System;
        foreach (var x in s.States) text.Append(x.Name).Append('\t').Append(x.Initial).Append('\t').Append(x.Rate).Append('\t').Append(x.ScaleGroup).Append('\n');
        foreach (var x in s.Parameters) text.Append(x.Name).Append('\t').Append(x.Definition).Append('\t').Append(x.Draw).Append('\n');
        foreach (var x in s.Modes) text.Append(x.Name).Append('\t').Append(x.Relation).Append('\n');
        foreach (var x in s.Events) text.Append(x.Name).Append('\t').Append(x.Trigger).Append('\t').Append(x.Delay).Append('\t').Append(x.Priority).Append('\t').AppendJoin(';', x.Assignments.Select(a => $"{a.Target}={a.Value},{a.Result}")).Append('\n');
        foreach (var x in s.Delays) text.Append(x.Name).Append('\t').Append(x.Value).Append('\t').Append(x.Lag).Append('\n');
        foreach (var x in s.Quadratures) text.Append(x.Name).Append('\t').Append(x.Integrand).Append('\t').Append(x.AbsoluteScale).Append('\n');
        foreach (var x in s.Observables) text.Append(x.Name).Append('\t').Append(x.Value).Append('\n');
        return text.ToString();
    }
}
