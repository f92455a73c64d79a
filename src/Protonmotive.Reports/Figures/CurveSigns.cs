using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Small signs along curves and in legends, so that curves are told apart without colour.</summary>
internal sealed class CurveSigns
{
    private const int PerCurve = 4, Shapes = 5;
    private const float Size = 4;
    private readonly Dictionary<int, int> places = [];

    /// <summary>Signs for the curves that nothing but colour tells apart: whole lines without marks, if there are several.</summary>
    public CurveSigns(IReadOnlyList<LineCurve> curves)
    {
        for (int i = 0; i < curves.Count; i++)
            if (curves[i] is { Dashes: null, HasMarks: false, Label.Length: > 0 } curve && curve.Lines is [{ Upper: null }]) places.Add(i, places.Count);
        if (places.Count < 2) places.Clear();
    }

    /// <summary>Draws a curve's signs along it, at even distances, apart from those of the others.</summary>
    public void Along(Pen pen, int curve, SKColor color, IReadOnlyList<SKPoint> points)
    {
        if (!places.TryGetValue(curve, out int place)) return;
        var way = points.Where(p => float.IsFinite(p.X) && float.IsFinite(p.Y)).ToList();
        if (way.Count < 2) return;
        var lengths = way.Skip(1).Zip(way, SKPoint.Distance).ToList();
        float whole = lengths.Sum(), passed = 0;
        for (int i = 0, k = 0; i < lengths.Count && k < PerCurve; i++)
        {
            for (; k < PerCurve; k++)
            {
                float at = (k + ((place + 0.5f) / places.Count)) / PerCurve * whole;
                if (at > passed + lengths[i]) break;
                float share = lengths[i] > 0 ? (at - passed) / lengths[i] : 0;
                Draw(pen, place, color, way[i].X + (share * (way[i + 1].X - way[i].X)), way[i].Y + (share * (way[i + 1].Y - way[i].Y)));
            }
            passed += lengths[i];
        }
    }

    /// <summary>Draws a curve's sign in a legend.</summary>
    public void InLegend(Pen pen, int curve, SKColor color, float x, float y)
    {
        if (places.TryGetValue(curve, out int place)) Draw(pen, place, color, x, y);
    }

    private static void Draw(Pen pen, int place, SKColor color, float x, float y)
    {
        using var path = new SKPath();
        switch (place % Shapes)
        {
            case 0: path.AddCircle(x, y, Size - 0.5f); break;
            case 1: path.AddRect(SKRect.Create(x - Size + 0.7f, y - Size + 0.7f, (2 * Size) - 1.4f, (2 * Size) - 1.4f)); break;
            case 2: path.AddPoly([new(x - Size, y + Size - 1), new(x, y - Size), new(x + Size, y + Size - 1)]); break;
            case 3: path.AddPoly([new(x - Size, y), new(x, y - Size), new(x + Size, y), new(x, y + Size)]); break;
            default: path.AddPoly([new(x - Size, y - Size + 1), new(x, y + Size), new(x + Size, y - Size + 1)]); break;
        }
        pen.Fill(place < Shapes ? color : SKColors.White, path);
        path.Close();
        if (place >= Shapes) pen.Polyline(color, [.. path.Points.Append(path.Points[0])], 1);
    }
}
