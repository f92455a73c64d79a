namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>How bad a problem is.</summary>
public enum SbmlSeverity
{
    /// <summary>The file may be read; its meaning may not be what its author wanted.</summary>
    Warning,

    /// <summary>The file breaks a rule of SBML.</summary>
    Error,
}
