namespace Protonmotive.Learning.Accounts;

/// <summary>An integral over [0, 1] by Gauss and Kronrod's rules with 7 and 15 points, bisecting where they differ most.</summary>
/// <remarks>Piessens, de Doncker-Kapenga, Überhuber and Kahaner (1983), QUADPACK, routines QAG and QK15, from where the points are.</remarks>
internal static class SegmentQuadrature
{
    private static readonly double[] points =
    [
        0.991455371120812639206854697526329, 0.949107912342758524526189684047851, 0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
        0.586087235467691130294144691258380, 0.405845151377397166906606412076961, 0.207784955007898467600689403773245, 0,
    ];

    private static readonly double[] kronrod =
    [
        0.022935322010529224963732008058970, 0.063092092629978553290700663189204, 0.104790010322250183839876322541518, 0.140653259715525918745189590510238,
        0.169004726639267902826583426598550, 0.190350578064785409913256402421014, 0.204432940075298892414161999234649, 0.209482141084727828012999174891714,
    ];

    private static readonly double[] gauss = [0.129484966168869693270611432679082, 0.279705391489276667901467771423780, 0.381830050505118944950369775488975, 0.417959183673469387755102040816327];

    /// <summary>The integral and an estimate of its error.</summary>
    /// <param name="f">The function on [0, 1].</param>
    /// <param name="tolerance">Error that is aimed at.</param>
    /// <param name="maximumIntervals">Parts after which it stops, with the error that is then left.</param>
    public static (double Value, double Error) Integrate(Func<double, double> f, double tolerance, int maximumIntervals = 500)
    {
        var parts = new PriorityQueue<(double Start, double End, double Value, double Error), double>();
        double value = 0, error = 0;
        void Add(double start, double end)
        {
            var (v, e) = Rule(f, start, end);
            parts.Enqueue((start, end, v, e), -e);
            value += v;
            error += e;
        }
        Add(0, 1);
        while (error > tolerance && parts.Count < maximumIntervals)
        {
            var worst = parts.Dequeue();
            value -= worst.Value;
            error -= worst.Error;
            double middle = (worst.Start + worst.End) / 2;
            Add(worst.Start, middle);
            Add(middle, worst.End);
        }
        return (parts.UnorderedItems.Sum(p => p.Element.Value), parts.UnorderedItems.Sum(p => p.Element.Error));
    }

    private static (double Value, double Error) Rule(Func<double, double> f, double start, double end)
    {
        double middle = (start + end) / 2, half = (end - start) / 2, fine = 0, coarse = 0;
        for (int i = 0; i < points.Length; i++)
        {
            double sum = points[i] == 0 ? f(middle) : f(middle - (half * points[i])) + f(middle + (half * points[i]));
            fine += kronrod[i] * sum;
            if (i % 2 == 1) coarse += gauss[i / 2] * sum;
        }
        return (half * fine, Math.Abs(half * (fine - coarse)));
    }
}
