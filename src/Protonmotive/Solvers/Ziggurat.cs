namespace Protonmotive.Solvers;

/// <summary>
/// Layers of equal area under a falling density f: 255 rectangles over each other, and a base with the tail. Edge i is the
/// width of layer i, height i is f there; f(0) = 1.
/// </summary>
/// <remarks>Marsaglia and Tsang (2000), The ziggurat method for generating random variables, J. Stat. Softw. 5(8).</remarks>
internal static class Ziggurat
{
    private const int Layers = 256;

    /// <summary>Edges for e^(−x), shape [257]; the first is the width of the base, the last 0.</summary>
    public static readonly double[] ExponentialEdges = Edges(7.69711747013104972, x => Math.Exp(-x), y => -Math.Log(y), Math.Exp(-7.69711747013104972));

    /// <summary>e^(−x) at the edges.</summary>
    public static readonly double[] ExponentialHeights = Heights(ExponentialEdges, x => Math.Exp(-x));

    /// <summary>Edges for e^(−x²/2), shape [257].</summary>
    public static readonly double[] NormalEdges = Edges(3.6541528853610088, x => Math.Exp(-x * x / 2), y => Math.Sqrt(-2 * Math.Log(y)),
        Math.Sqrt(Math.PI / 2) * MathNet.Numerics.SpecialFunctions.Erfc(3.6541528853610088 / Math.Sqrt(2)));

    /// <summary>e^(−x²/2) at the edges.</summary>
    public static readonly double[] NormalHeights = Heights(NormalEdges, x => Math.Exp(-x * x / 2));

    // r: where the tail begins, chosen by the source so that the top layer closes at f = 1.
    private static double[] Edges(double r, Func<double, double> density, Func<double, double> inverse, double tail)
    {
        double area = (r * density(r)) + tail;
        var edges = new double[Layers + 1];
        edges[0] = area / density(r);
        edges[1] = r;
        for (int i = 1; i < Layers - 1; i++) edges[i + 1] = inverse(density(edges[i]) + (area / edges[i]));
        edges[Layers] = 0;
        return edges;
    }

    private static double[] Heights(double[] edges, Func<double, double> density) => Array.ConvertAll(edges, x => density(x));
}
