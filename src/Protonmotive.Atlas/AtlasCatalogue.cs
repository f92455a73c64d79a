using Protonmotive.Atlas.Biology;
using Protonmotive.Atlas.Chemistry;
using Protonmotive.Atlas.Cognition;
using Protonmotive.Atlas.Machines;
using Protonmotive.Atlas.Mitochondrion;
using Protonmotive.Atlas.Physics;
using Protonmotive.Catalogue;

namespace Protonmotive.Atlas;

/// <summary>The atlas as a catalogue: the one place that lists its systems.</summary>
public static class AtlasCatalogue
{
    /// <summary>All systems of the atlas, in reading order.</summary>
    public static SystemCatalogue Systems { get; } = new(
    [
        new RespiratoryControl(),
        new AtpDemand(),
        new StressTest(),
        new RestingMitochondrion(),
        new SynthaseAlone(),
        new SynthaseAndTranslocase(),
        new SynthaseTranslocaseAndCarrier(),
        new Heart(),
        new HeartAsPublished(),
        new Beard2005(),
        new Beard2005AsPublished(),
        new RotarySynthase(),
        new SquidAxon(),
        new AxonCable(),
        new PumpedAxon(),
        new MyelinatedAxon(),
        new NestedGradients(),
        new GatedChannel(),
        new EvolutionAndDescent(),
        new Protocell(),
        new SelfMaintainingCell(),
        new ThermalContact(),
        new TwoCapacitors(),
        new MotorAndWeight(),
        new ThermoelectricCouple(),
        new BrownianParticle(),
        new SzilardEngine(),
        new ClosedReaction(),
        new DaniellCell(),
        new EmergentCycles(),
        new Schloegl(),
        new Brusselator(),
        new Oregonator(),
        new BrusselatorSpace(),
        new PredictiveCoding(),
        new LogisticUnit(),
        new AttentionHead(),
        new GainControl(),
    ]);
}
