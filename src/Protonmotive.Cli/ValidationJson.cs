using System.Text.Json.Serialization;

namespace Protonmotive.Cli;

/// <summary>The form of pmf validate --json.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(List<FileProblems>))]
internal sealed partial class ValidationJson : JsonSerializerContext;
