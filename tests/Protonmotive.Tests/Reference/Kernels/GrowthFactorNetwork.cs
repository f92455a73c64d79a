using Protonmotive.Kernels;
using Xunit;

namespace Protonmotive.Tests.Reference.Kernels;

/// <summary>
/// The EGF receptor network: Blinov, Faeder, Goldstein and Hlavacek (2006), BioSystems 83, 136; 356 species, 3749 reactions.
/// </summary>
public sealed class GrowthFactorNetwork
{
    [Fact]
    public void Rates_jacobian_and_factors_of_3749_reactions_are_right()
    {
        var file = ReactionFile.Read(SharedData.Path("bionetgen", "egfr_net.net"));
        var kernel = Kernel.Compile(file.Equations());
        int n = kernel.Count;
        Assert.Equal(356, n);
        Assert.Equal(3749, file.Reactions.Count);
        // KPP 3.5.0 gives 38,424 entries of L and U from the same 8,431 entries of W; ours must not be worse.
        Assert.Equal(8431, kernel.JacobianEntryCount);
        Assert.True(kernel.FactorEntryCount <= 38_424, $"{kernel.FactorEntryCount} entries");

        var parameters = kernel.Parameters();
        var instance = kernel.Bind(parameters);
        double[] y = kernel.InitialState(parameters), f = new double[n], expected = new double[n], gross = new double[n];
        instance.Rates(0, y, f);
        foreach (var (reactants, products, factor, rate) in file.Reactions)
        {
            double flux = factor * file.Parameters[rate] * reactants.Aggregate(1.0, (product, i) => product * y[i]);
            foreach (int i in reactants) expected[i] -= flux;
            foreach (int i in products) expected[i] += flux;
            foreach (int i in reactants.Concat(products)) gross[i] += flux;
        }
        // A sum of up to some hundred terms, in another order: that many roundings of the gross flux at most.
        for (int i = 0; i < n; i++) Assert.True(Math.Abs(f[i] - expected[i]) <= 1e-13 * gross[i], $"species {i}");

        // W x = b, checked by multiplying back.
        double[] b = [.. Enumerable.Range(0, n).Select(i => Math.Cos(i))], x = [.. b], image = new double[n];
        instance.EvaluateJacobian(0, y);
        Assert.True(instance.Factorize(2));
        Assert.False(instance.IsPivoted);
        instance.Solve(x);
        instance.MultiplyByJacobian(x, image);
        for (int i = 0; i < n; i++) Assert.True(Math.Abs((2 * x[i]) - image[i] - b[i]) <= 1e-10, $"row {i}");
    }
}
