using System.Runtime.Intrinsics;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Kernels;

/// <summary><see cref="BlockedFactorization{TLanes, TVector}"/> as a pair of programs, as wide as this machine goes.</summary>
internal static unsafe class BlockedPrograms
{
    /// <summary>Factorisation and solution.</summary>
    public static (Executable Factors, Executable Solution) Create(Factorization plan, FactorSlots slots) => LaneWidth.Best switch
    {
        8 => Pair(new BlockedFactorization<EightLanes, Vector512<double>>(plan, slots)),
        4 => Pair(new BlockedFactorization<FourLanes, Vector256<double>>(plan, slots)),
        _ => Pair(new BlockedFactorization<OneLane, double>(plan, slots)),
    };

    private static (Executable Factors, Executable Solution) Pair<TLanes, TVector>(BlockedFactorization<TLanes, TVector> blocked)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => (new Factors<TLanes, TVector>(blocked), new Solution<TLanes, TVector>(blocked));

    private sealed class Factors<TLanes, TVector>(BlockedFactorization<TLanes, TVector> blocked) : Executable
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        public override void Run(double* w) => blocked.Factorize(w);
    }

    private sealed class Solution<TLanes, TVector>(BlockedFactorization<TLanes, TVector> blocked) : Executable
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        public override void Run(double* w) => blocked.Solve(w);
    }
}
