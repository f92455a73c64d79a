using System.Globalization;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Mathematics;
using SkiaSharp;

namespace Protonmotive.Reports.Documents;

/// <summary>Sets blocks as pieces of a column of a given width.</summary>
internal sealed class Setter(Document document)
{
    private const float Gap = 8, CellGap = 9, FormulaSize = 8.5f, NoteWidth = 180;
    private const int MostLines = 12, LongestUnit = 16, FewRows = 3; // of a table, no fewer stand alone on a page
    private int figures;

    /// <summary>The pieces of some blocks; what leads to a figure or a table stands on its page.</summary>
    public IEnumerable<Piece> Set(IReadOnlyList<Block> blocks, float width)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            var pieces = Set(blocks[i], width).ToList();
            if (blocks[i] is Paragraph && i + 1 < blocks.Count && blocks[i + 1] is Picture or Table && pieces.Count > 0)
            {
                // A short one as a whole; a long one is none that must be seen beside it.
                for (int k = pieces.Count <= MostLines ? 0 : pieces.Count; k < pieces.Count; k++) pieces[k] = pieces[k] with { KeepsNext = true };
            }
            // A last line does not stand alone on a page.
            if (i + 1 < blocks.Count && blocks[i + 1] is Paragraph && (i + 2 == blocks.Count || blocks[i + 2] is NewPage) && pieces.Count > 0) pieces[^1] = pieces[^1] with { KeepsNext = true };
            foreach (var piece in pieces) yield return piece;
        }
    }

    private IEnumerable<Piece> Set(Block block, float width) => block switch
    {
        Heading h => SetHeading(h, width),
        Paragraph p => SetParagraph(p, width),
        Table t => SetTable(t, width),
        Picture p => SetPicture(p, width),
        Numbers n => SetNumbers(n, width),
        SourceList s => SetSources(s, width),
        Facing f => [SetFacing(f, width)],
        Contents => SetContents(width),
        NewPage n => [new Piece(0, (_, _, _) => { }) { BeginsPage = true, BeginsLeft = n.IsLeft, KeepsNext = true }],
        _ => throw new ArgumentOutOfRangeException(nameof(block)),
    };

    private static IEnumerable<Piece> SetHeading(Heading heading, float width)
    {
        var type = heading.Level switch { 1 => Type.Title, 2 => Type.Chapter, _ => Type.Section };
        var lines = type.Lines(heading.Text, width);
        float before = heading.Level == 3 ? 8 : 0;
        yield return new Piece(before + (lines.Count * type.Leading) + 4, (page, x, y) =>
        {
            for (int i = 0; i < lines.Count; i++) type.Write(page.Pen, lines[i], x, y + before + (i * type.Leading));
        }) { KeepsNext = true, Anchor = heading.Anchor };
    }

    private static IEnumerable<Piece> SetParagraph(Paragraph paragraph, float width)
    {
        var type = paragraph.Style switch { ParagraphStyle.Kicker => Type.Kicker, ParagraphStyle.Question => Type.Question, ParagraphStyle.Note => Type.Note, _ => Type.Body };
        var bold = type with { IsBold = true };
        // Words with the piece of text they are of, broken into lines.
        var words = paragraph.Spans.Where(s => !s.IsForScreen).SelectMany(s => Words(s.Text).SelectMany(w => (s.IsBold ? bold : type).Parts(w, width)).Select(w => (Text: w, Span: s))).ToList();
        var lines = new List<List<(string Text, Span Span, float X)>> { new() };
        float at = 0;
        float Room((string Text, Span Span) word) => (word.Span.IsBold ? bold : type).Width(word.Text.TrimEnd());
        foreach (var (i, (text, span)) in words.Index())
        {
            // What follows without a space, as a full stop does, goes with it.
            float room = Room(words[i]);
            for (int k = i; k < words.Count - 1 && !words[k].Text.EndsWith(' '); k++) room += Room(words[k + 1]);
            if (at > 0 && at + room > width)
            {
                lines.Add([]);
                at = 0;
            }
            lines[^1].Add((text, span, at));
            at += (span.IsBold ? bold : type).Width(text.TrimEnd()) + (text.EndsWith(' ') ? type.Width(" ") : 0);
        }
        if (words.Count == 0) yield break;
        for (int i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            bool isLast = i == lines.Count - 1;
            yield return new Piece(type.Leading + (isLast ? Gap * 0.7f : 0), (page, x, y) =>
            {
                foreach (var (text, span, offset) in line)
                {
                    var face = span.IsBold ? bold : type;
                    face.Write(page.Pen, text.TrimEnd(), x + offset, y, color: span.Link.StartsWith('#') ? Palette.Series(0) : null);
                    if (span.Link.Length > 0) page.Link(span.Link, SKRect.Create(x + offset, y, face.Width(text), face.Leading));
                }
            }) { KeepsNext = !isLast && (i == 0 || i == lines.Count - 2) || paragraph.LeadsOn && lines.Count <= MostLines || paragraph.Style is ParagraphStyle.Kicker or ParagraphStyle.Question };
        }
    }

    private static IEnumerable<string> Words(string text)
    {
        for (int from = 0; from < text.Length;)
        {
            int to = text.IndexOf(' ', from);
            to = to < 0 ? text.Length : to + 1;
            yield return text[from..to];
            from = to;
        }
    }

    private static IEnumerable<Piece> SetTable(Table table, float width)
    {
        float[] widths = Shares(table, width);
        float[] left = new float[widths.Length];
        for (int i = 1; i < left.Length; i++) left[i] = left[i - 1] + widths[i - 1] + CellGap;
        var (type, strong, note) = (Type.Small, Type.Small with { IsBold = true }, Type.Note);
        var titles = table.Columns.Select((c, i) => (Lines: c.Title.Length > 0 ? strong.Lines(c.Title, widths[i]) : [], Unit: c.Unit is "" or "1" ? [] : note.Lines(c.Unit, widths[i]))).ToList();
        float headHeight = titles.Max(t => (t.Lines.Count * strong.Leading) + (t.Unit.Count * note.Leading)) + 5;
        var head = new Piece(headHeight, (page, x, y) =>
        {
            for (int c = 0; c < titles.Count; c++)
            {
                float top = y + headHeight - 5 - (titles[c].Lines.Count * strong.Leading) - (titles[c].Unit.Count * note.Leading);
                top = Put(page, strong, titles[c].Lines, x + left[c], top, widths[c], table.Columns[c].IsNumber);
                Put(page, note, titles[c].Unit, x + left[c], top, widths[c], table.Columns[c].IsNumber);
            }
            page.Pen.Line(Palette.Ink, x, y + headHeight - 2, x + width, y + headHeight - 2, 1);
        }) { KeepsNext = true };
        bool hasHead = titles.Any(t => t.Lines.Count > 0);
        if (hasHead) yield return head;
        for (int r = 0; r < table.Rows.Length; r++)
        {
            var cells = table.Rows[r].Select((c, i) => (Cell: c, Face: c.IsStrong ? strong : type, Lines: Words(c).Length > 0 || (c.Formulas.IsEmpty && c.Note.Length == 0) ? (c.IsStrong ? strong : type).Lines(Words(c), widths[i]) : [],
                Boxes: c.Formulas.Select(f => FormulaBox.Measure(f, FormulaSize, widths[i])).ToList(), Note: c.Note.Length > 0 ? note.Lines(c.Note, widths[i]) : [])).ToList();
            float height = cells.Max(c => (c.Lines.Count * type.Leading) + c.Boxes.Sum(b => b.Height + 4) + (c.Note.Count * note.Leading)) + 5;
            bool isLast = r == table.Rows.Length - 1;
            yield return new Piece(height + (isLast ? Gap : 0), (page, x, y) =>
            {
                for (int c = 0; c < cells.Count; c++)
                {
                    var (cell, face, lines, boxes, below) = cells[c];
                    bool isNumber = table.Columns[c].IsNumber;
                    float top = Put(page, face, lines, x + left[c], y + 1, widths[c], isNumber, cell.Link.Length > 0 ? Palette.Series(0) : null);
                    if (cell.Link.Length > 0) page.Link(cell.Link, SKRect.Create(x + left[c], y, widths[c], lines.Count * type.Leading));
                    if (boxes.Count > 0) top += 2;
                    foreach (var box in boxes)
                    {
                        box.Draw(page.Pen, x + left[c], top + box.Ascent);
                        top += box.Height + 4;
                    }
                    Put(page, note, below, x + left[c], top, widths[c], isNumber);
                }
                page.Pen.Line(Palette.Grid, x, y + height - 1, x + width, y + height - 1, 0.7f);
            }) { Head = hasHead ? head : null, KeepsNext = !isLast && (r < FewRows - 1 || r >= table.Rows.Length - FewRows) };
        }
    }

    // A unit stays on one line, as in nmol/min/U CS, unless it is a sentence.
    private static string Words(Cell cell) => cell.Unit is "" or "1" ? cell.Text : $"{cell.Text} {(cell.Unit.Length > LongestUnit ? cell.Unit : cell.Unit.Replace(' ', '\u00A0'))}";

    // Lines in a column; the place below them.
    private static float Put(PageCanvas page, Type type, IReadOnlyList<string> lines, float x, float y, float width, bool isNumber, SKColor? color = null)
    {
        foreach (string line in lines)
        {
            type.Write(page.Pen, line, isNumber ? x + width : x, y, isNumber ? Pen.Align.Right : Pen.Align.Left, color);
            y += type.Leading;
        }
        return y;
    }

    // Each column gets what its longest line wants if that fits, heads of numbers broken where they must be; else columns share what is there by their shares.
    private static float[] Shares(Table table, float width)
    {
        float room = width - (CellGap * (table.Columns.Length - 1));
        float[] cells = [.. table.Columns.Select((c, i) => table.Rows.Select(r => Wanted(r[i])).Append(Type.Note.Width(c.Unit)).Max())];
        float[] Wide(Func<TableColumn, string> head) => [.. table.Columns.Select((c, i) => 2 + Math.Max((Type.Small with { IsBold = true }).Width(head(c)), cells[i]))];
        float[] wanted = Wide(c => c.Title);
        if (wanted.Sum() > room) wanted = Wide(c => c.IsNumber ? c.Title.Split(' ').MaxBy(w => w.Length)! : c.Title);
        float total = wanted.Sum();
        if (total <= room)
        {
            int last = table.Columns.Length - 1; // takes what is left, if it holds words
            return [.. wanted.Select((w, i) => i == last && i > 0 && !table.Columns[i].IsNumber ? w + room - total : w)];
        }
        // Narrow columns keep their width; the others share the rest.
        var widths = new float[wanted.Length];
        var open = Enumerable.Range(0, wanted.Length).ToList();
        for (; ; )
        {
            float share = open.Sum(i => (float)table.Columns[i].Share), left = room - Enumerable.Range(0, wanted.Length).Except(open).Sum(i => widths[i]);
            var fits = open.Where(i => wanted[i] <= left * (float)table.Columns[i].Share / share).ToList();
            foreach (int i in fits.Count > 0 ? fits : open) widths[i] = fits.Count > 0 ? wanted[i] : left * (float)table.Columns[i].Share / share;
            if (fits.Count == 0) return widths;
            open.RemoveAll(fits.Contains);
            if (open.Count == 0) return widths;
        }
    }

    private static float Wanted(Cell cell) => Math.Max(Math.Max((Type.Small with { IsBold = cell.IsStrong }).Width(Words(cell)), Math.Min(NoteWidth, Type.Note.Width(cell.Note))), cell.Formulas.Select(f => FormulaBox.Measure(f, FormulaSize).Width).DefaultIfEmpty().Max());

    private IEnumerable<Piece> SetPicture(Picture picture, float width)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"Figure {++figures}.");
        float indent = (Type.Caption with { IsBold = true }).Width(number + " ");
        var lines = Type.Caption.Lines(picture.Words, width - indent);
        Piece Of(float size)
        {
            float drawn = width * size, height = drawn * picture.Figure.Height / picture.Figure.Width;
            return new Piece(height + 6 + (lines.Count * Type.Caption.Leading) + (Gap * 1.5f), (page, x, y) =>
            {
                page.Figure(picture.Figure, x + ((width - drawn) / 2), y, drawn);
                (Type.Caption with { IsBold = true }).Write(page.Pen, number, x, y + height + 4);
                for (int i = 0; i < lines.Count; i++) Type.Caption.Write(page.Pen, lines[i], x + indent, y + height + 4 + (i * Type.Caption.Leading));
            }) { Scaled = Of };
        }
        yield return Of(1);
    }

    private static IEnumerable<Piece> SetNumbers(Numbers numbers, float width)
    {
        int columns = width > 400 ? 4 : 2;
        float room = (width - ((columns - 1) * 14)) / columns;
        foreach (var row in numbers.Results.Chunk(columns))
        {
            var cells = row.Select(r => (Value: Printed.Number(r.Value), Unit: r.Unit == "1" ? "" : r.Unit, Name: Type.Small.Lines(r.Name, room), Note: Printed.Note(r) is { Length: > 0 } note ? Type.Note.Lines(note, room) : [])).ToList();
            float height = Type.Value.Leading + cells.Max(c => (c.Name.Count * Type.Small.Leading) + (c.Note.Count * Type.Note.Leading)) + Gap;
            yield return new Piece(height, (page, x, y) =>
            {
                for (int i = 0; i < cells.Count; i++)
                {
                    var (value, unit, name, note) = cells[i];
                    float left = x + (i * (room + 14)), top = y + Type.Value.Leading;
                    Type.Value.Write(page.Pen, value, left, y);
                    Type.Note.Write(page.Pen, unit, left + Type.Value.Width(value + " "), y + Type.Value.Baseline - Type.Note.Baseline);
                    foreach (string line in name)
                    {
                        Type.Small.Write(page.Pen, line, left, top);
                        top += Type.Small.Leading;
                    }
                    foreach (string line in note)
                    {
                        Type.Note.Write(page.Pen, line, left, top);
                        top += Type.Note.Leading;
                    }
                }
            });
        }
    }

    private static IEnumerable<Piece> SetSources(SourceList sources, float width)
    {
        for (int s = 0; s < sources.Items.Length; s++)
        {
            string number = string.Create(CultureInfo.InvariantCulture, $"{s + 1}.");
            var lines = Type.Small.Lines(sources.Items[s], width - 16);
            yield return new Piece((lines.Count * Type.Small.Leading) + (s == sources.Items.Length - 1 ? Gap : 2), (page, x, y) =>
            {
                Type.Small.Write(page.Pen, number, x, y);
                for (int i = 0; i < lines.Count; i++) Type.Small.Write(page.Pen, lines[i], x + 16, y + (i * Type.Small.Leading));
            });
        }
    }

    private IEnumerable<Piece> SetContents(float width)
    {
        foreach (var h in document.Blocks.OfType<Heading>().Where(h => h.Level == 2 && h.Anchor.Length > 0))
        {
            yield return new Piece(Type.Body.Leading, (page, x, y) =>
            {
                string number = page.PageOf(h.Anchor).ToString(CultureInfo.InvariantCulture);
                Type.Body.Write(page.Pen, h.Text, x, y);
                float from = x + Type.Body.Width(h.Text) + 6, to = x + width - Type.Body.Width(number) - 6;
                page.Pen.Polyline(Palette.Grid, [new SKPoint(from, y + Type.Body.Baseline), new SKPoint(to, y + Type.Body.Baseline)], 0.8f, [1, 3]);
                Type.Body.Write(page.Pen, number, x + width, y, Pen.Align.Right);
                page.Link("#" + h.Anchor, SKRect.Create(x, y, width, Type.Body.Leading));
            });
        }
    }

    private Piece SetFacing(Facing facing, float width)
    {
        float column = (width - 24) / 2;
        var left = Set(facing.Left, column).ToList();
        var right = Set(facing.Right, column).ToList();
        float height = Math.Max(left.Sum(p => p.Height), right.Sum(p => p.Height));
        return new Piece(height + Gap, (page, x, y) =>
        {
            foreach (var (pieces, at) in new[] { (left, x), (right, x + column + 24) })
            {
                float top = y;
                foreach (var piece in pieces)
                {
                    piece.Draw(page, at, top);
                    top += piece.Height;
                }
            }
            page.Pen.Line(Palette.Grid, x + column + 12, y, x + column + 12, y + height - Gap, 0.8f);
        });
    }
}
