using System.Text;
using Protonmotive.Formats.Antimony;
using Protonmotive.Tests.Unit.Formats.Antimony;
using Xunit;

namespace Protonmotive.Tests.Fault.Formats;

public class BadAntimony
{
    [Theory]
    [InlineData("", 1, 1, "holds no model")]
    [InlineData("# only a comment\n", 1, 1, "holds no model")]
    [InlineData("model m\n  x = 1\n", 1, 1, "'m' has no 'end'")]
    [InlineData("model m\n x = 1\nmodel n\nend", 3, 1, "within the model 'm'")]
    [InlineData("x = 1\nend", 2, 1, "outside of any model")]
    [InlineData("model m() x=1 end\nmodel m() x=2 end", 2, 7, "defined twice")]
    [InlineData("function f(x) x end\nfunction f(y) y end\nz = 1", 2, 10, "defined twice")]
    [InlineData("function sin(x) x end\nz = 1", 1, 10, "function of the language")]
    [InlineData("function f(x, x) x end\nz = 1", 1, 15, "stands twice")]
    [InlineData("function f(x) x + y end\nz = 1", 1, 19, "no argument")]
    [InlineData("function f(x) f(x) end\nz = 1", 1, 15, "no function 'f'")]
    [InlineData("x = f(1)", 1, 5, "no function 'f'")]
    [InlineData("x = sin(1, 2)", 1, 5, "sin with 2 arguments")]
    [InlineData("A -> B; k*A\nA = 1; B = 0", 1, 9, "'k' has no value")]
    [InlineData("x = 1 +", 1, 8, "ends here")]
    [InlineData("x = (1 + 2", 1, 11, "the ')' that closes line 1, column 5")]
    [InlineData("x = 1 + * 2", 1, 9, "Found '*'")]
    [InlineData("x = 3 = 4", 1, 7, "'=='")]
    [InlineData("x = \"text", 1, 5, "no end on its line")]
    [InlineData("x = 1; x notes ```never\nclosed", 1, 16, "no end")]
    [InlineData("x = 1 /* never closed", 1, 7, "no end")]
    [InlineData("x = 1e999", 1, 5, "too large")]
    [InlineData("x = 2 y; y = 1", 1, 7, "no unit")]
    [InlineData("J: A -> B; 1\nJ: B -> A; 1\nA = 1; B = 1", 2, 1, "two reactions 'J'")]
    [InlineData("E: at time > 1: x = 2\nE: at time > 2: x = 3\nx = 1", 2, 1, "two events 'E'")]
    [InlineData("A -> B; 1\ncompartment A", 2, 1, "used as compartment here and as species")]
    [InlineData("at time > 1, when=2: x = 1", 1, 14, "no property of an event")]
    [InlineData("at time > 1, t0=maybe: x = 1", 1, 17, "'true' or 'false'")]
    [InlineData("x := 1\nat time > 1: x = 2", 2, 14, "a rule gives")]
    [InlineData("A: nowhere()", 1, 4, "no model 'nowhere'")]
    [InlineData("nowhere()", 1, 1, "no model 'nowhere'")]
    [InlineData("model m(a) a = 1 end\nx: m(1, 2)", 2, 4, "given 2 arguments")]
    [InlineData("model m\nx = 1\nend\nA: m(); y = A.z", 4, 13, "has no 'z'")]
    [InlineData("y = B.z", 1, 5, "no submodel 'B'")]
    [InlineData("import \"/etc/passwd\"\nx = 1", 1, 1, "lies in no folder")]
    [InlineData("0 = x - y; x = 1; y = 2; const x, y", 1, 1, "nothing left to determine|no quantity left")]
    [InlineData("--P1--G1", 1, 1, "strand of DNA")]
    [InlineData("unit a = b; unit b = a; x = 1; x has a", 1, 0, "circle")]
    [InlineData("compartment c = -1", 1, 17, "negative size")]
    [InlineData("A -> B; C -> D; 1", 1, 9, "Another reaction follows")]
    [InlineData("A B C", 1, 0, "an arrow")]
    [InlineData("x = 1; x identifies \"y\"", 1, 8, "no kind of annotation")]
    [InlineData("species species", 1, 0, "a name|word of the language")]
    [InlineData("x = 1 ? 2", 1, 7, "'?' is no part")]
    [InlineData("3 = x", 1, 1, "can't be set")]
    public void Faults_name_line_column_and_mend(string text, int line, int column, string what)
    {
        var error = Assert.Throws<AntimonyException>(() => AntimonyReader.Parse(text, "bad.ant"));
        Assert.True(what.Split('|').Any(w => error.What.Contains(w) || error.Mend.Contains(w)), error.Message);
        Assert.Equal(line, error.Line);
        if (column > 0) Assert.Equal(column, error.Column);
        Assert.StartsWith("bad.ant, line ", error.Where);
        Assert.NotEmpty(error.Mend);
    }

    [Fact]
    public void Depth_takes_memory_not_the_stack()
    {
        int n = 100_000;
        Assert.Equal(1, AntimonyReader.Parse($"x = {new string('(', n)}1{new string(')', n)}").Parameters[0].Value.Value);
        Assert.Throws<AntimonyException>(() => AntimonyReader.Parse($"x = {new string('(', n)}1"));
        var models = new StringBuilder("model m0\nx = 1\nend\n");
        for (int i = 1; i < 1000; i++) models.Append($"model m{i}\nA: m{i - 1}()\nend\n");
        Assert.Contains("nested deeper", Assert.Throws<AntimonyException>(() => AntimonyReader.Parse(models.ToString())).What);
    }

