using System.CommandLine;
using Protonmotive.Learning.Cli.Commands;

var root = new RootCommand("The commands of pmf that need libtorch.") { TrainCommand.Create(), DiagnoseCommand.Create() };
return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
