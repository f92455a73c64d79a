using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks events.</summary>
/// <remarks>Rules 10305, 10306, 21206, 21207, 21211 and 21212.</remarks>
internal static class EventCheck
{
    public static void Check(ModelView view, Findings findings)
    {
        var ruled = view.AssignmentRules.Select(ModelView.Target).ToHashSet(StringComparer.Ordinal);
        foreach (var e in view.Events)
        {
            if (view.Edition.Number is 24 or 25 && !ModelView.Flag(e, "useValuesFromTriggerTime", true) && view.Child(e, "delay") is null)
                findings.Error(e, 21206, $"The event '{view.Id(e)}' sets useValuesFromTriggerTime=\"false\", and has no delay.", "Remove the attribute, or add a delay.");
            var set = new HashSet<string>(StringComparer.Ordinal);
            foreach (var assignment in view.Items(e, "listOfEventAssignments"))
            {
                if (ModelView.Text(assignment, "variable") is not { } variable) continue;
                if (!set.Add(variable)) findings.Error(assignment, 10305, $"The event sets '{variable}' twice.", "Keep one of the assignments.");
                if (ruled.Contains(variable)) findings.Error(assignment, 10306, $"The event sets '{variable}', which has an assignment rule.", "Remove one of the two.");
                bool known = view.Symbols.TryGetValue(variable, out var target) && target.Name.LocalName is "compartment" or "species" or "parameter" or "speciesReference";
                if (!known) findings.Error(assignment, 21211, $"The event sets '{variable}', which is no compartment, species or parameter{(view.Edition.Level == 3 ? " or reference to a species" : "")}.", "Declare it, or mend its spelling.");
                else if (view.IsConstant(target!)) findings.Error(assignment, 21212, $"The event sets '{variable}', which is constant.", "Set constant=\"false\" on it.");
            }
        }
    }
}
