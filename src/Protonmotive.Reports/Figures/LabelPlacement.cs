using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Finds places for labels beside their points, off each other, off the points and, where it can, off the lines.</summary>
internal sealed class LabelPlacement
{
    private const float Gap = 9, Dot = 6, Spacing = 3;

    private readonly SKRect area;
    private readonly List<SKPoint> marks;
    private readonly List<SKPoint> ink = [];
    private readonly List<SKRect> taken = [];

    /// <param name="area">Labels stay inside.</param>
    /// <param name="marks">The points.</param>
    /// <param name="lines">Lines to keep off.</param>
    public LabelPlacement(SKRect area, IEnumerable<SKPoint> marks, IEnumerable<List<SKPoint>> lines)
    {
        this.area = area;
        this.marks = [.. marks];
        foreach (var line in lines)
        {
            for (int i = 1; i < line.Count; i++)
            {
                float length = SKPoint.Distance(line[i - 1], line[i]);
                if (!float.IsFinite(length)) continue;
                int parts = Math.Clamp((int)(length / Spacing), 1, 1000);
                for (int k = 0; k < parts; k++) ink.Add(new SKPoint(line[i - 1].X + ((line[i].X - line[i - 1].X) * k / parts), line[i - 1].Y + ((line[i].Y - line[i - 1].Y) * k / parts)));
            }
        }
    }

    /// <summary>The box of a label; null where no place is free of other labels.</summary>
    public SKRect? Place(SKPoint at, float width, float size)
    {
        SKRect? best = null;
        double least = 1000;
        foreach (float distance in (float[])[1, 2.2f, 3.6f])
        {
            foreach (var (dx, dy) in ((int, int)[])[(1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1), (0, -1), (0, 1)])
            {
                float centerX = at.X + (dx * (Gap + (width / 2))), centerY = at.Y + (dy * distance * (Gap + (size / 2)));
                if (dy == 0 && distance > 1) continue;
                var box = new SKRect(centerX - (width / 2) - 2, centerY - (size / 2) - 1, centerX + (width / 2) + 2, centerY + (size / 2) + 1);
                if (!area.Contains(box)) continue;
                double cost = (distance - 1) + (1000 * taken.Count(t => t.IntersectsWith(box))) + (50 * marks.Count(m => SKRect.Inflate(box, Dot, Dot).Contains(m) && m != at)) + ink.Count(SKRect.Inflate(box, 2, 3).Contains);
                if (cost >= least) continue;
                (least, best) = (cost, box);
            }
        }

        if (best is not { } chosen) return null;
        taken.Add(chosen);
        return chosen;
    }
}
