using System.Diagnostics;
using System.Globalization;
using Protonmotive.Formats.BioNetGen;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Bench;

/// <summary>What it costs to load a large network and reach its first time point, part by part, against its size.</summary>
internal static class Scale
{
    private static readonly int[] sizes = [100, 300, 1000, 3000, 5000, 10_000];
    private static readonly int[] sites = [5, 7, 9, 10, 11];

    /// <summary>
    /// <c>scale [FOLDER]</c>: tables to the console and a figure to the folder. <c>scale file PATH …</c>: those networks instead.
    /// <c>scale once PATH</c>: one pass in this fresh process.
    /// </summary>
    public static int Run(string[] args)
    {
        if (args is ["once", var path])
        {
            var watch = Stopwatch.StartNew();
            var text = File.ReadAllText(path);
            var costs = Costs(text, path, isSplit: false);
            Console.WriteLine(FormattableString.Invariant($"cold: read {costs["read"]:0} ms, lower {costs["lower"]:0} ms, compile {costs["compile"]:0} ms, first time point {costs["first time point"]:0} ms, together {watch.Elapsed.TotalMilliseconds:0} ms, of it {GC.GetTotalPauseDuration().TotalMilliseconds:0} ms collection of garbage ({GC.CollectionCount(0)} times); since the process began {(DateTime.Now - System.Diagnostics.Process.GetCurrentProcess().StartTime).TotalMilliseconds:0} ms"));
            return 0;
        }
        Measure(LargeNetwork.Random(300, 20, 1), "warm-up", 10);
        if (args is ["file", .. var paths])
        {
            Table([.. paths.Select(p => (Path.GetFileName(p), Measure(File.ReadAllText(p), p, 5)))]);
            return 0;
        }
        var local = sizes.Select(n => ($"local {n}", Measure(LargeNetwork.Random(n, 20, 1), "local", n > 3000 ? 3 : 5))).ToList();
        Table(local);
        var rules = sites.Select(k => ($"{k} sites", Measure(LargeNetwork.Sites(k, 1), "sites", k > 9 ? 3 : 5))).ToList();
        Table(rules);
        var mixed = sizes.Select(n => ($"mixed {n}", Measure(LargeNetwork.Random(n, n, 1), "mixed", n > 3000 ? 3 : 5))).ToList();
        Table(mixed);
        if (args is [var folder]) ScaleFigure.Save(folder, [("local", local), ("rule expansion", rules), ("mixed", mixed)]);
        return 0;
    }

    private static void Table(List<(string Name, Dictionary<string, double> Costs)> rows)
    {
        string[] columns = [.. rows[0].Costs.Keys];
        Console.WriteLine($"\n| network | {string.Join(" | ", columns)} |");
        Console.WriteLine($"|---|{string.Concat(columns.Select(_ => "---:|"))}");
        foreach (var (name, costs) in rows)
            Console.WriteLine($"| {name} | {string.Join(" | ", columns.Select(c => double.IsNaN(costs[c]) ? "–" : costs[c].ToString(costs[c] is > 0 and < 10 ? "0.0" : "0", CultureInfo.InvariantCulture)))} |");
    }

    /// <summary>The least of several passes, part by part, in ms of this thread's processor time.</summary>
    private static Dictionary<string, double> Measure(string text, string name, int passes)
    {
        Dictionary<string, double>? best = null;
        for (int i = 0; i < passes; i++)
        {
            GC.Collect();
            var costs = Costs(text, name, isSplit: true);
            best ??= costs;
            foreach (var (part, ms) in costs) best[part] = Math.Min(best[part], ms);
        }
        return best!;
    }

