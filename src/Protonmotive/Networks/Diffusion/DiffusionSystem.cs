using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>
/// A network in contact with a heat bath: dx = Σ_r ν_r ∘ dξ_r, and each process moves on by dξ_r = J_r dt + s_r ∘ dW_r, s_r = √(2 k_BT M_r), with
/// the sense of Stratonovich. At rest its contents have the density exp(−G/k_BT).
/// </summary>
public sealed record DiffusionSystem
{
    /// <summary>The states with their Stratonovich drift, parameters and events; what noise induces is in the rates.</summary>
    public required EquationSystem Equations { get; init; }

    /// <summary>The thermal energy k_BT, in the network's unit of energy.</summary>
    public required Expression ThermalEnergy { get; init; }

    /// <summary>The processes, in the network's order.</summary>
    public required ImmutableArray<DiffusionProcess> Processes { get; init; }

    /// <summary>The stores that processes change, with their potentials.</summary>
    public required ImmutableArray<DiffusionStore> Stores { get; init; }

    /// <summary>The energy G of the free stores.</summary>
    public required Expression Energy { get; init; }

    /// <summary>∂G/∂t at fixed states.</summary>
    public required Expression TimeSlope { get; init; }

    /// <summary>States that no process moves and on which G depends, with ∂G/∂λ: moving parameters.</summary>
    public required ImmutableArray<DiffusionDrive> Drives { get; init; }
}

/// <summary>One process of a diffusion.</summary>
/// <param name="Name">The network's process.</param>
/// <param name="Rate">J_r, with what noise induces where its mobility or its coefficients depend on the contents.</param>
/// <param name="Amplitude">s_r = √(2 k_BT M_r); 0 for a process that dissipates nothing.</param>
/// <param name="Changes">What it moves.</param>
public sealed record DiffusionProcess(string Name, Expression Rate, Expression Amplitude, ImmutableArray<DiffusionChange> Changes)
{
    /// <summary>Whether the bath shakes it.</summary>
    public bool IsNoisy => !(Amplitude.IsConstant && Amplitude.Value == 0);
}

/// <summary>What one unit of a process adds to a store.</summary>
/// <param name="Store">Index into <see cref="DiffusionSystem.Stores"/>.</param>
/// <param name="Amount">The coefficient.</param>
public sealed record DiffusionChange(int Store, Expression Amount);

/// <summary>A store that processes change.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Index of its content among the states; −1 where the surroundings hold it.</param>
/// <param name="Potential">Its potential.</param>
public sealed record DiffusionStore(string Name, int State, Expression Potential);

/// <summary>A state that moves by itself and carries energy with it.</summary>
/// <param name="State">Index of the state.</param>
/// <param name="Slope">∂G/∂λ.</param>
public sealed record DiffusionDrive(int State, Expression Slope);
