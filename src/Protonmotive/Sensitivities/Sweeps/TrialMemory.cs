using System.Buffers;
using System.Runtime.InteropServices;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>
/// Room for the trial steps of a block, in large pieces of the shared pool. Gradients are asked for again and again, each with megabytes of steps: memory that were new each time would cost more
/// than the adjoint itself, since the system maps every page of it at first touch.
/// </summary>
internal sealed unsafe class TrialMemory : IDisposable
{
    private const int PieceLength = 1 << 17, Alignment = 64; // numbers, a megabyte; bytes
    private readonly int length, perPiece;
    private readonly List<(double[] Numbers, GCHandle Pin, nint First)> pieces = [];

    /// <summary>Makes no room yet.</summary>
    /// <param name="length">Numbers of a trial step.</param>
    public TrialMemory(int length)
    {
        this.length = length;
        perPiece = Math.Max(1, (PieceLength - (Alignment / sizeof(double))) / length);
    }

    /// <summary>The place of a trial step; what it holds before it is written is left over from others.</summary>
    public double* At(int trial)
    {
        while (trial / perPiece >= pieces.Count) Add();
        return (double*)pieces[trial / perPiece].First + ((long)(trial % perPiece) * length);
    }

    /// <summary>Gives the room back; the next <see cref="At"/> makes new.</summary>
    public void Dispose()
    {
        foreach (var (numbers, pin, _) in pieces)
        {
            pin.Free();
            ArrayPool<double>.Shared.Return(numbers);
        }
        pieces.Clear();
    }

    private void Add()
    {
        var numbers = ArrayPool<double>.Shared.Rent((perPiece * length) + (Alignment / sizeof(double)));
        var pin = GCHandle.Alloc(numbers, GCHandleType.Pinned);
        nint first = pin.AddrOfPinnedObject();
        pieces.Add((numbers, pin, (first + Alignment - 1) & ~(nint)(Alignment - 1)));
    }
}
