using System.Globalization;
using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks unit definitions and the places that name units.</summary>
/// <remarks>Rules 10302, 10313, 20401 to 20412, 20217 to 20233, 20507 to 20509, 20608, 20701.</remarks>
internal sealed class UnitDefinitionCheck(ModelView view, Findings findings)
{
    private SbmlEdition Edition => view.Edition;

    public void Check()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var definition in view.UnitDefinitions)
        {
            string id = view.Id(definition);
            if (id.Length > 0 && !seen.Add(id)) findings.Error(definition, 10302, $"The unit '{id}' is defined twice.", "Rename or remove one of the two.");
            if (UnitNames.IsBase(id, Edition) || (id == "Celsius" && Edition.Level == 1)) findings.Error(definition, 20401, $"'{id}' is a base unit and can't be defined anew.", "Choose another id.");
            var units = view.Items(definition, "listOfUnits").ToList();
            foreach (var unit in units) Unit(unit);
            if (Edition.Level < 3) BuiltIn(definition, id, units);
        }
        foreach (var e in view.Model.DescendantsAndSelf().Where(e => e.Name.Namespace == view.Core)) References(e);
    }

    private void Unit(XElement unit)
    {
        var kind = ModelView.Text(unit, "kind") ?? "";
        if (kind.Length == 0 || UnitNames.IsBase(kind, Edition)) return;
        findings.Error(unit, kind == "Celsius" && Edition.Level == 2 ? 20412 : 20410, $"'{AttributeCheck.Short(kind)}' is no base unit.", "Use a base unit of SBML, such as mole, litre, second, metre, item or dimensionless.");
    }

    /// <summary>Levels 1 and 2 know five units by name, which may be defined only as variants of what they are.</summary>
    private void BuiltIn(XElement definition, string id, List<XElement> units)
    {
        if (!UnitNames.IsBuiltIn(id, Edition) || units.Count == 0) return;
        string[] allowed = id switch
        {
            "substance" => Edition.Number >= 22 ? ["mole^1", "item^1", "gram^1", "kilogram^1", "dimensionless"] : ["mole^1", "item^1"],
            "length" => Edition.Number >= 22 ? ["metre^1", "dimensionless"] : ["metre^1"],
            "area" => Edition.Number >= 22 ? ["metre^2", "dimensionless"] : ["metre^2"],
            "time" => Edition.Number >= 22 ? ["second^1", "dimensionless"] : ["second^1"],
            _ => Edition.Number >= 22 ? ["litre^1", "metre^3", "dimensionless"] : Edition.Level == 1 ? ["litre^1", "liter^1"] : ["litre^1", "metre^3"],
        };
        if (Dimension(units) is { } found && allowed.Contains(found)) return;
        int rule = id switch { "substance" => 20402, "length" => 20403, "area" => 20404, "time" => 20405, _ => 20406 };
        findings.Error(definition, rule, $"The unit '{id}' is defined as something that is no {id}.", $"Build it of {string.Join(" or ", allowed)}, scaled as needed.");
    }

    /// <summary>The one base unit and its power that remain, as "metre^2"; null where there is more than one.</summary>
    private static string? Dimension(List<XElement> units)
    {
        var powers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var unit in units)
        {
            var kind = ModelView.Text(unit, "kind") switch { "meter" => "metre", "liter" => "litre", { } other => other, null => "" };
            double exponent = double.TryParse(ModelView.Text(unit, "exponent") ?? "1", NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : 1;
            if (kind != "dimensionless") powers[kind] = powers.GetValueOrDefault(kind) + exponent;
        }
        var left = powers.Where(p => p.Value != 0).ToList();
        return left.Count switch { 0 => "dimensionless", 1 => string.Create(CultureInfo.InvariantCulture, $"{left[0].Key}^{left[0].Value}"), _ => null };
    }

    /// <summary>Every attribute that names a unit.</summary>
    private void References(XElement e)
    {
        if (SbmlGrammar.Find(e.Name.LocalName) is not { } grammar) return;
        foreach (var known in grammar.Attributes.Where(a => a.Type == AttributeType.UnitSIdRef && a.Allowed.Holds(Edition)))
        {
            if (ModelView.Text(e, known.Name) is not { Length: > 0 } unit || !AttributeCheck.IsSId(unit)) continue;
            if (!view.UnitsById.ContainsKey(unit) && !UnitNames.IsBase(unit, Edition) && !UnitNames.IsBuiltIn(unit, Edition))
                findings.Error(e, Edition.Number >= 25 ? 10313 : UnknownRule(e, known.Name), $"The unit '{unit}' is not defined.", "Define it in listOfUnitDefinitions, or use a base unit.");
            else if (Kind(e, known.Name) is { } kind && Dimension(unit) is { } found && !kind.Allowed.Contains(found))
                findings.Add(e, kind.Rule, Edition.Level == 3 ? SbmlSeverity.Warning : SbmlSeverity.Error, $"The unit '{unit}' of the attribute {known.Name} does not fit there.", $"Use a unit of the dimension {string.Join(" or ", kind.Allowed)}.");
        }
    }

    private static int UnknownRule(XElement e, string attribute) => e.Name.LocalName switch
    {
        "compartment" => ModelView.Text(e, "spatialDimensions") switch { "1" => 20507, "2" => 20508, _ => 20509 },
        "species" or "specie" => attribute == "spatialSizeUnits" ? 20607 : 20608,
        _ => 20701,
    };

    /// <summary>The dimensions that an attribute allows, and the rule that says so; null where any unit may stand.</summary>
    private (int Rule, string[] Allowed)? Kind(XElement e, string attribute)
    {
        string[] substance = ["mole^1", "item^1", "gram^1", "kilogram^1", "avogadro^1", "dimensionless"];
        return (e.Name.LocalName, attribute) switch
        {
            ("model", "substanceUnits") => (20233, substance),
            ("model", "extentUnits") => (20221, substance),
            ("model", "timeUnits") => (20217, ["second^1", "dimensionless"]),
            ("model", "volumeUnits") => (20218, ["litre^1", "metre^3", "dimensionless"]),
            ("model", "areaUnits") => (20219, ["metre^2", "dimensionless"]),
            ("model", "lengthUnits") => (20220, ["metre^1", "dimensionless"]),
            ("species", "substanceUnits") or ("species", "units") or ("specie", "units") => (20608, Edition.Level == 3 ? substance : substance[..4].Append("dimensionless").ToArray()),
            ("compartment", "units") => ModelView.Text(e, "spatialDimensions") switch
            {
                "1" => (20507, ["metre^1", "dimensionless"]),
                "2" => (20508, ["metre^2", "dimensionless"]),
                "3" => (20509, ["litre^1", "metre^3", "dimensionless"]),
                null when Edition.Level < 3 => (20509, ["litre^1", "metre^3", "dimensionless"]),
                _ => null,
            },
            _ => null,
        };
    }

    private string? Dimension(string unit)
    {
        if (view.UnitsById.TryGetValue(unit, out var definition)) return Dimension([.. view.Items(definition, "listOfUnits")]);
        return unit switch
        {
            "substance" => "mole^1",
            "volume" => "litre^1",
            "area" => "metre^2",
            "length" or "meter" => "metre^1",
            "time" => "second^1",
            "liter" => "litre^1",
            "dimensionless" => unit,
            _ => unit + "^1",
        };
    }
}
