using Protonmotive.Formats.Antimony;
using Protonmotive.Formats.Sbml;
using Protonmotive.Tests.Unit.Formats.Antimony;
using Xunit;

namespace Protonmotive.Tests.Reference.Formats.Antimony;

/// <summary>SBML files of others, written as Antimony and read back: the same equations.</summary>
public class AntimonyRoundTrip
{
    public static TheoryData<string> Names() => BioModels.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void BioModels_come_back_as_the_same_equations(string name)
    {
        var network = SbmlReader.Load(SharedData.Path("biomodels", name + ".xml"));
        var text = AntimonyWriter.Print(network);
        var back = AntimonyReader.Parse(text, name + ".ant");
        SameEquations.Check(network, back);
        Assert.Equal(text, AntimonyWriter.Print(back));
    }

    /// <summary>All cases of the SBML Test Suite that are read, where asked for; a sample else.</summary>
    [Fact]
    public void Cases_of_the_SBML_Test_Suite_come_back_as_the_same_equations()
    {
        var folder = SharedData.Path("sbml-test-suite", "semantic");
        bool all = Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1";
        int compared = 0;
        var failures = new List<string>();
        foreach (var path in Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Where((_, i) => all || i % 40 == 0))
        {
            var file = Directory.GetFiles(path, "*-sbml-l3v2.xml").FirstOrDefault() ?? Directory.GetFiles(path, "*-sbml-l*.xml").Order(StringComparer.Ordinal).LastOrDefault();
            if (file is null) continue;
            Networks.Network network;
            try
            {
                network = SbmlReader.Load(file);
                network.Lower();
                // Antimony does not say that a reaction is fast; the writer warns.
                if (network.Processes.Any(p => p.IsFast)) continue;
            }
            catch (ProtonmotiveException)
            {
                continue;
            }
            try
            {
                var text = AntimonyWriter.Print(network);
                var back = AntimonyReader.Parse(text, "case.ant");
                SameEquations.Check(network, back);
                if (AntimonyWriter.Print(back) != text) failures.Add($"{Path.GetFileName(path)}: written again, the text differs");
                compared++;
            }
            catch (Exception e)
            {
                failures.Add($"{Path.GetFileName(path)}: {e.Message}");
            }
        }
        Assert.True(failures.Count == 0, $"{failures.Count} of {failures.Count + compared}:\n{string.Join("\n", failures)}");
        Assert.True(compared > (all ? 1000 : 20), $"Only {compared} were compared.");
    }
}
