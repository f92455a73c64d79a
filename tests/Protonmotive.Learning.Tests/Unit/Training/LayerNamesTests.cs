using Protonmotive.Learning.Training;
using Xunit;

namespace Protonmotive.Learning.Tests.Unit.Training;

public sealed class LayerNamesTests
{
    [Fact]
    public void Containers_are_left_out_and_rows_are_counted_from_one()
    {
        Assert.Equal(["dense1", "residual1 dense1"], LayerNames.Of(["layers.dense1", "layers.residual1.layers.dense1"]));
        Assert.Equal(["embedding", "block 1 norm1", "block 1 qkv", "block 2 qkv"], LayerNames.Of(["embedding", "blocks.0.norm1", "blocks.0.attention.qkv", "blocks.1.attention.qkv"]));
        Assert.Equal(["block 1 norm", "block 2 norm"], LayerNames.Of(["blocks.0.norm", "blocks.1.norm"]));
    }

    /// <summary>No two layers are called the same.</summary>
    [Fact]
    public void What_can_be_told_apart_stays_apart()
    {
        Assert.Equal(["block 1 a norm", "block 1 b norm", "head"], LayerNames.Of(["blocks.0.a.norm", "blocks.0.b.norm", "head"]));
        string[] alike = ["block.0.norm", "blocks.0.norm"];
        Assert.Equal(alike, LayerNames.Of(alike));
        Assert.Empty(LayerNames.Of([]));
    }
}
