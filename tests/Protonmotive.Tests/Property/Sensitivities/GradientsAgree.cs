using CsCheck;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Property.Sensitivities;

/// <summary>Forward sensitivities, the adjoint and differences of solutions agree on random networks.</summary>
public class GradientsAgree
{
    [Fact]
    public void On_random_mass_action_networks_with_saturation_and_a_switch() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[2, 8], Gen.Int[0, 1 << 30], Gen.Bool).Sample((species, reactions, seed, switches) =>
        {
            var random = new Random(seed);
            var b = new NetworkBuilder("random");
            var v = b.Compartment("V", 0.5 + random.NextDouble());
            var all = Enumerable.Range(0, species).Select(i => b.Species($"S{i}", v, 0.2 + random.NextDouble())).ToList();
            for (int r = 0; r < reactions; r++)
            {
                var k = b.Parameter($"k{r}", 0.2 + (2 * random.NextDouble()), "");
                var km = b.Parameter($"m{r}", 0.3 + random.NextDouble(), "");
                var (from, with, to) = (all[random.Next(species)], all[random.Next(species)], all[random.Next(species)]);
                Expression law = (r % 3) switch { 0 => k * from.Symbol, 1 => k * from.Symbol * with.Symbol, _ => k * from.Symbol / (km + from.Symbol) };
                if (switches && r == 0) law = Expression.Select(Expression.Less(Expression.Time, km.Symbol), law, 0.5 * law);
                b.Process($"r{r}", ProcessKind.Reaction, $"{from.Name} -> {to.Name}", FluxLaw.Formula(law));
            }
            var found = SensitivityAgreement.Of(b.Build().Lower(), 0, 3, 8);
            Assert.Null(found.Obstacle);
            Assert.InRange(found.ForwardToAdjoint, 0, 1e-9);
            Assert.InRange(found.ForwardToDifferences, 0, 1e-5);
        }, iter: 60);
}
