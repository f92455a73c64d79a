namespace Protonmotive.Kernels;

/// <summary>A program with the slots it leaves its results in.</summary>
/// <param name="Program">What to run.</param>
/// <param name="First">First slot of the results.</param>
/// <param name="Count">Number of results.</param>
/// <param name="Text">What the program was made from, for other widths.</param>
internal readonly record struct PlacedProgram(Executable Program, int First, int Count, ProgramText Text);
