using Protonmotive.Learning.Accounts;

namespace Protonmotive.Learning.Tests.Unit.Diagnoses;

/// <summary>A fault that is planted into a small training.</summary>
/// <param name="Finding">What must be found.</param>
/// <param name="What">How it is planted.</param>
/// <param name="Planted">Trains with the fault, with a seed for weights and data.</param>
/// <param name="Twins">Trainings without it.</param>
internal sealed record Plant(string Finding, string What, Func<int, TrainingAccount> Planted, params Func<int, TrainingAccount>[] Twins);
