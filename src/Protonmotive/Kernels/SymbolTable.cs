namespace Protonmotive.Kernels;

/// <summary>Where each name of a system stands in a workspace; some names are not allowed in some equations.</summary>
internal sealed class SymbolTable
{
    private readonly string system;
    private readonly Dictionary<string, int> slots = new(StringComparer.Ordinal);

    /// <summary>An empty table; the system's name is shown in errors.</summary>
    public SymbolTable(string system) => this.system = system;

    /// <summary>Numbers names from a first slot on.</summary>
    /// <exception cref="DuplicateSymbolException">A name is there already.</exception>
    public void Add(IEnumerable<string> names, int firstSlot)
    {
        foreach (string name in names)
        {
            if (!slots.TryAdd(name, firstSlot++)) throw new DuplicateSymbolException(system, name);
        }
    }

    /// <summary>The slot of a name.</summary>
    /// <exception cref="UndefinedSymbolException">Nothing has this name here.</exception>
    public int Slot(string name, EquationName equation) =>
        slots.TryGetValue(name, out int slot) ? slot : throw new UndefinedSymbolException(system, name, equation.ToString(), NearNames.Of(name, slots.Keys));
}
