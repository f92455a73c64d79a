using System.CommandLine;
var root = new RootCommand("The commands of pmf that need libtorch.") { };
return root.Parse(args).Invoke();
