using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Protonmotive.Reports.Mathematics;
using Protonmotive.Reports.Runs;
using static Protonmotive.Reports.Html.HtmlReport;

namespace Protonmotive.Reports.Html;

/// <summary>The processes of a run with their equations and laws, as mathematics.</summary>
internal static class ProcessTable
{
    private const float LineInEm = 40;

    /// <summary>Appends the table; what can't be typeset stands as it is recorded.</summary>
    public static void Append(StringBuilder page, ImmutableArray<ProcessRecord> processes)
    {
        page.Append("<div class=\"wide\"><table class=\"processes\"><thead><tr><th>process</th><th>equation and flux law</th></tr></thead><tbody>");
        foreach (var p in processes)
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(p.Name)}<span class=\"note\">{Text(p.Description)}</span></th><td class=\"law\">{Equation(p.Equation)}{Law(p)}</td></tr>");
        page.Append("</tbody></table></div>\n");
    }

    private static string Equation(string equation) => Formulas.ReadReaction(equation) is { } formula ? MathMl.Write(formula, LineInEm) : Text(equation);

    private static string Law(ProcessRecord process) => Formulas.ReadLaw(process.Name, process.Law) is { } formula ? MathMl.Write(formula, LineInEm) : $"<code>{Text(process.Law)}</code>";
}
