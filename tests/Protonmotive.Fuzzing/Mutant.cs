namespace Protonmotive.Fuzzing;

/// <summary>A broken file: made from a seed file by a number, so that the same number makes it again.</summary>
/// <param name="Seed">The file it comes from.</param>
/// <param name="Bytes">Its content.</param>
internal sealed record Mutant(string Seed, byte[] Bytes)
{
    /// <summary>Largest file made, in bytes.</summary>
    private const int Largest = 2_000_000;

    /// <summary>The mutant of that number.</summary>
    public static Mutant Make(IReadOnlyList<string> seeds, int seed, int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var file = seeds[random.Next(seeds.Count)];
        var bytes = File.ReadAllBytes(file);
        int changes = 1 + random.Next(4);
        for (int i = 0; i < changes; i++)
        {
            var changed = random.Next(8) switch
            {
                0 => ByteMutation.Apply(bytes, random),
                <= 3 => TokenMutation.Apply(bytes, random),
                _ => StructureMutation.Apply(bytes, random),
            };
            if (changed.Length < Largest) bytes = changed;
        }
        return new Mutant(file, bytes);
    }
}
