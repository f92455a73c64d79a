using System.Collections.Immutable;
using System.Xml.Linq;

namespace Protonmotive.Formats.SedMl;

/// <summary>A model: a file or another model, with changes.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Source">A path beside the document, or '#' and the id of another model.</param>
/// <param name="Language">URN of its language; empty where none is given.</param>
/// <param name="Changes">Made in this order before anything is run.</param>
public sealed record SedModel(string Id, string Name, string Where, string Source, string Language, ImmutableArray<SedChange> Changes) : SedElement(Id, Name, Where);

/// <summary>A change of a model's file.</summary>
/// <param name="Where">File, line and column.</param>
/// <param name="Target">What is changed.</param>
public abstract record SedChange(string Where, SedPath Target) : SedElement("", "", Where);

/// <summary>A new value of an attribute.</summary>
/// <param name="Where">File, line and column.</param>
/// <param name="Target">The attribute.</param>
/// <param name="Value">Its new value.</param>
public sealed record SedAttributeChange(string Where, SedPath Target, string Value) : SedChange(Where, Target);

/// <summary>New elements inside an element.</summary>
/// <param name="Where">File, line and column.</param>
/// <param name="Target">The element that receives them.</param>
/// <param name="Content">The new elements.</param>
public sealed record SedAddXml(string Where, SedPath Target, ImmutableArray<XElement> Content) : SedChange(Where, Target);

/// <summary>New elements in place of an element.</summary>
/// <param name="Where">File, line and column.</param>
/// <param name="Target">The element replaced.</param>
/// <param name="Content">The new elements.</param>
public sealed record SedChangeXml(string Where, SedPath Target, ImmutableArray<XElement> Content) : SedChange(Where, Target);

/// <summary>Removal of an element or attribute.</summary>
/// <param name="Where">File, line and column.</param>
/// <param name="Target">What is removed.</param>
public sealed record SedRemoveXml(string Where, SedPath Target) : SedChange(Where, Target);

/// <summary>A new value of an attribute, computed from values in model files.</summary>
/// <param name="Where">File, line and column.</param>
/// <param name="Target">The attribute, or an element whose value it is.</param>
/// <param name="Formula">The new value.</param>
public sealed record SedComputeChange(string Where, SedPath Target, SedFormula Formula) : SedChange(Where, Target);
