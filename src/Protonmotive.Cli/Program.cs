using System.CommandLine;
using Protonmotive.Cli;
using Protonmotive.Cli.Commands;

if (LearningCommands.TryRun(args) is { } code) return code;
var root = new RootCommand("pmf: systems that live by a difference. Run them, check them against the second law, read their energy ledger.\n\nExamples:\n  pmf list\n  pmf show squid-axon\n  pmf run mitochondrion\n  pmf run model.xml --end 500\n  pmf scan atp-demand --vary X_AtC=0..5e-6:21 --steady\n  pmf control atp-demand\n  pmf continue model.xml --over k1=0..10\n  pmf check heart-as-published")
{
    ListCommand.Create(),
    ShowCommand.Create(),
    AtlasCommand.Create(),
    RunCommand.Create(),
    ScanCommand.Create(),
    SensCommand.Create(),
    ControlCommand.Create(),
    SobolCommand.Create(),
    ContinueCommand.Create(),
    MeasureCommand.Create(),
    FitCommand.Create(),
    ProfileCommand.Create(),
    SampleCommand.Create(),
    LearnCommand.Create(),
    LearningCommands.Train(),
    LearningCommands.Diagnose(),
    CheckCommand.Create(),
    ValidateCommand.Create(),
    LedgerCommand.Create(),
    ReportCommand.Create(),
    TitrateCommand.Create(),
    FluxBalanceCommand.Create(),
    SuiteCommand.Create(),
    ConvertCommand.Create(),
};
CommandLineErrors.Watch(root);
var parse = root.Parse(args.Length > 0 ? args : ["--help"]);
if (CommandLineErrors.Tell(parse)) return ExitCode.Failure;
using var interrupt = new Interrupt(); // the library's own handler fails at a second ctrl-C
return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interrupt.Token);
