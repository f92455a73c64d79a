using System.Text.Json.Serialization;

namespace Protonmotive.Learning.Accounts;

/// <summary>Serialisation of training accounts without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = false, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(TrainingAccount))]
public sealed partial class TrainingJson : JsonSerializerContext;
