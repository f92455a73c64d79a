using System.Runtime.Intrinsics;
using CsCheck;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Tests.Unit.Kernels;
using Xunit;

namespace Protonmotive.Tests.Property.Kernels;

/// <summary>Several members side by side compute what each would alone.</summary>
public sealed unsafe class LanesAgree
{
    [Fact]
    public void Eight_lanes_compiled_and_interpreted_are_the_same_bits() =>
        Gen.Int[0, 1_000_000].Sample(seed => AreIdentical<EightLanes, Vector512<double>>(seed), iter: 60, threads: 1);

    [Fact]
    public void Four_lanes_compiled_and_interpreted_are_the_same_bits() =>
        Gen.Int[0, 1_000_000].Sample(seed => AreIdentical<FourLanes, Vector256<double>>(seed), iter: 60, threads: 1);

    [Fact]
    public void Eight_lanes_are_the_plain_kernel_but_for_rounding() =>
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            var system = RandomSystems.Make(seed, isSmooth: true);
            var kernel = Kernel.Compile(system, KernelBackend.Compiled);
            var parameters = kernel.Parameters();
            var plain = kernel.Bind(parameters);
            using var lanes = new LaneSystem<EightLanes, Vector512<double>>(kernel, kernel.Lanes(8));
            var f = new double[kernel.Count];
            Fill(kernel, lanes, seed, out var states);
            lanes.EvaluatePrologue();
            lanes.EvaluateRates();
            for (int lane = 0; lane < 8; lane++)
            {
                plain.Rates(0.1 * lane, states[lane], f);
                // Vector exponentials are within 2 ulp of Math's, and powers within |b ln a| ulp: steep nests amplify that.
                for (int i = 0; i < f.Length; i++) if (double.IsFinite(f[i])) Assert.Equal(f[i], lanes.Rates[(i * 8) + lane], 1e-9 * (1 + Math.Abs(f[i])));
            }
        }, iter: 60, threads: 1);

    private static void AreIdentical<TLanes, TVector>(int seed)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var system = RandomSystems.Make(seed);
        var (first, second) = (Kernel.Compile(system, KernelBackend.Interpreted), Kernel.Compile(system, KernelBackend.Compiled));
        if (first.Programs.Plan.Order.IsStructurallySingular) return;
        using var a = new LaneSystem<TLanes, TVector>(first, first.Lanes(TLanes.Count));
        using var b = new LaneSystem<TLanes, TVector>(second, second.Lanes(TLanes.Count));
        foreach (var (kernel, lanes) in new[] { (first, a), (second, b) })
        {
            Fill(kernel, lanes, seed, out _);
            lanes.EvaluatePrologue();
            lanes.EvaluateRates();
            lanes.EvaluateTimeDerivative();
            lanes.EvaluateJacobian();
            lanes.Factorize(TLanes.Broadcast(7.5));
            for (int i = 0; i < kernel.Count * TLanes.Count; i++) lanes.Right[i] = Math.Sin(i);
            lanes.Solve();
        }
        int numbers = first.Count * TLanes.Count;
        for (int i = 0; i < numbers; i++)
        {
            Assert.True(a.Rates[i].Equals(b.Rates[i]), $"seed {seed}: rate {i}");
            Assert.True(a.TimeDerivative[i].Equals(b.TimeDerivative[i]), $"seed {seed}: time derivative {i}");
            Assert.True(a.Solution[i].Equals(b.Solution[i]), $"seed {seed}: solution {i}: {a.Solution[i]:r}, {b.Solution[i]:r}");
        }
    }

    private static void Fill<TLanes, TVector>(Kernel kernel, LaneSystem<TLanes, TVector> lanes, int seed, out double[][] states)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var random = new Random(seed);
        var parameters = kernel.Parameters();
        states = new double[TLanes.Count][];
        for (int lane = 0; lane < TLanes.Count; lane++)
        {
            var y = states[lane] = kernel.InitialState(parameters);
            for (int i = 0; i < kernel.StateCount; i++)
            {
                y[i] += 0.3 * random.NextDouble();
                lanes.States[(i * TLanes.Count) + lane] = y[i];
            }
            lanes.SetParameters(lane, parameters);
            lanes.Time[lane] = 0.1 * lane;
        }
    }
}
