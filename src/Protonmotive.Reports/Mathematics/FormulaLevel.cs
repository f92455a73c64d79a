namespace Protonmotive.Reports.Mathematics;

/// <summary>How tightly a formula holds together, from loose to tight: one looser than its place stands in brackets.</summary>
internal enum FormulaLevel
{
    /// <summary>or.</summary>
    Or,
    /// <summary>and.</summary>
    And,
    /// <summary>=, &lt;.</summary>
    Relation,
    /// <summary>+ and −, and a leading −.</summary>
    Sum,
    /// <summary>Products, and fractions where they are not to be raised.</summary>
    Product,
    /// <summary>Powers.</summary>
    Power,
    /// <summary>Letters, numbers, what is in brackets.</summary>
    Atom,
}
