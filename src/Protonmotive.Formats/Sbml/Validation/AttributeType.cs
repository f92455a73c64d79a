namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Data types of SBML's attributes.</summary>
internal enum AttributeType
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>An identifier that this element gives.</summary>
    SId,

    /// <summary>An identifier given elsewhere.</summary>
    SIdRef,

    /// <summary>A unit's identifier that this element gives.</summary>
    UnitSId,

    /// <summary>A unit's identifier given elsewhere.</summary>
    UnitSIdRef,

    /// <summary>An XML ID.</summary>
    MetaId,

    /// <summary>A term of the Systems Biology Ontology, "SBO:0000123".</summary>
    SboTerm,

    /// <summary>true, false, 1 or 0.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number, INF, -INF or NaN.</summary>
    Number,

    /// <summary>"scalar" or "rate", for rules of Level 1.</summary>
    RuleType,
}
