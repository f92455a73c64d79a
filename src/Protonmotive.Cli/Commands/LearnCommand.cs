using System.CommandLine;
using System.Globalization;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf learn.</summary>
internal static class LearnCommand
{
    private const string Help = """
        Train neural fluxes inside a model, through the solver: learning curve, fits, the learned law against the true one, what the second law says of it, and a report in one folder. Stopped by ctrl-C, the same command goes on where it was.

        lotka-volterra   predator and prey whose interaction is learned, and read back as a formula
        translocase      the mitochondrion whose adenine nucleotide translocase is learned as J = M·A with M >= 0, judged on an ATP-demand titration it has not seen
        a mapping        a model and a table of one's own: 'learn: R1 ~ mobility(A=0.01..1:log, B=0..1; hidden 6; scale 1e-3)'

        Examples:
          pmf learn lotka-volterra --seed 4
          pmf learn translocase --compare --phosphate 1
          pmf learn problem.yaml --seed 2
        """;

    public static Command Create()
    {
        var task = new Argument<string>("task") { Description = "lotka-volterra, translocase, or the YAML file of a mapping with 'learn' (docs/petab.md)." };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the noise of the data and of the first weights.", DefaultValueFactory = _ => 1 };
        var free = new Option<bool>("--free") { Description = "Learn the translocase's flux in free form: nothing holds it to the second law." };
        var compare = new Option<bool>("--compare") { Description = "Learn both forms on the same data, and show both." };
        var phosphate = new Option<double[]>("--phosphate") { Description = "Phosphate of the titration that judges the translocase, in mM; may be repeated.", DefaultValueFactory = _ => [1], AllowMultipleArgumentsPerToken = true };
        var workers = CommonOptions.Workers("Threads; all cores by default. The result does not depend on them.");
        var folder = new Option<string?>("--out", "-o") { Description = "Folder of the training; learned/NAME-SEED by default." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Begin again where a training is there." };
        var json = CommonOptions.Json();
        var command = new Command("learn", Help) { task, seed, free, compare, phosphate, workers, folder, overwrite, json };
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            string name = parse.GetRequiredValue(task);
            double[] levels = parse.GetValue(phosphate)!;
            if (levels.FirstOrDefault(p => !(p > 0 && double.IsFinite(p)), 1) is not (> 0 and < double.PositiveInfinity)) throw new ModelSourceException("A titration needs phosphate.", "--phosphate", "Give it in mM, above 0.");
            var run = new FitRun(parse.GetValue(folder) ?? Path.Combine("learned", string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(name)}-{parse.GetValue(seed)}")));
            var settings = new LearnSettings(run, parse.GetValue(seed), parse.GetValue(workers), RunCommand.CommandLine(parse), parse.GetValue(json), parse.GetValue(overwrite));
            return run.Saving(() =>
            {
                using var status = new StatusLine();
                return name switch
                {
                    "translocase" => LearnTranslocase.Run(settings, parse.GetValue(compare) ? [false, true] : [parse.GetValue(free)], levels, status, cancellation),
                    "lotka-volterra" => LearnPredatorPrey.Run(settings, status, cancellation),
                    _ => LearnMapping.Run(settings, name, status, cancellation),
                };
            });
        })));
        return command;
    }
}
