using System.Xml.Linq;
using Protonmotive.Atlas;
using Protonmotive.Formats.Sbml;
using Protonmotive.Networks;
using Protonmotive.Reports.Mathematics;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Reference;

/// <summary>Every law of the atlas and of the models of others can be typeset, within the width, and read back from its text.</summary>
public class EveryLaw
{
    private const float Size = 11, Width = 470; // a column of A4

    [Fact]
    public void Of_the_atlas_is_typeset()
    {
        foreach (var system in AtlasCatalogue.Systems.Systems) Typeset(system.Build(system.Scenarios[0]));
    }

    [Fact]
    public void Of_the_biomodels_is_typeset()
    {
        foreach (var file in Directory.EnumerateFiles(SharedData.Path("biomodels"), "*.xml").Order(StringComparer.Ordinal)) Typeset(SbmlReader.Load(file));
    }

    [Fact]
    public void Of_two_hundred_files_of_the_test_suite_is_typeset()
    {
        int models = 0;
        foreach (var folder in Directory.EnumerateDirectories(SharedData.Path("sbml-test-suite", "semantic")).Order(StringComparer.Ordinal).Chunk(5).Select(c => c[0]))
        {
            if (Directory.EnumerateFiles(folder, "*-sbml-l3v2.xml").FirstOrDefault() is not { } file) continue;
            Network network;
            try
            {
                network = SbmlReader.Load(file);
            }
            catch (ProtonmotiveException)
            {
                continue; // constraints and the like, which other tests answer for
            }
            Typeset(network);
            if (++models == 200) break;
        }
        Assert.Equal(200, models);
    }

    private static void Typeset(Network network)
    {
        var membranes = network.Membranes.ToList();
        foreach (var process in network.Processes)
        {
            var law = process.Law.Fluxes(process, network.Constants, membranes).Net;
            if (law.ToString().Length < 20_000) Check(Formulas.ReadLaw(process.Name, law.ToString()));
            Check(Formulas.Reaction(process));
            Assert.Equal(MathMl.Write(Formulas.Reaction(process)), MathMl.Write(Formulas.ReadReaction(process.Equation)!));
        }
        foreach (var store in network.Stores) Check(Formulas.Rate(store, network));
        foreach (var rule in network.Assignments) Check(Formula.Equation(Formulas.Name(rule.Target), Formulas.Of(rule.Value)));
        foreach (var rule in network.Rates) Check(Formula.Equation(Formulas.Of(Expression.Symbol(Network.RateName(rule.Target))), Formulas.Of(rule.Value)));
    }

    private static void Check(Formula? formula)
    {
        Assert.NotNull(formula);
        var box = FormulaBox.Measure(formula, Size, Width);
        Assert.True(box.Width > 0 && box.Width <= Width && box.Ascent > 0);
        Assert.Equal("math", XElement.Parse(MathMl.Write(formula, 40f)).Name.LocalName);
    }
}
