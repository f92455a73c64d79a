using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Chemistry;

/// <summary>The waves that a field on a ring or torus is made of: amplitude of every mode, and its eigenvalue of the discrete Laplacian.</summary>
internal sealed class WaveSpectrum
{
    private WaveSpectrum(Grid grid, double[] field)
    {
        int columns = grid.Columns, rows = grid.Rows;
        (Amplitude, WaveNumber, Laplacian, Columns) = (new double[columns * rows], new double[columns * rows], new double[columns * rows], columns);
        // Along rows, then along columns.
        var along = new (double Re, double Im)[columns * rows];
        for (int r = 0; r < rows; r++)
            for (int m = 0; m < columns; m++)
                for (int c = 0; c < columns; c++)
                {
                    var (sin, cos) = Math.SinCos(2 * Math.PI * (m * c % columns) / columns);
                    along[(r * columns) + m].Re += field[(r * columns) + c] * cos;
                    along[(r * columns) + m].Im -= field[(r * columns) + c] * sin;
                }
        double h2 = grid.Spacing * grid.Spacing;
        for (int m = 0; m < columns; m++)
            for (int n = 0; n < rows; n++)
            {
                double re = 0, im = 0;
                for (int r = 0; r < rows; r++)
                {
                    var (sin, cos) = Math.SinCos(2 * Math.PI * (n * r % rows) / rows);
                    var (x, y) = along[(r * columns) + m];
                    (re, im) = (re + (x * cos) + (y * sin), im + (y * cos) - (x * sin));
                }
                int at = (n * columns) + m;
                Amplitude[at] = Math.Sqrt((re * re) + (im * im)) / (columns * rows);
                WaveNumber[at] = double.Hypot(Along(m, columns), Along(n, rows)) / grid.Spacing;
                Laplacian[at] = (4 - (2 * Math.Cos(2 * Math.PI * m / columns)) - (2 * Math.Cos(2 * Math.PI * n / rows))) / h2;
            }
    }

    /// <summary>Amplitude of each mode: index row · columns + column of waves round the grid; 0 is the mean.</summary>
    public double[] Amplitude { get; }

    /// <summary>k = 2π over the wavelength of each mode, √(k₁² + k₂²), in radians per unit of length.</summary>
    public double[] WaveNumber { get; }

    /// <summary>q = (2 − 2 cos k₁h + 2 − 2 cos k₂h)/h² of each mode, which is k² for long waves.</summary>
    public double[] Laplacian { get; }

    /// <summary>Waves along a row.</summary>
    public int Columns { get; }

    /// <summary>Root mean square of k over the modes, each by its share of the variance: the wave number of the structure.</summary>
    public double MeanWaveNumber
    {
        get
        {
            double power = 0, sum = 0;
            for (int i = 1; i < Amplitude.Length; i++)
            {
                power += Amplitude[i] * Amplitude[i];
                sum += Amplitude[i] * Amplitude[i] * WaveNumber[i] * WaveNumber[i];
            }
            return Math.Sqrt(sum / power);
        }
    }

    /// <summary>The strongest mode but the mean.</summary>
    public int Strongest
    {
        get
        {
            int best = 1;
            for (int i = 2; i < Amplitude.Length; i++) if (Amplitude[i] > Amplitude[best]) best = i;
            return best;
        }
    }

    // Radians from place to place; more than half the places are waves the other way round.
    private static double Along(int waves, int places) => 2 * Math.PI * Math.Min(waves, places - waves) / places;

    /// <summary>The spectrum of a store on a grid at a row of a solution.</summary>
    public static WaveSpectrum Of(Grid grid, Solution solution, string store, int row) => new(grid, Field(grid, solution, store, row));

    /// <summary>The content of a store at each place, at a row of a solution.</summary>
    public static double[] Field(Grid grid, Solution solution, string store, int row) =>
        [.. grid.Places.Select(p => solution.Column($"{store}{p.Suffix}.amount")[row])];
}
