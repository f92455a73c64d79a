namespace Protonmotive.Kernels;

/// <summary>What an equation is called in errors; put together only when one is shown.</summary>
/// <param name="Text">The equation.</param>
/// <param name="By">The state by which its derivative is meant; null for the equation itself.</param>
internal readonly record struct EquationName(string Text, string? By = null)
{
    /// <summary>A name as it is.</summary>
    public static implicit operator EquationName(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => By is null ? Text : $"derivative of the {Text} by '{By}'";
}