    [Fact]
    public void Growth_without_bound_is_stopped()
    {
        var functions = new StringBuilder("function f0(x) x + 1 end\n");
        for (int i = 1; i < 60; i++) functions.Append($"function f{i}(x) f{i - 1}(x + 1) + f{i - 1}(2*x) end\n");
        Assert.Contains("grows to", Assert.Throws<AntimonyException>(() => AntimonyReader.Parse(functions + "y = f59(1)")).What);
        var models = new StringBuilder("model m0\nx = 1\nend\n");
        for (int i = 1; i < 40; i++) models.Append($"model m{i}\nA: m{i - 1}(); B: m{i - 1}()\nend\n");
        Assert.Contains("statements", Assert.Throws<AntimonyException>(() => AntimonyReader.Parse(models.ToString())).What);
    }

    [Fact]
    public void Binary_junk_is_refused()
    {
        var random = new Random(5);
        for (int i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            Assert.ThrowsAny<ProtonmotiveException>(() => AntimonyReader.Parse("\0" + Encoding.UTF8.GetString(bytes)));
        }
    }

    [Fact]
    public void Imports_stay_in_the_folder()
    {
        var folder = Directory.CreateTempSubdirectory("antimony");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            Directory.CreateDirectory(At("in"));
            File.WriteAllText(At("outside.ant"), "model outside\nx = 1\nend");
            File.WriteAllText(At("in/part.ant"), "import \"main.ant\"\nmodel part(k)\nA -> ; k*A; A = 1\nend");
            File.WriteAllText(At("in/main.ant"), "import \"part.ant\"\nmodel *whole\nP: part(2)\nend");
            Assert.Equal("P__A", AntimonyReader.Load(At("in/main.ant")).Stores[0].Name);
            foreach (var path in new[] { "../outside.ant", At("outside.ant"), "missing.ant", "\0" })
            {
                File.WriteAllText(At("in/bad.ant"), $"x = 1\nimport \"{path}\"");
                var error = Assert.Throws<AntimonyException>(() => AntimonyReader.Load(At("in/bad.ant")));
                Assert.Equal(2, error.Line);
            }
            File.CreateSymbolicLink(At("in/link.ant"), At("outside.ant"));
            File.WriteAllText(At("in/bad.ant"), "import \"link.ant\"\nx = 1");
            Assert.Contains("outside of the folder", Assert.Throws<AntimonyException>(() => AntimonyReader.Load(At("in/bad.ant"))).What);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Damaged files give an answer or one of our own errors, in bounded time; 300 000 of them where asked for.</summary>
    [Fact]
    public void Damaged_files_give_our_own_errors()
    {
        int count = Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1" ? 300_000 : 3_000;
        int seed = int.TryParse(Environment.GetEnvironmentVariable("PROTONMOTIVE_SEED"), out int given) ? given : 1;
        var random = new Random(seed);
        int read = 0;
        for (int i = 0; i < count; i++)
        {
            var text = Damage(random);
            var clock = System.Diagnostics.Stopwatch.StartNew();
            try
            {
                var network = AntimonyReader.Parse(text);
                network.Lower();
                AntimonyReader.Parse(AntimonyWriter.Print(network));
                read++;
            }
            catch (ProtonmotiveException e)
            {
                Assert.NotEmpty(e.Where);
                Assert.NotEmpty(e.Mend);
            }
            catch (Exception e)
            {
                Assert.Fail($"{e.GetType().Name}: {e.Message}\n{e.StackTrace}\nfor:\n{text}");
            }
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed} for:\n{text}");
        }
        Assert.True(read > count / 50, $"Only {read} were read.");
    }

    private static string Damage(Random random)
    {
        const string signs = " \n;:='\"`()+-*/^<>!&|,.$#{}%0aZ_\\é\0";
        string Sample() => AntimonySamples.All[random.Next(AntimonySamples.All.Length)];
        var text = new StringBuilder(Sample());
        for (int edits = random.Next(1, 5); edits > 0; edits--)
        {
            int at = random.Next(text.Length + 1), length = Math.Min(random.Next(1, 12), text.Length - at);
            var other = Sample();
            int from = random.Next(other.Length);
            switch (random.Next(7))
            {
                case 0: text.Remove(at, length); break;
                case 1: text.Insert(at, other.AsSpan(from, Math.Min(random.Next(1, 30), other.Length - from))); break;
                case 2: text.Insert(at, signs[random.Next(signs.Length)]); break;
                case 3 when length > 0: text.Insert(at, text.ToString(at, length)); break;
                case 4 when at < text.Length: text[at] = (char)random.Next(32, 127); break;
                case 5: text.Insert(at, new[] { "end", "model x", "in", "is", "at", "->", ":=", "function f(x)", "1e9", "inf", "time", "delete ", "species " }[random.Next(13)]); break;
                default: text.Append('\n').Append(other); break;
            }
        }
        return text.ToString();
    }
}
