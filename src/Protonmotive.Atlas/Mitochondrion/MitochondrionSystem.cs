using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;

namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>What the systems built from the parts of [Q] share: domain, sources, panels.</summary>
public abstract class MitochondrionSystem : CatalogueSystem
{
    /// <summary>[Q] (Randall et al. 2021), with the papers its parameters come from.</summary>
    internal static readonly ImmutableArray<string> QamasSources =
    [
        "Randall EB, Hock M, Lopez R, Marzban B, Marshall C, Beard DA (2021). Quantitative analysis of mitochondrial ATP synthesis. Math Biosci 340:108646.",
        "Bazil JN, Beard DA, Vinnakota KC (2016). Catalytic coupling of oxidative phosphorylation, ATP demand, and reactive oxygen species generation. Biophys J 110:962–971.",
        "Wu F, Yang F, Vinnakota KC, Beard DA (2007). Computer modeling of mitochondrial tricarboxylic acid cycle, oxidative phosphorylation, metabolite transport, and electrophysiology. J Biol Chem 282:24525–24537.",
        "Wu F, Zhang EY, Zhang J, Bache RJ, Beard DA (2008). Phosphate metabolite concentrations and ATP hydrolysis potential in normal and ischaemic hearts. J Physiol 586:4193–4208.",
        "Metelkin E, Goryanin I, Demin O (2006). Mathematical modeling of mitochondrial adenine nucleotide translocase. Biophys J 90:423–432.",
        "Li X, Wu F, Qi F, Beard DA (2011). A database of thermodynamic properties of the reactions of glycolysis, the tricarboxylic acid cycle, and the pentose phosphate pathway. Database 2011:bar005.",
    ];

    /// <summary>What names in equations and drawings end in.</summary>
    internal const string Places = "Names end in the place: x in the matrix, i between the membranes, c outside, in the cytosol or in the buffer that stands for it.";

    /// <inheritdoc/>
    public override string Domain => "biology";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources => QamasSources;

    /// <summary>Membrane potential, redox state, oxygen and phosphates: the panels of a respiring mitochondrion.</summary>
    internal static ImmutableArray<Panel> RespirationPanels { get; } =
    [
        new("membrane potential", "mV", [new("DeltaPsi", "ΔΨ", 1000)]),
        new("oxygen consumption", "nmol O₂/min/U CS", [new("OCR", "O₂ uptake")]),
        new("reduced carriers", "share", [new("NADH_fraction", "NADH"), new("QH2_fraction", "QH₂"), new("cred_fraction", "cyt c²⁺")]),
        new("outside", "mM", [new("ATP_c", "ATP", 1000), new("ADP_c", "ADP", 1000)]),
        new("matrix", "mM", [new("ATP_x", "ATP", 1000), new("ADP_x", "ADP", 1000), new("Pi_x", "Pi", 1000)]),
    ];
}
