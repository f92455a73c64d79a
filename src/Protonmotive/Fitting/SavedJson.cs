using System.Text.Json;
using System.Text.Json.Serialization;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Profiles;
using Protonmotive.Fitting.Sampling;
using Protonmotive.Fitting.Starts;
using Protonmotive.Fitting.Training;

namespace Protonmotive.Fitting;

/// <summary>States as JSON: numbers in the shortest form that reads back as the same bits.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StartState))]
[JsonSerializable(typeof(OptimiserState))]
[JsonSerializable(typeof(FitIdentity))]
[JsonSerializable(typeof(ProfileBranch))]
[JsonSerializable(typeof(ChainState))]
[JsonSerializable(typeof(TrainingState))]
internal sealed partial class SavedJson : JsonSerializerContext;
