namespace Protonmotive.Symbolics;

/// <summary>The weak table that makes equal expressions one object; entries go when nobody holds their expression.</summary>
internal static class ExpressionTable
{
    private const int StripeCount = 64;
    private static readonly Stripe[] stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe())];

    /// <summary>The living expression that matches, or the one that <paramref name="create"/> makes.</summary>
    public static Expression Intern(int hash, Func<Expression, bool> matches, Func<Expression> create) =>
        stripes[(uint)hash % StripeCount].Intern(hash, matches, create);

    private sealed class Stripe
    {
        private readonly Lock gate = new();
        private readonly Dictionary<int, List<WeakReference<Expression>>> entries = [];
        private int sweepAt = 1024;

        public Expression Intern(int hash, Func<Expression, bool> matches, Func<Expression> create)
        {
            lock (gate)
            {
                if (!entries.TryGetValue(hash, out var bucket)) entries.Add(hash, bucket = new(1));
                foreach (var reference in bucket)
                {
                    if (reference.TryGetTarget(out var known) && matches(known)) return known;
                }
                var made = create();
                bucket.Add(new WeakReference<Expression>(made));
                if (entries.Count > sweepAt) Sweep();
                return made;
            }
        }

        private void Sweep()
        {
            foreach (var (hash, bucket) in entries)
            {
                bucket.RemoveAll(reference => !reference.TryGetTarget(out _));
                if (bucket.Count == 0) entries.Remove(hash);
            }
            sweepAt = Math.Max(1024, 2 * entries.Count);
        }
    }
}
