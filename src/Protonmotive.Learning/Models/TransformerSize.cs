namespace Protonmotive.Learning.Models;

/// <summary>The size of a decoder-only transformer.</summary>
/// <param name="Vocabulary">Number of different characters.</param>
/// <param name="Context">Characters that it sees at once.</param>
/// <param name="Layers">Blocks.</param>
/// <param name="Heads">Heads of attention in a block.</param>
/// <param name="Width">Numbers a character is held in; a multiple of the heads.</param>
/// <param name="Dropout">Share that dropout silences in training.</param>
public sealed record TransformerSize(int Vocabulary, int Context = 64, int Layers = 4, int Heads = 4, int Width = 128, double Dropout = 0);
