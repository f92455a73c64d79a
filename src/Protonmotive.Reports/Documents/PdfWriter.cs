using System.Globalization;
using Protonmotive.Reports.Figures;
using SkiaSharp;

namespace Protonmotive.Reports.Documents;

/// <summary>A document as PDF: A4, vector figures, embedded fonts, links, bookmarks, page numbers.</summary>
/// <remarks>The same document gives the same bytes. SkiaSharp has no door to the structure tree of a tagged PDF; the HTML of the same document is the accessible form.</remarks>
public static class PdfWriter
{
    private const float Width = 595, Height = 842, Side = 42, Top = 50, Bottom = 52, Room = Height - Top - Bottom;

    private static readonly float[] FigureSizes = [1, 0.93f, 0.86f, 0.8f];

    /// <summary>The file.</summary>
    public static byte[] Write(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var setter = new Setter(document);
        var pages = Pages([.. setter.Set(document.Blocks, Width - (2 * Side))]);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < pages.Count; i++)
            foreach (var piece in pages[i].Where(p => p.Anchor.Length > 0)) places.TryAdd(piece.Anchor, i + 1);

        using var stream = new MemoryStream();
        var about = new SKDocumentPdfMetadata { Title = document.Title, Creator = "Protonmotive", Producer = "Protonmotive", RasterDpi = 150, EncodingQuality = 101 };
        using (var pdf = SKDocument.CreatePdf(stream, about))
        {
            for (int i = 0; i < pages.Count; i++)
            {
                var canvas = pdf.BeginPage(Width, Height);
                using (var pen = new Pen(canvas)) Draw(new PageCanvas(canvas, pen, name => places.GetValueOrDefault(name)), pages[i], document.Title, i + 1);
                pdf.EndPage();
            }
            pdf.Close();
        }
        return PdfOutline.Add(stream.ToArray(), [.. document.Blocks.OfType<Heading>().Where(h => h.Level == 2 && h.Anchor.Length > 0).Select(h => (h.Text, h.Anchor))], isFacing: document.Blocks.OfType<NewPage>().Any(p => p.IsLeft));
    }

    // What is taller than its room is made smaller; of a figure with a caption, the figure alone.
    private static Piece Fitted(Piece piece, float room)
    {
        if (piece.Height <= room) return piece;
        if (piece.Scaled is not { } scaled) return Shrunk(piece, room);
        float whole = scaled(1).Height, figure = 2 * (whole - scaled(0.5f).Height), size = (room - whole + figure) / figure;
        return size > 0 ? scaled(size) : Shrunk(piece, room);
    }

    private static Piece Shrunk(Piece piece, float room) => piece with
    {
        Height = room,
        Draw = (page, x, y) =>
        {
            page.Canvas.Save();
            page.Canvas.Translate(x, y);
            page.Canvas.Scale(room / piece.Height);
            piece.Draw(page, 0, 0);
            page.Canvas.Restore();
        },
    };

    private static void Draw(PageCanvas page, List<Piece> pieces, string title, int number)
    {
        if (pieces.Count == 0) return;
        float y = Top;
        foreach (var piece in pieces)
        {
            if (piece.Anchor.Length > 0) page.Canvas.DrawNamedDestinationAnnotation(new SKPoint(0, Math.Max(0, y - 12)), piece.Anchor);
            piece.Draw(page, Side, y);
            y += piece.Height;
        }
        if (number == 1) return;
        Type.Note.Write(page.Pen, title, Side, Height - 34);
        Type.Note.Write(page.Pen, number.ToString(CultureInfo.InvariantCulture), Width - Side, Height - 34, Pen.Align.Right);
    }

    /// <summary>Pieces by page: what keeps together stands together, heads of tables are repeated. Where somewhat smaller figures save a part a page, they are, those alone that must be.</summary>
    private static List<List<Piece>> Pages(List<Piece> pieces)
    {
        var pages = new List<List<Piece>>();
        for (int from = 0; from < pieces.Count;)
        {
            int to = pieces.FindIndex(from + 1, p => p.BeginsPage);
            var part = pieces[from..(to < 0 ? pieces.Count : to)];
            if (part[0].BeginsLeft && pages.Count % 2 == 0) pages.Add([]);
            pages.AddRange(Fitting(part));
            from += part.Count;
        }
        return pages;
    }

    private static List<List<Piece>> Fitting(List<Piece> part)
    {
        List<Piece> Sized(float size) => [.. part.Select(p => p.Scaled?.Invoke(size) ?? p)];
        var (pieces, flow) = FigureSizes.Select(Sized).Select(p => (Pieces: p, Flow: Flow(p))).MinBy(f => f.Flow.Count)!;
        for (int i = 0; i < part.Count; i++)
        {
            if (part[i].Scaled is not { } scaled) continue;
            foreach (float size in FigureSizes.TakeWhile(s => scaled(s).Height > pieces[i].Height))
            {
                List<Piece> larger = [.. pieces[..i], scaled(size), .. pieces[(i + 1)..]];
                var longer = Flow(larger);
                if (longer.Count > flow.Count) continue;
                (pieces, flow) = (larger, longer);
                break;
            }
        }
        return flow;
    }

    private static List<List<Piece>> Flow(List<Piece> pieces)
    {
        var pages = new List<List<Piece>> { new() };
        float used = 0;
        for (int i = 0; i < pieces.Count;)
        {
            // A group that must not be parted.
            int end = i;
            while (end < pieces.Count - 1 && pieces[end].KeepsNext) end++;
            var group = pieces[i..(end + 1)];
            // A figure as tall as a page leaves room to the heading that it stands below.
            int tallest = group.FindIndex(p => p.Height == group.Max(q => q.Height));
            group[tallest] = Fitted(group[tallest], Math.Max(Room / 2, Room - group.Where((_, k) => k != tallest).Sum(p => p.Height)));
            float height = group.Sum(p => p.Height);
            if (used + height > Room && used > 0)
            {
                pages.Add([]);
                used = 0;
                if (group[0].Head is { } head)
                {
                    pages[^1].Add(head);
                    used += head.Height;
                }
            }
            pages[^1].AddRange(group);
            used += height;
            i = end + 1;
        }
        return pages;
    }
}
