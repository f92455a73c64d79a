using System.Collections.Immutable;

namespace Protonmotive.Formats.Antimony;

/// <summary>A formula with the instance of a model whose names it uses, or a number.</summary>
/// <param name="Scope">Where its names are looked up.</param>
/// <param name="Formula">The formula; ignored where a number stands.</param>
/// <param name="Number">The number; null for a formula.</param>
internal sealed record AntimonyValue(AntimonyScope Scope, AntimonyFormula Formula, double? Number = null)
{
    /// <summary>Conversion factors it is multiplied by.</summary>
    public ImmutableArray<AntimonyElement> Factors { get; init; } = [];
}

/// <summary>A quantity, reaction or event of the flat model, while statements are gathered about it.</summary>
/// <param name="name">Its name in the flat model: submodels and name joined by two underscores.</param>
/// <param name="scope">The instance that it belongs to.</param>
/// <param name="source">The file where it is met first.</param>
/// <param name="token">Where it is met first.</param>
internal sealed class AntimonyElement(string name, AntimonyScope scope, AntimonySource source, int token)
{
    /// <summary>Its name in the flat model.</summary>
    public string Name { get; } = name;

    /// <summary>The instance that it belongs to.</summary>
    public AntimonyScope Scope { get; } = scope;

    /// <summary>What it is declared as or used as: species, compartment, reaction, event, interaction, formula; empty as long as nothing tells.</summary>
    public string Type { get; set; } = "";

    /// <summary>Whether it was declared constant or variable; null where nothing was said.</summary>
    public bool? IsConstant { get; set; }

    /// <summary>Whether its symbol is an amount.</summary>
    public bool IsSubstanceOnly { get; set; }

    /// <summary>Where it is; null where nothing was said.</summary>
    public AntimonyElement? Compartment { get; set; }

    /// <summary>Value at the start; the rate, of a reaction.</summary>
    public AntimonyValue? Initial { get; set; }

    /// <summary>Value at all times.</summary>
    public AntimonyValue? Always { get; set; }

    /// <summary>Rate of change.</summary>
    public AntimonyValue? Rate { get; set; }

    /// <summary>Its equation, for a reaction.</summary>
    public AntimonyReaction? Reaction { get; set; }

    /// <summary>The instance whose names the equation uses.</summary>
    public AntimonyScope? ReactionScope { get; set; }

    /// <summary>Its unit.</summary>
    public AntimonyValue? Unit { get; set; }

    /// <summary>Its name for readers.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>What else is said about it.</summary>
    public List<AntimonyAnnotation> Annotations { get; } = [];

    /// <summary>Whether it was deleted.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Whether it takes part in a reaction.</summary>
    public bool TakesPart { get; set; }

    /// <summary>Whether an event sets it.</summary>
    public bool IsSetByEvent { get; set; }

    /// <summary>Whether an algebraic rule determines it.</summary>
    public bool IsSolvedFor { get; set; }

    /// <summary>Whether a formula uses it.</summary>
    public bool IsUsed { get; set; }

    /// <summary>The element that it was made one with, and the factor that turns its values into the other's.</summary>
    public (AntimonyElement Element, AntimonyElement? Factor)? Same { get; set; }

    /// <summary>The element that stands for it.</summary>
    public AntimonyElement Canonical
    {
        get
        {
            var element = this;
            while (element.Same is { } same) element = same.Element;
            return element;
        }
    }

    /// <summary>The factors that turn its values into those of <see cref="Canonical"/>.</summary>
    public ImmutableArray<AntimonyElement> FactorsToCanonical
    {
        get
        {
            var factors = ImmutableArray<AntimonyElement>.Empty;
            for (var element = this; element.Same is { } same; element = same.Element)
                if (same.Factor is { } factor) factors = factors.Add(factor);
            return factors;
        }
    }

    /// <summary>Whether anything gives it a value.</summary>
    public bool HasValue => Initial is not null || Always is not null || Rate is not null || IsSetByEvent || IsSolvedFor;

    /// <summary>The error for it.</summary>
    public AntimonyException Fault(string what, string mend) => source.Fault(token, what, mend);
}
