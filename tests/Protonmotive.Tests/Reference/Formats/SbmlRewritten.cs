using Protonmotive.Formats.Sbml;
using Protonmotive.Networks;
using Protonmotive.Tests.Property.Formats;
using Xunit;

namespace Protonmotive.Tests.Reference.Formats;

/// <summary>Files of others are read, written as Level 3 Version 2, and read again: the same model comes back.</summary>
public class SbmlRewritten
{
    [Theory]
    [MemberData(nameof(BioModels.Names), MemberType = typeof(BioModels))]
    public void Every_biomodel_comes_back(string name) => SameNetwork.Returns(SbmlReader.Load(SharedData.Path("biomodels", name + ".xml")));

    [Fact]
    public void Every_case_of_the_suite_that_is_read_comes_back()
    {
        int every = Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1" ? 1 : 10;
        var cases = Directory.GetDirectories(SharedData.Path("sbml-test-suite", "semantic")).Concat(Directory.GetDirectories(SharedData.Path("sbml-test-suite", "stochastic"))).Order(StringComparer.Ordinal);
        var faults = new List<string>();
        int read = 0;
        foreach (var folder in cases.Where((_, i) => i % every == 0))
        {
            Network network;
            var file = Directory.EnumerateFiles(folder, Path.GetFileName(folder) + "-sbml-*.xml").Order(StringComparer.Ordinal).Last();
            try
            {
                network = SbmlReader.Load(file);
                network.Lower();
            }
            catch (ProtonmotiveException)
            {
                continue;    // what the reader refuses is told by its own tests
            }
            read++;
            try
            {
                SameNetwork.Returns(network);
            }
            catch (Exception e) when (e is not OperationCanceledException and not Xunit.Sdk.SkipException)
            {
                faults.Add($"{Path.GetFileName(file)}: {e.Message}");
            }
            catch (Xunit.Sdk.SkipException)
            {
                read--;
            }
        }
        Assert.True(read * every > 500, $"only {read} cases were read");
        Assert.True(faults.Count == 0, $"{faults.Count} of {read}:\n{string.Join('\n', faults)}");
    }
}
