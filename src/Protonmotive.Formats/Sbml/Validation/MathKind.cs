namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>What a formula gives.</summary>
internal enum MathKind
{
    /// <summary>Not known: an argument of a function, or a faulty formula.</summary>
    Unknown,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,
}
