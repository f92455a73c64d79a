using System.Xml.Linq;
using Protonmotive.Formats.Sbml.Composition;
using Protonmotive.Formats.Sbml.TestSuite;
using Xunit;

namespace Protonmotive.Tests.Reference.Formats;

/// <summary>
/// The composed models of the SBML Test Suite (release 3.3.0, LGPL 2.1; data beside the repository): each flattens to a document
/// without the package that declares what the case asks for, and gives the expected values by the rule of the suite.
/// </summary>
public sealed class SbmlSuiteCompositions
{
    [Fact]
    public void Every_case_gives_the_expected_values()
    {
        var outcomes = new SuiteRunner().Run(Cases(), cancellation: TestContext.Current.CancellationToken);
        Assert.True(outcomes.Length >= 84);
        var failed = outcomes.Where(o => !o.Passed).ToList();
        Assert.True(failed.Count == 0, $"{outcomes.Length - failed.Count} passed, {failed.Count} failed:\n" + string.Join("\n", failed));
    }

    [Fact]
    public void Every_case_flattens_to_a_document_without_the_package()
    {
        foreach (var folder in Cases())
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*-sbml-l3v*.xml"))
            {
                var flat = SbmlComposition.Flatten(XDocument.Load(file), file, place => XDocument.Load(Path.Combine(folder, place)));
                Assert.DoesNotContain("/comp/", flat.ToString(), StringComparison.Ordinal);
                var ids = flat.Descendants().Select(e => (string?)e.Attribute("id")).ToHashSet();
                Assert.True(SuiteCase.Load(folder).Settings.Variables.All(ids.Contains), file);
            }
        }
    }

    private static List<string> Cases() => [.. SuiteRunner.Cases(SharedData.Path("sbml-test-suite", "semantic")).Where(c => SuiteCase.Load(c).Tags.Any(t => t.StartsWith("comp:", StringComparison.Ordinal)))];
}
