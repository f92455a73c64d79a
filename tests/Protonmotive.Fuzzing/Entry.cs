namespace Protonmotive.Fuzzing;

/// <summary>The program's assembly, for whoever starts it.</summary>
public static class Entry;
