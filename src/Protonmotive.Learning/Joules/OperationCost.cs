using System.Globalization;

namespace Protonmotive.Learning.Joules;

/// <summary>A model of what operations cost. It tells what a named technology would take, not what this machine took.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MultiplyAdd">Joules of a multiplication and addition of 32-bit numbers.</param>
/// <param name="Word">Joules of a 32-bit word to or from memory.</param>
/// <param name="Source">Where the costs come from.</param>
public sealed record OperationCost(string Name, double MultiplyAdd, double Word, string Source)
{
    /// <summary>45 nm: multiplication 3.7 pJ and addition 0.9 pJ of 32-bit floating point, 640 pJ for a 32-bit word of DRAM.</summary>
    public static OperationCost Horowitz { get; } = new("45 nm operation costs, without cache", 4.6e-12, 640e-12,
        "Horowitz (2014), Computing's energy problem (and what we can do about it), ISSCC, 10-14; 32-bit costs as in Han, Pool, Tran and Dally (2015), Learning both weights and connections, arXiv 1506.02626, Fig. 1");

    /// <summary>The energy of a training.</summary>
    /// <param name="step">A step.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="obstacle">Why it was not measured.</param>
    public EnergyReading Read(OperationCount step, long steps, string obstacle)
    {
        double arithmetic = MultiplyAdd * step.MultiplyAdds * steps, memory = Word * step.Words * steps;
        return new EnergyReading(EnergySource.Modelled, arithmetic + memory,
            string.Create(CultureInfo.InvariantCulture, $"{Name}: {arithmetic:g3} J for {step.MultiplyAdds * steps:0.0e+0} multiply-adds, {memory:g3} J for {step.Words * steps:0.0e+0} words of memory; without audits and evaluations"), obstacle);
    }
}
