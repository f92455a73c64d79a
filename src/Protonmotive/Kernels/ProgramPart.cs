namespace Protonmotive.Kernels;

/// <summary>One compiled method: a stretch of a program on a workspace.</summary>
internal unsafe delegate void ProgramPart(double* w);
