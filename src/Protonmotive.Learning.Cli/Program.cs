using System.CommandLine;
using Protonmotive.Cli;
using Protonmotive.Learning.Cli.Commands;

var root = new RootCommand("The commands of pmf that need libtorch.") { TrainCommand.Create(), DiagnoseCommand.Create() };
CommandLineErrors.Watch(root);
var parse = root.Parse(args);
return CommandLineErrors.Tell(parse) ? ExitCode.Failure : parse.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
