using System.Runtime.InteropServices;

namespace Protonmotive.Symbolics;

/// <summary>The weak table that makes equal expressions one object; entries go when nobody holds their expression.</summary>
/// <remarks>
/// Chained hashing over arrays, in stripes with a lock each. A weak handle is made once an entry and used again by the next
/// expression that takes the entry, so a new node costs a handle only while the table grows.
/// </remarks>
internal static class ExpressionTable
{
    private const int StripeCount = 64;
    private static readonly Stripe[] stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe())];

    /// <summary>The living expression of that hash that is equal to the asked one, or the one it makes of itself.</summary>
    public static Expression Intern<T>(int hash, in T asked)
        where T : struct, IAsked, allows ref struct => stripes[(uint)hash % StripeCount].Intern(hash, in asked);

    /// <summary>An expression asked for before it is known whether it exists.</summary>
    internal interface IAsked
    {
        /// <summary>Whether a living expression is the one asked for.</summary>
        bool Is(Expression known);

        /// <summary>Makes it.</summary>
        Expression Make(int hash);
    }

    private struct Entry
    {
        public int Hash;
        public int Next;
        public WeakGCHandle<Expression> Handle;
    }

    private sealed class Stripe
    {
        private readonly Lock gate = new();
        private int[] heads = NewHeads(256);
        private Entry[] entries = new Entry[256];
        private int used;
        private int free = -1; // entries whose expression is gone, linked by Next

        public Expression Intern<T>(int hash, in T asked)
            where T : struct, IAsked, allows ref struct
        {
            lock (gate)
            {
                for (int e = heads[Bucket(hash)]; e >= 0; e = entries[e].Next)
                {
                    if (entries[e].Hash == hash && entries[e].Handle.TryGetTarget(out var known) && asked.Is(known)) return known;
                }
                var made = asked.Make(hash);
                Add(hash, made);
                return made;
            }
        }

        private void Add(int hash, Expression made)
        {
            if (free < 0 && used == entries.Length) Sweep();
            int e = free;
            if (e >= 0)
            {
                free = entries[e].Next;
                entries[e].Handle.SetTarget(made);
            }
            else
            {
                e = used++;
                entries[e].Handle = new WeakGCHandle<Expression>(made);
            }
            entries[e].Hash = hash;
            entries[e].Next = heads[Bucket(hash)];
            heads[Bucket(hash)] = e;
        }

        // The low bits chose the stripe.
        private int Bucket(int hash) => (int)((uint)hash / StripeCount) & (heads.Length - 1);

        /// <summary>Frees the entries of what is gone, and doubles the table where that leaves less than half of it free.</summary>
        private void Sweep()
        {
            int living = 0;
            for (int e = 0; e < used; e++) if (entries[e].Handle.TryGetTarget(out _)) living++;
            if (2 * living > entries.Length) Array.Resize(ref entries, 2 * entries.Length);
            heads = NewHeads(entries.Length);
            free = -1;
            for (int e = used - 1; e >= 0; e--)
            {
                ref int head = ref entries[e].Handle.TryGetTarget(out _) ? ref heads[Bucket(entries[e].Hash)] : ref free;
                entries[e].Next = head;
                head = e;
            }
        }

        private static int[] NewHeads(int count)
        {
            var heads = new int[count];
            Array.Fill(heads, -1);
            return heads;
        }
    }
}
