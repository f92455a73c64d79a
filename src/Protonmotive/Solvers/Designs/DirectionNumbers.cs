using System.Globalization;

namespace Protonmotive.Solvers.Designs;

/// <summary>The numbers that define each dimension of a Sobol sequence.</summary>
/// <remarks>
/// S. Joe and F. Y. Kuo (2008), SIAM J. Sci. Comput. 30, 2635-2654; their set D(6), first 2048 dimensions. The recurrence is
/// that of Bratley and Fox (1988), Algorithm 659, ACM Trans. Math. Softw. 14, 88-100.
/// </remarks>
internal static class DirectionNumbers
{
    /// <summary>The most dimensions known here.</summary>
    public const int MostDimensions = 2048;

    /// <summary>Bits of a coordinate, and of an index.</summary>
    public const int Bits = 52;

    private static readonly Lazy<string[]> lines = new(Read);

    /// <summary>v₁ … v₅₂ of a dimension, each as a fraction of 2⁵².</summary>
    /// <param name="dimension">From 0.</param>
    public static ulong[] Of(int dimension)
    {
        var v = new ulong[Bits];
        if (dimension == 0)
        {
            for (int j = 0; j < Bits; j++) v[j] = 1UL << (Bits - 1 - j);
            return v;
        }

        var numbers = lines.Value[dimension - 1].Split(' ').Select(n => ulong.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        int s = (int)numbers[1];
        ulong a = numbers[2];
        for (int j = 0; j < s; j++) v[j] = numbers[3 + j] << (Bits - 1 - j);
        for (int j = s; j < Bits; j++)
        {
            v[j] = v[j - s] ^ (v[j - s] >> s);
            for (int k = 1; k < s; k++) if (((a >> (s - 1 - k)) & 1) != 0) v[j] ^= v[j - k];
        }

        return v;
    }

    private static string[] Read()
    {
        using var stream = typeof(DirectionNumbers).Assembly.GetManifestResourceStream("direction-numbers.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }
}
