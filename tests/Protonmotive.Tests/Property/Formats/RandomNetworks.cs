using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Property.Formats;

/// <summary>Random networks with everything that a network can hold, under names that SBML does not allow too.</summary>
internal sealed class RandomNetworks
{
    private readonly Random random;
    private readonly NetworkBuilder b;
    private readonly List<Species> species = [];
    private readonly List<Parameter> parameters = [];
    private readonly List<Variable> variables = [];

    private RandomNetworks(int seed)
    {
        random = new Random(seed);
        b = new NetworkBuilder(Chance(0.5) ? $"network{seed}" : $"Network {seed}: <a & b>") { AmountUnit = Pick("mmol", "mol", "item"), TimeUnit = Pick("s", "min", "h"), EnergyUnit = "RT" };
    }

    /// <param name="seed">Tells the network.</param>
    /// <param name="whole">Whether delays, priorities, algebraic rules, draws and the like come in too.</param>
    public static Network Make(int seed, bool whole) => new RandomNetworks(seed).Make(whole);

    private Network Make(bool whole)
    {
        foreach (var name in Some("k1", "r1.k", "k é", "λ", "2nd", "p_1")) parameters.Add(b.Parameter(name, Number(), Pick("1/s", "", "mmol/L", "1/(mmol s)", "U CS"), description: Pick("", "a \"name\" & more"), source: whole ? Pick("", "table <1>") : ""));
        if (parameters.Count > 1) parameters.Add(b.Parameter("of.others", parameters[0] * 2 + parameters[1]));
        var compartments = new[] { "cell", "out.side" }.Select(n => b.Compartment(n, 0.5 + random.NextDouble(), Pick("L", "fL", "mm^3"))).ToList();
        if (Chance(0.3)) b.Rate("cell", 0.01);
        if (Chance(0.3)) b.Assign("out.side", 1 + (0.1 * Sin(Time)));
        foreach (var name in Some("A", "B", "C", "D.x", "Ψ"))
            species.Add(Chance(0.2) ? b.Reservoir(name, Pick([.. compartments]), Number(), inAmounts: Chance(0.3)) : b.Species(name, Pick([.. compartments]), Chance(0.8) ? Number() : parameters[0] * 2, inAmounts: Chance(0.3), description: Pick("", "species " + name)));
        variables.Add(b.Variable("v", Number()));
        b.Rate("v", Formula());
        var defined = b.Define("f.of", Formula(), "1");
        for (int i = 1; i <= 3; i++) AddProcess($"r{i}", defined);
        if (Chance(0.3)) b.InitialAssignment("v", parameters[0] + 1);
        if (Chance(0.3) && species.Find(s => !s.IsReservoir) is { } started) b.InitialAssignment(started.Name, parameters[0] + 0.5);
        b.When("event.1", Less(2, Time), [new EventAssignment("v", Formula())], trueBeforeStart: Chance(0.5));
        if (Chance(0.5)) b.When("jump", And(Less(0.5, species[0]), Less(Time, 5)), [new EventAssignment(parameters[0].Name, Abs(Formula()))]);
        if (whole) AddRest();
        return b.Build();
    }

    private void AddProcess(string name, Expression defined)
    {
        var law = Pick(FluxLaw.Formula(Formula()), FluxLaw.MassAction(parameters[0], Chance(0.5) ? parameters[^1].Symbol : null), FluxLaw.Formula(Formula() * defined, species[0] * 0.1));
        b.Process(name, ProcessKind.Reaction, Side(), Side(), law, reversible: Chance(0.5), description: Pick("", name + " runs"));
    }

    private void AddRest()
    {
        var y = b.Variable("y", 1);
        b.Require("y", (y * 2) - species[0] - 1);
        var x = b.Variable("x", Number());
        b.Rate("x", Delay(species[0], 0.5) - Symbol(Network.RateName("v")));
        b.Species("converted", b.Compartment("third", 1), Number(), conversionFactor: Chance(0.5) ? Symbol("of.others") : 2.5);
        var n = b.Variable("n", 2, "1");
        b.Rate("n", 0.1);
        b.Process(new Process("fast.one", "", ProcessKind.Reaction, [new Participant(species[0], n)], [new Participant(species[^1], parameters[0].Symbol + 1)], FluxLaw.Formula(species[0] - (2 * species[^1].Symbol))) { IsFast = Chance(0.3) });
        var draw = b.Draw(new Draw("noise", Pick(Distribution.Normal, Distribution.Uniform, Distribution.LogNormal), [1, 2]) { Lowest = Chance(0.3) ? 0 : null });
        b.When(new NetworkEvent("late", LessOrEqual(1, species[0]), [new EventAssignment("x", Chance(0.5) ? draw : Formula())], Chance(0.5))
        {
            Delay = Chance(0.5) ? 0.5 + Abs(parameters[0]) : null,
            Priority = Chance(0.5) ? Number() : null,
            IsPersistent = Chance(0.5),
            UsesTriggerTimeValues = Chance(0.5),
        });
        b.Document("", new Documentation("<notes xmlns=\"http://www.sbml.org/sbml/level3/version2/core\"><p xmlns=\"http://www.w3.org/1999/xhtml\">A <b>bold</b> <i>model</i>.</p></notes>", null, "SBO:0000293", "meta"));
        b.Document("A", new Documentation(null, "<annotation xmlns=\"http://www.sbml.org/sbml/level3/version2/core\"><x:data xmlns:x=\"http://example.org/x\" x:of=\"A\"> 1 </x:data></annotation>", "SBO:0000252", "meta_A"));
    }

    private IEnumerable<Participant> Side() => species.Where(_ => Chance(0.4)).Select(s => new Participant(s, Pick<double>(1, 1, 2, 0.5)));

    /// <summary>A formula of a few operations in what is there; smooth and positive enough to have finite values.</summary>
    private Expression Formula()
    {
        Expression value = Number();
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            Expression other = Pick(species[random.Next(species.Count)].Symbol, parameters[random.Next(parameters.Count)].Symbol, Number(), Time);
            value = random.Next(10) switch
            {
                0 => value + other,
                1 => value - other,
                2 => value * other,
                3 => value / (1 + Abs(other)),
                4 => Select(Less(other, value), value, other + 1),
                5 => Exp(-Abs(value)) + Power(other, 2),
                6 => Sqrt(Abs(value)) + Log10(1 + Abs(other)),
                7 => Min(value, Max(other, 2)) + Floor(other),
                8 => Quotient(value, 1 + Abs(other)) + Expression.Remainder(Abs(other), 1 + Abs(value)),
                _ => Branch(Less(Abs(other), 1e-4), 1 + (value / 2), Tanh(value) + Factorial(2)),
            };
        }
        return value;
    }

    private List<string> Some(params string[] names)
    {
        var some = names.Where(_ => Chance(0.7)).ToList();
        return some.Count > 1 ? some : [.. names.Take(2)];
    }

    private double Number() => Chance(0.5) ? random.Next(1, 9) : Math.Exp(random.NextDouble() * 6 - 4);

    private bool Chance(double probability) => random.NextDouble() < probability;

    private T Pick<T>(params T[] of) => of[random.Next(of.Length)];
}
