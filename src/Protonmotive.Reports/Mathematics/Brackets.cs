using SkiaSharp;

namespace Protonmotive.Reports.Mathematics;

/// <summary>Brackets of any height and the sign of a root, drawn as shapes.</summary>
internal static class Brackets
{
    /// <summary>A bracket as tall as something; where that is no taller than a line of letters, the letter.</summary>
    /// <param name="sign">The bracket.</param>
    /// <param name="ascent">Reach above the baseline of what it encloses.</param>
    /// <param name="descent">Reach below it.</param>
    /// <param name="size">Size of the letters, in points.</param>
    public static Box Of(string sign, float ascent, float descent, float size)
    {
        if (sign.Length == 0) return GroupBox.Of();
        float axis = FormulaLayout.Axis * size;
        float half = Math.Max(ascent - axis, descent + axis);
        if (half <= 0.56f * size && sign is not "{") return LetterBox.Of(sign, false, size);
        // Something far from the axis on one side alone does not draw the other side along all the way.
        float up = Math.Max(ascent - axis, 0.6f * half) + (0.04f * size), down = Math.Max(descent + axis, 0.6f * half) + (0.04f * size);
        float height = up + down, top = -axis - up, thick = Thickness(height, size);
        return sign switch
        {
            "(" => Round(top, height, Breadth(height, size), thick, size, isOpen: true),
            ")" => Round(top, height, Breadth(height, size), thick, size, isOpen: false),
            "{" => Brace(top, height, 0.48f * size, thick),
            "[" or "⌊" or "⌈" => Square(sign, top, height, 0.3f * size, 0.055f * size, isOpen: true),
            "]" or "⌋" or "⌉" => Square(sign, top, height, 0.3f * size, 0.055f * size, isOpen: false),
            _ => Bar(top, height, size),
        };
    }

    /// <summary>The sign of a root: its hook before something, and the bar above it.</summary>
    /// <param name="hook">Width of the hook.</param>
    /// <param name="width">Width of what is under the bar.</param>
    /// <param name="ascent">Height of the bar's upper edge.</param>
    /// <param name="descent">Reach below the baseline.</param>
    /// <param name="bar">Thickness of the bar.</param>
    /// <param name="size">Size of the letters, in points.</param>
    public static ShapeBox Root(float hook, float width, float ascent, float descent, float bar, float size)
    {
        float height = ascent + descent, knee = descent - Math.Min(0.55f * height, 0.5f * size), thick = 0.1f * size, thin = 0.045f * size;
        return new ShapeBox(hook + width, ascent, descent, path =>
        {
            path.MoveTo(0.06f * size, knee + (0.1f * size)); // the tick
            path.LineTo(0.26f * hook, knee);
            path.LineTo(0.5f * hook, descent - (0.16f * size)); // inner edge of the thick stroke
            path.LineTo(hook - thin, -ascent);
            path.LineTo(hook + width, -ascent);
            path.LineTo(hook + width, -ascent + bar);
            path.LineTo(hook, -ascent + bar);
            path.LineTo(0.5f * hook + (0.35f * thin), descent); // the foot
            path.LineTo(0.5f * hook - (0.35f * thick), descent);
            path.LineTo(0.26f * hook - (0.5f * thin), knee + (0.07f * size));
            path.LineTo(0.06f * size + (0.02f * size), knee + (0.14f * size));
            path.Close();
        });
    }

    private static float Breadth(float height, float size) => Math.Min(0.36f * size + (0.1f * (height - size)), 0.75f * size);

    private static float Thickness(float height, float size) => Math.Min(0.075f * size + (0.012f * (height - size)), 0.11f * size);

    private static ShapeBox Round(float top, float height, float breadth, float thick, float size, bool isOpen)
    {
        float thin = 0.03f * size, side = 0.08f * size, width = breadth + side;
        return new ShapeBox(width, -top, top + height, path =>
        {
            // Of the bow: near its ends thin, in the middle thick.
            float X(float x) => isOpen ? side + x : width - side - x;
            float middle = height * 0.3f, bottom = top + height;
            path.MoveTo(X(breadth - thin), top);
            path.CubicTo(X(-0.12f * breadth), top + middle, X(-0.12f * breadth), bottom - middle, X(breadth - thin), bottom);
            path.LineTo(X(breadth), bottom - thin);
            path.CubicTo(X(-0.12f * breadth + (thick * 1.33f)), bottom - middle - thin, X(-0.12f * breadth + (thick * 1.33f)), top + middle + thin, X(breadth), top + thin);
            path.Close();
        });
    }

    private static ShapeBox Brace(float top, float height, float width, float thick)
    {
        float bottom = top + height, centre = top + (height / 2), stem = (width - thick) / 2, thin = 0.4f * thick, bow = Math.Min(height / 4, width);
        return new ShapeBox(width, -top, bottom, path =>
        {
            path.MoveTo(width, top);
            path.CubicTo(stem + (0.2f * width), top, stem, top + (0.3f * bow), stem, top + bow);
            path.LineTo(stem, centre - bow);
            path.CubicTo(stem, centre - (0.35f * bow), 0.3f * stem, centre - (0.5f * thin), 0, centre);
            path.CubicTo(0.3f * stem, centre + (0.5f * thin), stem, centre + (0.35f * bow), stem, centre + bow);
            path.LineTo(stem, bottom - bow);
            path.CubicTo(stem, bottom - (0.3f * bow), stem + (0.2f * width), bottom, width, bottom);
            path.LineTo(width, bottom - thin);
            path.CubicTo(stem + thick + (0.1f * width), bottom - thin, stem + thick, bottom - (0.4f * bow), stem + thick, bottom - bow);
            path.LineTo(stem + thick, centre + bow);
            path.CubicTo(stem + thick, centre + (0.4f * bow), stem + (0.4f * thick), centre + thin, 0.45f * stem + thin, centre);
            path.CubicTo(stem + (0.4f * thick), centre - thin, stem + thick, centre - (0.4f * bow), stem + thick, centre - bow);
            path.LineTo(stem + thick, top + bow);
            path.CubicTo(stem + thick, top + (0.4f * bow), stem + thick + (0.1f * width), top + thin, width, top + thin);
            path.Close();
        });
    }

    private static ShapeBox Square(string sign, float top, float height, float width, float thick, bool isOpen)
    {
        float bottom = top + height, stem = isOpen ? 0.1f * width : width - (0.1f * width) - thick, from = isOpen ? stem : 0, to = isOpen ? width : stem + thick;
        return new ShapeBox(width, -top, bottom, path =>
        {
            path.AddRect(new SKRect(stem, top, stem + thick, bottom));
            if (sign is not ("⌊" or "⌋")) path.AddRect(new SKRect(from, top, to, top + thick));
            if (sign is not ("⌈" or "⌉")) path.AddRect(new SKRect(from, bottom - thick, to, bottom));
        });
    }

    private static ShapeBox Bar(float top, float height, float size)
    {
        float width = 0.28f * size, thick = 0.045f * size;
        return new ShapeBox(width, -top, top + height, path => path.AddRect(new SKRect((width - thick) / 2, top, (width + thick) / 2, top + height)));
    }
}
