namespace Protonmotive.Symbolics;

/// <summary>How tightly a form of the infix language holds its operands, from loose to tight.</summary>
internal enum Binding
{
    /// <summary><c>||</c>.</summary>
    Or,
    /// <summary><c>&amp;&amp;</c>.</summary>
    And,
    /// <summary><c>&lt; &lt;= &gt; &gt;= == !=</c>, which do not chain.</summary>
    Relation,
    /// <summary><c>+ -</c>.</summary>
    Sum,
    /// <summary><c>* /</c>.</summary>
    Product,
    /// <summary>Prefix <c>-</c> and <c>!</c>.</summary>
    Unary,
    /// <summary><c>^</c>, associative to the right.</summary>
    Power,
    /// <summary>Numbers, names, calls and parentheses.</summary>
    Atom,
}
