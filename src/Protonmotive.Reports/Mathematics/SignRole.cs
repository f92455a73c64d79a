namespace Protonmotive.Reports.Mathematics;

/// <summary>What stands between two things, which says how much room it takes.</summary>
public enum SignRole
{
    /// <summary>A sum's + or −, a product's · or ×.</summary>
    Binary,
    /// <summary>=, &lt;, an arrow.</summary>
    Relation,
    /// <summary>A sign before its operand: −x, ¬x.</summary>
    Prefix,
    /// <summary>A sign after its operand: n!.</summary>
    Postfix,
    /// <summary>A comma.</summary>
    Separator,
    /// <summary>A product without a sign: a little room and nothing in it.</summary>
    Product,
    /// <summary>A product of single letters or a number, without a sign and without room: 2πr.</summary>
    Beside,
    /// <summary>A function and its argument, joined without room.</summary>
    Application,
}
