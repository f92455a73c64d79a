using Protonmotive.Reports.Documents;

namespace Protonmotive.Reports.Atlas.Pairs;

/// <summary>The words of both sides that the pairs use, for readers who know one of them.</summary>
internal static class PairWords
{
    /// <summary>Name of their anchor.</summary>
    public const string Anchor = "words";

    private static readonly (string Word, string Meaning)[] living =
    [
        ("Potential", "∂G/∂x, what one more unit in a store costs in energy: kJ/mol for substances (a mol is 6·10²³ molecules), mV for charge. Things flow from high to low."),
        ("Affinity", "the fall of potential over a process. Above 0 it runs forward, at 0 it is at equilibrium."),
        ("Free energy", "what could be made into work. What is dissipated is lost for work: temperature times the entropy that arises."),
        ("Membrane", "a thin wall between two waters. Ions, which are charged, cross it by channels, or are driven by pumps."),
        ("Membrane potential", "the voltage between its sides: ΔΨ of mitochondria is outside less inside, V of nerves inside less outside. A difference of concentration counts too: at 37 °C a factor e as much as 27 mV for one charge, or 2.6 kJ/mol."),
        ("Proton-motive force", "voltage and difference of concentration together, for protons (H⁺); the proton gradient of the figures."),
        ("ATP", "the battery of cells: made of ADP and phosphate for some 60 kJ/mol, which it gives back where it is split again."),
        ("Mitochondrion", "the part of a cell that burns food. NADH brings two electrons each; its inside is the matrix; the water of the cell around it is the cytosol. Leak: protons that return unused."),
    ];

    private static readonly (string Word, string Meaning)[] learning =
    [
        ("Network", "a chain of layers, formulas with adjustable numbers, the parameters θ. A picture goes in as numbers, a guess comes out."),
        ("Unit", "one of the numbers that a layer hands on: an activation, a curve, of the sum of what it gets, each times a parameter, its weight."),
        ("Loss", "how wrong a guess is: minus the logarithm of the chance given to the right answer, in nat (1.44 bits). 0 is certain, 2.30 a guess among ten. Of signals it is the mean square of the error, without unit."),
        ("Gradient", "slopes of the loss by many numbers at once; ‖ ‖ is the length of such a list. δ is the gradient by what a layer hands on: backpropagation computes it from the last layer to the first."),
        ("Force, step", "minus the slope of the loss by a parameter, and how far the parameter is moved. Their product is work, in nat. In plain descent the learning rate is the step for each unit of slope; Adam divides it by the slope's usual size."),
        ("Batch", "the examples that one step is computed from. Held-out: examples never learned from."),
        ("Audited", "one step in many, at which all is measured; the account holds these. Rest of curvature: what the layers' own do not add up to."),
        ("Bits of labels", "by so much shorter the labels of all pictures can be told once the loss has fallen; the joules are modelled from the operations counted."),
        ("Fashion-MNIST", "70,000 small pictures of clothes in ten classes."),
    ];

    /// <summary>The words side by side.</summary>
    public static IEnumerable<Block> Blocks() =>
    [
        new Heading(3, "Words of both sides", Anchor),
        new Facing([.. living.Select(Entry)], [.. learning.Select(Entry)]),
    ];

    private static Block Entry((string Word, string Meaning) entry) => new Paragraph([new(entry.Word + ": ", IsBold: true), new(entry.Meaning)]);
}
