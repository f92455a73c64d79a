using System.Collections.Immutable;
using System.Text;
using TorchSharp;

namespace Protonmotive.Learning.Data;

/// <summary>A text as numbers of its characters, parted by position: the first part is trained on, the rest is held out.</summary>
/// <remarks>The tensors belong to the corpus and are freed with it.</remarks>
public sealed class TextCorpus : IDisposable
{
    /// <summary>Reads a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text.</param>
    /// <param name="trainShare">Share that is trained on, from the start.</param>
    /// <exception cref="DataException">The text has fewer than two characters.</exception>
    public TextCorpus(string name, string text, double trainShare = 0.9)
    {
        if (text.Length < 2) throw new DataException($"A text of {text.Length} characters has nothing to predict.", name, "Give a longer text.");
        Name = name;
        Vocabulary = [.. text.Distinct().Order()];
        var numbers = Vocabulary.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => (long)p.i);
        var all = text.Select(c => numbers[c]).ToArray();
        int train = (int)(trainShare * all.Length);
        Train = torch.tensor(all[..train]);
        Validation = torch.tensor(all[train..]);
    }

    /// <summary>Name of the text.</summary>
    public string Name { get; }

    /// <summary>Its characters in the order of their code points; a character's number is its place here.</summary>
    public ImmutableArray<char> Vocabulary { get; }

    /// <summary>Numbers of the characters that are trained on; shape [n].</summary>
    public torch.Tensor Train { get; }

    /// <summary>Numbers of those held out; shape [n].</summary>
    public torch.Tensor Validation { get; }

    /// <summary>Tiny Shakespeare: 1,115,394 characters of the plays, 65 different (Karpathy 2015, char-rnn); 90 % are trained on.</summary>
    /// <exception cref="DataException">It is not here.</exception>
    public static TextCorpus TinyShakespeare() => Read("tinyshakespeare", Path.Combine(DataFolder.Find("tinyshakespeare", ["input.txt"],
        $"Put karpathy/char-rnn's data/tinyshakespeare/input.txt into a folder 'tinyshakespeare' and let {DataFolder.Variable} name the folder above it."), "input.txt"));

    /// <summary>Reads a file in UTF-8.</summary>
    /// <exception cref="DataException">It is not in UTF-8, or too short.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static TextCorpus Read(string name, string path, double trainShare = 0.9)
    {
        var bytes = File.ReadAllBytes(path);
        try
        {
            return new TextCorpus(name, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes), trainShare);
        }
        catch (DecoderFallbackException e)
        {
            throw new DataException("The text is not in UTF-8.", $"{path}, byte {e.Index}", "Convert it, e.g. by iconv -t UTF-8.", e);
        }
    }

    /// <summary>The text of numbers of characters.</summary>
    public string Decode(ReadOnlySpan<long> numbers)
    {
        var text = new StringBuilder(numbers.Length);
        foreach (long n in numbers) text.Append(Vocabulary[(int)n]);
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
    }
}
