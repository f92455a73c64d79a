using System.Collections.Immutable;

namespace Protonmotive.Formats.Antimony;

/// <summary><c>function f(x, y) x*y end</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Token">Where the name stands.</param>
/// <param name="Arguments">Names of its arguments.</param>
/// <param name="Body">Its formula.</param>
internal sealed record AntimonyFunctionDefinition(string Name, int Token, ImmutableArray<string> Arguments, AntimonyFormula Body);
