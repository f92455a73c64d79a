using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Antimony;

/// <summary>Formulas as Antimony writes them.</summary>
internal sealed class AntimonyNotation(Func<string, string> name) : InfixNotation
{
    /// <inheritdoc/>
    public override bool EnclosesAnd => true;

    /// <summary>Whether <c>expm1</c> was written; Antimony does not know it, so the file must define it.</summary>
    public bool UsesExpm1 { get; private set; }

    /// <inheritdoc/>
    public override string Number(double value) =>
        double.IsNaN(value) ? "nan" : double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : base.Number(value);

    /// <inheritdoc/>
    public override string Name(string symbol) => name(symbol);

    /// <inheritdoc/>
    public override string Function(Operation operation)
    {
        UsesExpm1 |= operation == Operation.Expm1;
        return operation switch
        {
            Operation.Branch => "piecewise",
            Operation.Digamma => throw new AntimonyException("A formula uses the digamma function, which Antimony does not know.", "a formula of the network", "Write the network as another format, or its formula without a slope of factorial."),
            _ => base.Function(operation),
        };
    }
}
