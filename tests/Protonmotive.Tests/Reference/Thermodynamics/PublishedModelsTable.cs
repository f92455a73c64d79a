using Protonmotive.Formats;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Reference.Thermodynamics;

/// <summary>The table of docs/second-law-in-published-models.md is what the audit prints, not what somebody typed.</summary>
public class PublishedModelsTable
{
    [Fact]
    public void Is_printed_by_the_audit()
    {
        SharedData.Path("bionetgen", "egfr_net.net");
        var files = new[] { SharedData.Path("biomodels"), SharedData.Path("bionetgen") }
            .SelectMany(folder => Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f) is ".xml" or ".net").Order(StringComparer.Ordinal));
        var table = AuditTable.Print(files.Select(f => (Path.GetFileName(f), (AuditReport?)Audit.Check(ModelFormats.Load(f)), "")));
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "docs"))) folder = folder.Parent!;
        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "second-law-in-published-models.md"));
        Assert.Contains(table.ReplaceLineEndings("\n"), page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
