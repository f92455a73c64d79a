using System.Globalization;
using System.Text;

namespace Protonmotive.Bench;

/// <summary>Writes large mass-action networks as BioNetGen would (<c>.net</c>), from a seed.</summary>
internal static class LargeNetwork
{
    /// <summary>
    /// A ring of species with reversible steps between neighbours at random distance up to <paramref name="reach"/>, and
    /// bimolecular jumps a + b → c + d between species that near each other: 4 reactions a species.
    /// </summary>
    /// <param name="n">Number of species.</param>
    /// <param name="reach">How far apart on the ring what reacts may stand; n or more: anything with anything.</param>
    /// <param name="seed">Seed of rates and partners.</param>
    public static string Random(int n, int reach, int seed)
    {
        var random = new Random(seed);
        var reactions = new List<(int[] From, int[] To, double Rate)>(4 * n);
        int Near(int i) => (i + random.Next(1, Math.Min(reach, n - 1) + 1)) % n;
        double Rate() => Math.Pow(10, (4 * random.NextDouble()) - 2);
        for (int i = 0; i < n; i++)
        {
            int j = i + 1 < n || reach < n ? (i + 1) % n : 0;
            reactions.Add(([i], [j], Rate()));
            reactions.Add(([j], [i], Rate()));
            reactions.Add(([i, Near(i)], [Near(i), Near(i)], 0.01 * Rate()));
            reactions.Add(([Near(i), Near(i)], [i, Near(i)], 0.01 * Rate()));
        }
        return Text([.. Enumerable.Range(0, n).Select(i => $"A(i~{i})")], [.. Enumerable.Range(0, n).Select(i => i % 10 == 0 ? 10.0 : 0)], reactions, []);
    }

    /// <summary>
    /// A protein of k sites, each with or without phosphate, as rules expand it: 2ᵏ forms P, a kinase and a phosphatase that bind
    /// the form as a whole and change one site of the bound form; the complexes are species too, 3·2ᵏ species in all.
    /// Groups count the phosphates on each site.
    /// </summary>
    /// <param name="sites">Number of sites, k.</param>
    /// <param name="seed">Seed of rates, which differ by site but not by form.</param>
    public static string Sites(int sites, int seed)
    {
        var random = new Random(seed);
        int forms = 1 << sites;
        var names = new List<string> { "Kinase(s)", "Phosphatase(s)" };
        var amounts = new List<double> { 100, 80 };
        var reactions = new List<(int[] From, int[] To, double Rate)>();
        int Form(int bits) => 2 + bits;
        int ByKinase(int bits) => 2 + forms + bits; // all but the full form
        int ByPhosphatase(int bits) => 2 + forms + forms - 2 + bits; // all but the empty form
        string Pattern(int bits, string bound) => $"P({string.Join(',', Enumerable.Range(0, sites).Select(s => $"s{s}~{(bits >> s) & 1}"))}{bound})";
        for (int f = 0; f < forms; f++) names.Add(Pattern(f, ""));
        for (int f = 0; f < forms - 1; f++) names.Add(Pattern(f, ",b!1).Kinase(s!1"));
        for (int f = 1; f < forms; f++) names.Add(Pattern(f, ",b!1).Phosphatase(s!1"));
        amounts.AddRange(Enumerable.Range(0, names.Count - 2).Select(i => i == 0 ? 1000.0 : 0));
        double[] on = [.. Enumerable.Range(0, sites).Select(_ => 0.1 + random.NextDouble())], off = [.. Enumerable.Range(0, sites).Select(_ => 0.1 + random.NextDouble())];
        for (int f = 0; f < forms; f++)
        {
            if (f < forms - 1) Bind(0, f, ByKinase(f));
            if (f > 0) Bind(1, f, ByPhosphatase(f));
            for (int s = 0; s < sites; s++)
            {
                if ((f >> s & 1) == 0) reactions.Add(([ByKinase(f)], [0, Form(f | (1 << s))], on[s]));
                else reactions.Add(([ByPhosphatase(f)], [1, Form(f & ~(1 << s))], off[s]));
            }
        }
        void Bind(int enzyme, int form, int complex)
        {
            reactions.Add(([enzyme, Form(form)], [complex], 0.01));
            reactions.Add(([complex], [enzyme, Form(form)], 0.5));
        }
        var groups = Enumerable.Range(0, sites).Select(s => ($"Site{s}", Enumerable.Range(0, forms).Where(f => (f >> s & 1) != 0).Select(Form).ToArray()));
        return Text([.. names], [.. amounts], reactions, groups);
    }

    private static string Text(string[] names, double[] amounts, List<(int[] From, int[] To, double Rate)> reactions, IEnumerable<(string Name, int[] Members)> groups)
    {
        var culture = CultureInfo.InvariantCulture;
        var text = new StringBuilder("begin parameters\n");
        for (int r = 0; r < reactions.Count; r++) text.Append(culture, $"    {r + 1} k{r + 1} {reactions[r].Rate:r}\n");
        text.Append("end parameters\nbegin species\n");
        for (int i = 0; i < names.Length; i++) text.Append(culture, $"    {i + 1} {names[i]} {amounts[i]:r}\n");
        text.Append("end species\nbegin reactions\n");
        string Side(int[] side) => string.Join(',', side.Select(i => (i + 1).ToString(culture)));
        for (int r = 0; r < reactions.Count; r++) text.Append(culture, $"    {r + 1} {Side(reactions[r].From)} {Side(reactions[r].To)} k{r + 1} #Rule{r % 40}\n");
        text.Append("end reactions\nbegin groups\n");
        int g = 0;
        foreach (var (name, members) in groups) text.Append(culture, $"    {++g} {name} {Side(members)}\n");
        return text.Append("end groups\n").ToString();
    }
}
