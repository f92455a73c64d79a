namespace Protonmotive.Reports.Figures;

/// <summary>A figure without its title, for pages whose caption says it.</summary>
/// <param name="whole">The figure with its title.</param>
internal sealed class UntitledFigure(Figure whole) : Figure
{
    /// <inheritdoc/>
    public override string Name => whole.Name;

    /// <inheritdoc/>
    public override string Caption => whole.Caption;

    /// <inheritdoc/>
    public override int Width { get => whole.Width; set => whole.Width = value; }

    /// <inheritdoc/>
    public override int Height => (int)(whole.Height - whole.TitleHeight);

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        pen.HasTitles = false;
        pen.At(0, -whole.TitleHeight, () => whole.DrawWith(pen));
    }
}
