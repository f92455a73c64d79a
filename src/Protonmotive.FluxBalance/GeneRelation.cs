namespace Protonmotive.FluxBalance;

/// <summary>How the parts of a gene association go together.</summary>
public enum GeneRelation
{
    /// <summary>A single gene product.</summary>
    Product,

    /// <summary>All parts are needed, as the subunits of a complex.</summary>
    And,

    /// <summary>Any part will do, as isoenzymes.</summary>
    Or,
}
