using System.IO.Compression;
using System.Text;
using Protonmotive.Formats.Omex;
using Protonmotive.Formats.SedMl;
using Xunit;
using static Protonmotive.Tests.Unit.Formats.Experiments;

namespace Protonmotive.Tests.Fault.Formats;

/// <summary>Archives: a good one runs, bad ones are refused and nothing is written.</summary>
public class BadOmex
{
    private const string Manifest = """
        <omexManifest xmlns="http://identifiers.org/combine.specifications/omex-manifest">
        <content location="." format="http://identifiers.org/combine.specifications/omex"/>
        <content location="./manifest.xml" format="http://identifiers.org/combine.specifications/omex-manifest"/>
        <content location="./sim/test.sedml" format="http://identifiers.org/combine.specifications/sed-ml.level-1.version-3" master="true"/>
        <content location="./decay.xml" format="http://identifiers.org/combine.specifications/sbml.level-3.version-1"/>
        </omexManifest>
        """;

    private static readonly string experiment = Document(Model(source: "../decay.xml"), Course(), Task(), Data("s"));

    [Fact]
    public void A_good_archive_runs_its_master_file_with_the_model_beside_it()
    {
        using var archive = Open(Zip(("manifest.xml", Manifest), ("sim/test.sedml", experiment), ("decay.xml", Decay), ("metadata.rdf", "<rdf/>")));
        var content = Assert.Single(archive.Experiments());
        Assert.Equal("sim/test.sedml", content.Path);
        Assert.True(archive.Contents[^1].IsSbml);
        var document = SedMlReader.Read(new MemoryStream(archive.Read(content.Path)!), content.Path);
        var result = SedExecution.Run(document, archive, "sim");
        Assert.Equal(10 * Math.Exp(-2), result.Data["s"].Values[^1], 1e-6);
    }

    [Fact]
    public void Truncated_at_any_place()
    {
        var whole = Zip(("manifest.xml", Manifest), ("sim/test.sedml", experiment), ("decay.xml", Decay));
        for (int length = 0; length < whole.Length; length += 37) Refused(whole[..length], "zip archive");
    }

    [Fact]
    public void Damaged_at_any_place_gives_the_file_or_our_error()
    {
        var whole = Zip(("manifest.xml", Manifest), ("sim/test.sedml", experiment), ("decay.xml", Decay));
        for (int at = 0; at < whole.Length; at += 11)
        {
            var copy = whole.ToArray();
            copy[at] ^= 0x5A;
            try
            {
                using var archive = Open(copy);
                foreach (var path in archive.Paths) archive.Read(path);
            }
            catch (OmexException)
            {
            }
        }
    }

    [Theory]
    [InlineData("../evil.xml")]
    [InlineData("a/../../evil.xml")]
    [InlineData("..\\evil.xml")]
    [InlineData("/etc/evil")]
    [InlineData("C:\\evil")]
    public void Entries_that_lead_out(string name) => Refused(Zip(("manifest.xml", Manifest), (name, "x")), "leads out of the archive");

    [Fact]
    public void Bombs()
    {
        Refused(Zip(("manifest.xml", Manifest), ("zeros", new string('0', 60_000_000))), "times its size");
        Refused(Zip([.. Enumerable.Range(0, 10_001).Select(i => ($"f{i}", ""))]), "more than 10000");
    }

    [Fact]
    public void An_entry_larger_than_it_says()
    {
        // The declared size stands in the local header and in the directory.
        var whole = Zip(("manifest.xml", "<omexManifest/>"), ("a", new string('a', 4000)));
        var (old, claimed) = (BitConverter.GetBytes(4000), BitConverter.GetBytes(40));
        for (int i = 0; i + 4 <= whole.Length; i++)
            if (whole.AsSpan(i, 4).SequenceEqual(old)) claimed.CopyTo(whole, i);
        using var archive = Open(whole);
        Assert.Throws<OmexException>(() => archive.Read("a"));
    }

    [Fact]
    public void Manifests()
    {
        Refused(Zip(("sim/test.sedml", experiment)), "no manifest.xml");
        Refused(Zip(("manifest.xml", "<omex")), "no well-formed XML");
        Refused(Zip(("manifest.xml", "<manifest/>")), "not <omexManifest>");
        Refused(Zip(("manifest.xml", Manifest)), "which the archive does not hold");
        Refused(Zip(("manifest.xml", Manifest.Replace("./decay", "../decay", StringComparison.Ordinal)), ("sim/test.sedml", "")), "leads out of the archive");
        Refused(Zip(("a", "1"), ("./a", "2")), "twice");
        using var archive = Open(Zip(("manifest.xml", "<omexManifest/>"), ("x", "")));
        Assert.Contains("no SED-ML", Assert.Throws<OmexException>(() => archive.Experiments()).What, StringComparison.Ordinal);
    }

    internal static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return stream.ToArray();
    }

    private static OmexArchive Open(byte[] bytes) => OmexArchive.Open(new MemoryStream(bytes), "test.omex");

    private static void Refused(byte[] bytes, string what)
    {
        var e = Assert.Throws<OmexException>(() => Open(bytes).Dispose());
        Assert.Contains(what, e.What, StringComparison.Ordinal);
        Assert.StartsWith("test.omex", e.Where, StringComparison.Ordinal);
        Assert.NotEmpty(e.Mend);
    }
}
