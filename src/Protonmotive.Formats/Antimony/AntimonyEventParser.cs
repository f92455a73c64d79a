using System.Collections.Immutable;

namespace Protonmotive.Formats.Antimony;

/// <summary>Reads events.</summary>
internal sealed class AntimonyEventParser(AntimonyCursor cursor)
{
    /// <summary>An event; the cursor stands on 'at'.</summary>
    public AntimonyEvent Read(int start, AntimonyReference? name)
    {
        cursor.Index++;
        var trigger = cursor.Formula(stopsAtComma: true, stopsAtColon: true);
        AntimonyFormula? delay = null, priority = null;
        if (cursor.Current.IsWord("after"))
        {
            delay = trigger;
            cursor.Index++;
            trigger = cursor.Formula(stopsAtComma: true, stopsAtColon: true);
        }
        bool before = true, fromTrigger = true, persistent = true;
        while (cursor.TakeSign(","))
        {
            int at = cursor.Index;
            var word = cursor.Take().Text;
            cursor.Expect("=", "after a property of an event");
            switch (word)
            {
                case "priority": priority = cursor.Formula(stopsAtComma: true, stopsAtColon: true); break;
                case "t0": before = Truth(); break;
                case "fromTrigger": fromTrigger = Truth(); break;
                case "persistent": persistent = Truth(); break;
                default: throw cursor.Source.Fault(at, $"'{word}' is no property of an event.", "Write 'priority', 't0', 'fromTrigger' or 'persistent'; assignments follow a ':'.");
            }
        }
        cursor.Expect(":", "after the trigger of an event");
        return new AntimonyEvent(cursor.Source, start, name, delay, trigger, priority, before, fromTrigger, persistent, Assignments());
    }

    private bool Truth()
    {
        var token = cursor.Current;
        if (token.Kind != AntimonyTokenKind.Word || !bool.TryParse(token.Text, out bool value)) throw cursor.Unexpected("'true' or 'false'");
        cursor.Index++;
        return value;
    }

    /// <summary>Assignments; they may go on in the next line after the ':' and after each ','.</summary>
    private ImmutableArray<AntimonyAssignment> Assignments()
    {
        var assignments = ImmutableArray.CreateBuilder<AntimonyAssignment>();
        do
        {
            cursor.SkipLines(semicolons: false);
            if (assignments.Count == 0 && cursor.Current.EndsStatement) break;
            int start = cursor.Index;
            var target = cursor.Reference("what the event sets");
            cursor.Expect("=", "after what the event sets");
            assignments.Add(new AntimonyAssignment(cursor.Source, start, target, AntimonyAssignmentKind.Initial, cursor.Formula(stopsAtComma: true, stopsAtColon: true)));
        }
        while (cursor.TakeSign(",") || cursor.TakeSign(":"));
        return assignments.ToImmutable();
    }
}
