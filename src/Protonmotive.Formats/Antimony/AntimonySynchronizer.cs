namespace Protonmotive.Formats.Antimony;

/// <summary>Makes two elements one: <c>left is right</c>.</summary>
internal static class AntimonySynchronizer
{
    /// <summary>What is said about the right one stays; where nothing is said, what is said about the left one counts.</summary>
    public static void Join(AntimonyElement left, AntimonyElement right, AntimonyElement? factor, AntimonySource source, int token)
    {
        var (from, to) = (left.Canonical, right.Canonical);
        if (from == to) return;
        // A factor holds between the two names; between what stands for them it holds only where neither was joined with one.
        if (factor is not null && (left.FactorsToCanonical.Length > 0 || right.FactorsToCanonical.Length > 0))
            throw source.Fault(token, $"'{left.Name}' and '{right.Name}' are joined by a factor, and one of them was joined by another before.", "Name the factor once, between the two outermost names.");
        if (from.Reaction is not null && to.Reaction is null) (to.Reaction, to.ReactionScope, to.Initial) = (from.Reaction, from.ReactionScope, to.Initial ?? Scaled(from.Initial, factor));
        if (from.Type.Length > 0) AntimonyFlattener.Use(to, from.Type, source, token);
        to.IsConstant ??= from.IsConstant;
        to.IsSubstanceOnly |= from.IsSubstanceOnly;
        to.Compartment ??= from.Compartment;
        to.Unit ??= from.Unit;
        if (to.DisplayName.Length == 0) to.DisplayName = from.DisplayName;
        bool isFree = to.Initial is null && to.Always is null && to.Rate is null;
        if (isFree) (to.Initial, to.Always, to.Rate) = (Scaled(from.Initial, factor), Scaled(from.Always, factor), Scaled(from.Rate, factor));
        else if (to.Always is null) (to.Initial, to.Rate) = (to.Initial ?? Scaled(from.Initial, factor), to.Rate ?? Scaled(from.Rate, factor));
        to.Annotations.AddRange(from.Annotations);
        from.Same = (to, factor);
    }

    private static AntimonyValue? Scaled(AntimonyValue? value, AntimonyElement? factor) =>
        value is null || factor is null ? value : value with { Factors = value.Factors.Add(factor) };
}
