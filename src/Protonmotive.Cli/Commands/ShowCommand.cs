using System.CommandLine;
using System.Globalization;
using Protonmotive.Catalogue;
using Protonmotive.Cli.Learning;
using Protonmotive.Networks;
using Protonmotive.Reports.Runs;
using Protonmotive.Symbolics;
using Protonmotive.Trainings;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf show.</summary>
internal static class ShowCommand
{
    private const int Column = 26;
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "Name of a system or a training (see 'pmf list') or path of a model file." };
        var scenario = CommonOptions.Scenario();
        var command = new Command("show", "Show what a system or a model file is: its question, equations, parameters with units and sources, scenarios and figures; and run it, to show what it was checked against and how well.\n\nExamples:\n  pmf show thermal-contact\n  pmf show squid-axon --scenario cold\n  pmf show mlp\n  pmf show model.xml") { model, scenario };
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            if (BuiltInTrainings.All.FirstOrDefault(t => t.Name == parse.GetRequiredValue(model)) is { } training)
            {
                ShowTraining(training);
                return ExitCode.Success;
            }
            var source = ModelSource.Load(parse.GetRequiredValue(model), parse.GetValue(scenario));
            Head(source);
            Equations(source.Network);
            Parameters(source.Network);
            if (source.System is { } system) Checks(source, system, cancellation);
            return ExitCode.Success;
        })));
        return command;
    }

    private static void Head(Model source)
    {
        Console.WriteLine(source.System is { } s ? $"{s.Title} ({s.Domain})" : source.Network.Name);
        if (source.System is not { } system) return;
        Console.WriteLine(system.Question);
        Heading("scenarios");
        foreach (var one in system.Scenarios) Row(one.Name, $"{one.Description} To {one.End.ToString("g6", culture)}{Unit(system.Build(one).TimeUnit, "")}.");
        Heading("figures");
        foreach (var panel in system.Panels) Row(panel.Label + Unit(panel.Unit, "/ "), string.Join(", ", panel.Curves.Select(c => c.Label)));
    }

    private static void Equations(Network network)
    {
        var membranes = network.Membranes.ToList();
        Heading("processes");
        // Of what is the same at many places, the first is shown.
        foreach (var process in network.Processes.DistinctBy(p => p.LineName))
        {
            int places = process.Group.Length > 0 ? network.Processes.Count(p => p.Group == process.Group) : 1;
            Row(process.LineName + Unit(process.Unit, "/ "), process.PlainEquation + (places > 1 ? $"   (at {places} places; the first:)" : ""));
            Row("", "= " + process.Law.Fluxes(process, network.Constants, membranes).Net.Simplify());
        }
        if (network.Stores.Any(s => !network.IsHeld(s)))
        {
            Heading("stores (potential.X is the slope of the energy in the content of X)");
            foreach (var store in network.Stores.Where(s => !network.IsHeld(s)).DistinctBy(s => s.Group.Length > 0 ? s.Group : s.Name))
            {
                Row($"d({store.ContentName})/dt", "= " + network.InflowByProcesses(store).Simplify());
                Row("", $"{store.Name} = {store.Face.Simplify()}");
                if (store.Energy is { IsConstant: false } energy) Row("", "energy " + energy.Simplify());
            }
            foreach (var shared in network.SharedEnergies) Row(shared.Name, "energy " + shared.Energy);
        }
        if (network.Stores.Any(network.IsHeld))
        {
            Heading("held by the surroundings");
            foreach (var store in network.Stores.Where(network.IsHeld).DistinctBy(s => s.Group.Length > 0 ? s.Group : s.Name)) Row(store.Name + Unit(store.Unit, "/ "), store.Description);
        }
        if (network.Rates.Length + network.Assignments.Length + network.Events.Length == 0) return;
        Heading("rules");
        foreach (var rule in network.Rates.DistinctBy(r => network.Find(r.Target) is { Group.Length: > 0 } one ? one.Group : r.Target)) Row($"d({rule.Target})/dt", "= " + rule.Value);
        var totals = network.Processes.Where(p => p.Group.Length > 0).Select(p => p.Group).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in network.Assignments.Where(r => !totals.Contains(r.Target)).DistinctBy(r => r.Group.Length > 0 ? r.Group : r.Target)) Row(rule.Target + Unit(rule.Unit, "/ "), $"= {rule.Value}{(rule.Description.Length > 0 ? $"   ({rule.Description})" : "")}");
        foreach (var one in network.Events) Row(one.Name, $"when {one.Trigger}: {string.Join(", ", one.Assignments.Select(a => $"{a.Target} = {a.Value}"))}");
    }

    private static void Parameters(Network network)
    {
        if (network.Parameters.IsEmpty) return;
        Heading("parameters");
        foreach (var p in network.Parameters.DistinctBy(p => p.Group.Length > 0 ? p.Group : p.Name))
            Row(p.Name, $"{(p.Value.IsConstant ? p.Value.Value.ToString("g6", culture) : p.Value.ToString())}{Unit(p.Unit, "")}{(p.Description.Length > 0 ? "   " + p.Description : "")}{(p.Source.Length > 0 ? $"   [{Short(p.Source)}]" : "")}");
    }

    // A training is not run for this, which would take minutes: what is told is of the run that is kept.
    private static void ShowTraining(Training training)
    {
        var (run, _, ledger) = BuiltInTrainings.RunOf(training);
        Console.WriteLine($"{training.Title} ({training.Domain})\n{training.Question}");
        Heading("run with");
        Row(training.Command, LearningHalf.WhatIsMissing(training.Command) is var (reason, remedy) ? $"unavailable: {reason}; {remedy}" : "");
        Row(training.Command + " --show", "the file, to change it");
        if (training.Network.Length > 0)
        {
            Heading("network");
            Console.WriteLine("  " + training.Network);
        }
        if (!run.Parameters.IsEmpty) Heading("settings");
        foreach (var p in run.Parameters) Row(p.Name, $"{p.Value.ToString("g6", culture)}   {p.Description}{(p.Source.Length > 0 ? $"   [{Short(p.Source)}]" : "")}");
        Heading($"checks (the run that is kept: {run.Command}, seed {run.Seed})");
        Results(ledger.ClosureResidual, run.Results);
        Sources(run.Sources);
    }

    private static void Checks(Model source, CatalogueSystem system, CancellationToken cancellation)
    {
        var scenario = source.Scenario ?? system.Scenarios[0];
        Heading($"checks ({scenario.Name})");
        SimulationResult run;
        using (var progress = new ProgressLine()) run = Simulation.Run(source, new SimulationSettings(), progress, cancellation);
        Results(run.Ledger.ClosureResidual, run.Record.Results);
        Sources(system.Sources);
    }

    private static void Results(double closure, IEnumerable<ResultRecord> results)
    {
        Row("books close to", $"{closure.ToString("0.0e+0", culture)} of the energy turned over");
        foreach (var r in results)
        {
            Row(r.Name, $"{r.Value.ToString("g6", culture)}{Unit(r.Unit, "")}{(r.Note.Length > 0 ? "   " + r.Note : "")}");
            if (r.Reference is { } known) Row("", $"{(r.Agrees ? "agrees with" : "DIFFERS FROM")} {known.Value.ToString("g6", culture)} ± {known.Tolerance.ToString("g2", culture)}: {known.Source}");
        }
    }

    private static void Sources(IEnumerable<string> sources)
    {
        Heading("sources");
        foreach (string paper in sources) Console.WriteLine("  " + paper);
    }

    // A paper by its authors and year; the list of sources has the rest.
    private static string Short(string source) => source.IndexOf(')', StringComparison.Ordinal) is > 0 and var end && source[..end].Contains('(', StringComparison.Ordinal) ? source[..(end + 1)] : source;

    private static string Unit(string unit, string before) => unit is "" or "1" ? "" : $" {before}{unit}";

    private static void Heading(string text) => Console.WriteLine($"\n{text}");

    private static void Row(string name, string text) => Console.WriteLine(name.Length < Column ? $"  {name.PadRight(Column)}{text}".TrimEnd() : $"  {name}\n  {"".PadRight(Column)}{text}".TrimEnd());
}