    private static Dictionary<string, double> Costs(string text, string name, bool isSplit)
    {
        var costs = new Dictionary<string, double>();
        var watch = Stopwatch.StartNew();
        var pauses = GC.GetTotalPauseDuration();
        T Timed<T>(string part, Func<T> work)
        {
            double begun = isSplit ? ProcessorTime.Milliseconds : watch.Elapsed.TotalMilliseconds;
            var result = work();
            costs[part] = (isSplit ? ProcessorTime.Milliseconds : watch.Elapsed.TotalMilliseconds) - begun;
            return result;
        }
        (costs["species"], costs["reactions"]) = (0, 0);
        var network = Timed("read", () => BioNetGenReader.Read(new StringReader(text), name));
        (costs["species"], costs["reactions"]) = (network.Stores.Length, network.Processes.Length);
        var system = Timed("lower", () => network.Lower());
        var kernel = Timed("compile", () => Kernel.Compile(system, KernelBackend.Interpreted));
        var instance = kernel.Bind(kernel.Parameters());
        var y = kernel.InitialState(kernel.Parameters());
        var f = new double[kernel.Count];
        if (isSplit)
        {
            Parts(system, Timed);
            costs["factor entries"] = kernel.FactorEntryCount;
        }
        Timed("first rates", () => { instance.Rates(0, y, f); return 0; });
        // What fills up is solved by iteration: its factors are never made.
        if (kernel.FactorEntryCount > 3_000_000) costs["first factorisation"] = double.NaN;
        else Timed("first factorisation", () => { instance.EvaluateJacobian(0, y); return instance.Factorize(1e6); });
        Timed("first step", () => Ode.Solve(new InitialValueProblem(kernel, 0, 1e-6), new Automatic(), new Tolerance(1e-4, 1e-4), OutputTimes.EveryStep));
        costs["of it collection"] = (GC.GetTotalPauseDuration() - pauses).TotalMilliseconds;
        costs["first time point"] = costs["lower"] + costs["compile"] + costs["first step"];
        return costs;
    }

    /// <summary>The parts of compilation again, one by one, on the engine's own classes.</summary>
    private static void Parts(EquationSystem system, Func<string, Func<object>, object> timed)
    {
        timed("start programs", () => new StartPrograms(system));
        var dependencies = new Dependencies(system.States.Select((s, i) => (s.Name, i)).ToDictionary(s => s.Name, s => s.i), new HashSet<string>());
        var layout = new SlotLayout(system.States.Length, system.Parameters.Length);
        var symbols = new SymbolTable(system.Name);
        symbols.Add(system.States.Select(s => s.Name), layout.States);
        symbols.Add(system.Parameters.Select(p => p.Name), layout.Parameters);
        symbols.Add([EquationSystem.StartedName], layout.Allocate(1));
        var prologue = new TapeWriter(layout, symbols);
        var rates = (TapeWriter)timed("rates tape", () =>
        {
            var writer = new TapeWriter(layout, symbols, prologue, dependencies);
            foreach (var state in system.States) writer.Write(state.Rate, layout.Allocate(1), state.Name);
            return writer;
        });
        var entries = (List<(int Row, int Column)>)timed("Jacobian", () =>
        {
            var jacobian = new JacobianEntries(dependencies);
            var writer = new TapeWriter(layout, symbols, prologue, dependencies);
            var places = new List<(int, int)>();
            for (int i = 0; i < system.States.Length; i++)
            {
                foreach (var (column, value) in jacobian.Row(system.States[i].Rate))
                {
                    places.Add((i, column));
                    writer.Write(value, layout.Allocate(1), "entry");
                }
            }
            return places;
        });
        timed("observables", () =>
        {
            var writer = new TapeWriter(layout, symbols, prologue, dependencies);
            foreach (var observable in system.Observables) writer.Write(observable.Value, layout.Allocate(1), observable.Name);
            return writer;
        });
        var rows = new CompressedRows(system.States.Length, entries);
        timed("order", () => new EliminationOrder(rows));
        timed("plan", () => new Factorization(rows, rows.RowCount, []));
        timed("placing", () => new InterpretedProgram(rates.Tape, rates.Tape.Place(layout.Count).Slots));
    }
}
