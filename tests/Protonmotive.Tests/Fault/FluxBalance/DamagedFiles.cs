using System.Text;
using System.Text.RegularExpressions;
using Protonmotive.FluxBalance;
using Protonmotive.Tests.Unit.FluxBalance;
using Xunit;

namespace Protonmotive.Tests.Fault.FluxBalance;

/// <summary>Files damaged at random are read and solved, or refused with what, where and mend: no other error, no hang.</summary>
public class DamagedFiles
{
    private static readonly string[] values = ["", "NaN", "INF", "-INF", "1e400", "-1", "0", "1e-320", "1e300", "x", "A", "r", "q", "p", "s", "o", "true", "quadratic", "equal", "minimize", "²"];

    [Fact]
    public void Only_our_own_errors_come_out()
    {
        int rounds = Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1" ? 200_000 : 2_000;
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int i = 0; i < rounds; i++)
        {
            int version = random.Next(1, 4);
            var text = Damaged(SmallNetworks.Document(version, Inside(version)), random);
            try
            {
                var model = FluxBalanceModel.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "damaged.xml");
                foreach (var objective in model.Objectives) (new FluxBalanceProblem(model) { Objective = objective.Id, Parsimonious = i % 2 == 0 }).Solve();
            }
            catch (ProtonmotiveException e)
            {
                Assert.NotEmpty(e.Mend);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, round {i}: {e}\n{text}");
            }
        }
    }

    private static string Damaged(string text, Random random)
    {
        for (int n = random.Next(1, 4); n > 0; n--)
        {
            var attributes = Regex.Matches(text, "(?<==)(\"[^\"]*\"|'[^']*')");
            if (random.Next(10) < 7 && attributes.Count > 0)
            {
                var attribute = attributes[random.Next(attributes.Count)];
                text = string.Concat(text.AsSpan(0, attribute.Index), $"\"{values[random.Next(values.Length)]}\"", text.AsSpan(attribute.Index + attribute.Length));
                continue;
            }
            var elements = Regex.Matches(text, "<[a-zA-Z][^<>]*/>");
            int start = random.Next(text.Length), length = Math.Min(text.Length - start, random.Next(1, 60));
            if (elements.Count > 0 && random.Next(10) < 8) (start, length) = (elements[random.Next(elements.Count)] is var e ? e.Index : 0, e.Length);
            var part = text.Substring(start, length);
            text = random.Next(2) == 0 ? text.Remove(start, length) : text.Insert(start, part);
        }
        return text;
    }

    private static string Inside(int version) => """
        <listOfParameters><parameter id="p" value="1" constant="true"/><parameter id="q" value="2" constant="false"/><parameter id="z" constant="false"/></listOfParameters>
        <listOfInitialAssignments><initialAssignment symbol="s"><math><apply><plus/><ci>p</ci><cn>1</cn></apply></math></initialAssignment></listOfInitialAssignments>
        <listOfRules><assignmentRule variable="q"><math><apply><times/><ci>p</ci><cn>20</cn></apply></math></assignmentRule></listOfRules>
        <listOfReactions>
        <reaction id="r" reversible="false" fbc:lowerFluxBound="p" fbc:upperFluxBound="q"><listOfProducts><speciesReference species="A" stoichiometry="1" constant="true"/></listOfProducts></reaction>
        <reaction id="t" reversible="true"><listOfReactants><speciesReference id="s" species="A" stoichiometry="1" constant="true"/></listOfReactants></reaction>
        </listOfReactions>
        <fbc:listOfObjectives fbc:activeObjective="o"><fbc:objective fbc:id="o" fbc:type="maximize"><fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction="t" fbc:coefficient="1"/></fbc:listOfFluxObjectives></fbc:objective></fbc:listOfObjectives>
        """ + version switch
    {
        1 => """<fbc:listOfFluxBounds><fbc:fluxBound fbc:reaction="r" fbc:operation="lessEqual" fbc:value="10"/><fbc:fluxBound fbc:reaction="t" fbc:operation="greaterEqual" fbc:value="0"/></fbc:listOfFluxBounds>""",
        3 => """
            <fbc:listOfObjectives><fbc:objective fbc:id="w" fbc:type="minimize"><fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction="t" fbc:coefficient="2" fbc:variableType="quadratic"/></fbc:listOfFluxObjectives></fbc:objective></fbc:listOfObjectives>
            <fbc:listOfUserDefinedConstraints><fbc:userDefinedConstraint fbc:lowerBound="p" fbc:upperBound="q"><fbc:listOfUserDefinedConstraintComponents><fbc:userDefinedConstraintComponent fbc:variable="z" fbc:coefficient="p" fbc:variableType="linear"/></fbc:listOfUserDefinedConstraintComponents></fbc:userDefinedConstraint></fbc:listOfUserDefinedConstraints>
            """,
        _ => "",
    };
}
