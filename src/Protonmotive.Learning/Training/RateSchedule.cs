namespace Protonmotive.Learning.Training;

/// <summary>The learning rate by step: a linear rise, then half a cosine down (Loshchilov and Hutter 2017, arXiv 1608.03983, without restarts).</summary>
/// <param name="Highest">The rate after the rise.</param>
/// <param name="Lowest">The rate at the end.</param>
/// <param name="Steps">Steps of the training.</param>
/// <param name="WarmUp">Steps of the rise.</param>
public sealed record RateSchedule(double Highest, double Lowest, int Steps, int WarmUp = 0)
{
    /// <summary>The rate of a step, from 0.</summary>
    public double At(int step)
    {
        if (step < WarmUp) return Highest * (step + 1) / (WarmUp + 1);
        if (step >= Steps) return Lowest;
        double done = (double)(step - WarmUp) / (Steps - WarmUp);
        return Lowest + (0.5 * (1 + Math.Cos(Math.PI * done)) * (Highest - Lowest));
    }
}
