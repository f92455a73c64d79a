using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Reference.Solvers.Randomness;

/// <summary>Philox4x32-10 against the known answers of its authors' Random123 distribution (D. E. Shaw Research, file kat_vectors).</summary>
public sealed class PhiloxTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Blocks_have_the_known_answers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal((w0, w1, w2, w3), new Philox(((ulong)k1 << 32) | k0).Block(c0, c1, c2, c3));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, 0x12345678fffffff8)]
    public void Wide_batches_are_the_blocks_word_by_word(ulong seed, ulong member, ulong firstBlock)
    {
        var (wide, plain) = (new ulong[16], new ulong[16]);
        new Philox(seed).Fill(member, firstBlock, wide);
        new Philox(seed).FillPlain(member, firstBlock, plain);
        Assert.Equal(plain, wide);
    }

    [Fact]
    public void A_stream_reads_both_halves_of_its_blocks()
    {
        var (stream, numbers) = (new RandomStream(7, 3), new ulong[16]);
        for (ulong batch = 0; batch < 3; batch++)
        {
            new Philox(7).FillPlain(3, 8 * batch, numbers);
            foreach (ulong number in numbers) Assert.Equal(number, stream.Bits());
        }
    }
}
