using CsCheck;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Property.Sensitivities;

/// <summary>Summation and connectivity theorems (Reder 1988) on random networks with a moiety.</summary>
public class ControlTheorems
{
    [Fact]
    public void They_hold_on_random_branched_pathways() =>
        Gen.Select(Gen.Double[-2, 2].Array[12], Gen.Double[0.1, 3], Gen.Double[0.1, 3]).Sample((logs, charged, empty) =>
        {
            // X → A ⇌ B → Y and B → Z; A → B spends a carrier C that a last step charges again: C + D is conserved.
            var b = new NetworkBuilder("random");
            var v = b.Compartment("V", 1);
            foreach (var (name, start) in new[] { ("A", 1.0), ("B", 1.0), ("C", charged), ("D", empty) }) b.Species(name, v, start);
            b.Reservoir("X", v, Math.Exp(logs[0]));
            var k = logs.Select(Math.Exp).ToArray();
            static Expression S(string name) => Expression.Symbol(name);
            b.Process("supply", ProcessKind.Reaction, "X -> A", FluxLaw.Formula((k[1] * S("X")) - (k[2] * S("A"))));
            b.Process("spend", ProcessKind.Reaction, "A + C -> B + D", FluxLaw.Formula(k[3] * S("A") * S("C") / (1 + (k[4] * S("B")))));
            b.Process("back", ProcessKind.Reaction, "B -> A", FluxLaw.Formula(k[5] * S("B")));
            b.Process("use", ProcessKind.Reaction, "B ->", FluxLaw.Formula(k[6] * S("B") / (k[7] + S("B"))));
            b.Process("drain", ProcessKind.Reaction, "B ->", FluxLaw.Formula(k[8] * S("B")));
            b.Process("charge", ProcessKind.Reaction, "D -> C", FluxLaw.Formula((k[9] * S("D")) - (0.1 * k[10] * S("C"))));
            var control = ControlAnalysis.At(b.Build());
            Assert.InRange(control.FluxSummationResidual, 0, 1e-9);
            Assert.InRange(control.ConcentrationSummationResidual, 0, 1e-9);
            Assert.InRange(control.ConnectivityResidual, 0, 1e-9);

            // Σ over S of ε R^S by a parameter, plus its direct effect, is R^J: here for the carrier's total.
            foreach (var flux in new[] { "spend", "charge" })
            {
                double through = control.Quantities.Sum(q => control.Elasticities.Scaled(flux, q.Name) * control.ConcentrationResponse.Scaled(q.Name, "C.initial"));
                Assert.Equal(control.FluxResponse.Scaled(flux, "C.initial"), through, 1e-9);
            }
        }, iter: 100);
}
