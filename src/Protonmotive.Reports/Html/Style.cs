namespace Protonmotive.Reports.Html;

/// <summary>The style sheet of reports.</summary>
internal static class Style
{
    public const string Sheet = """
        :root{--ink:#222830;--soft:#666e78;--line:#dfe3e8;--accent:#0072b2}
        *{box-sizing:border-box}
        body{margin:0;background:#fff;color:var(--ink);font:16px/1.55 "Iowan Old Style",Charter,"Bitstream Charter",Georgia,"DejaVu Serif",serif}
        main{max-width:920px;margin:0 auto;padding:40px 28px 80px}
        h1{font-size:2rem;line-height:1.2;margin:.1em 0 .3em}
        h2{font-size:1.25rem;margin:2.2em 0 .5em;border-top:1px solid var(--line);padding-top:1em}
        .kicker{margin:0;color:var(--accent);font:600 .85rem/1.4 system-ui,"DejaVu Sans",sans-serif;letter-spacing:.02em}
        .question{font-size:1.2rem;color:var(--soft);font-style:italic;margin-top:0}
        .results{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:14px 22px;margin:26px 0 8px;padding:18px 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
        .results div{display:flex;flex-direction:column}
        .value{font:600 1.5rem/1.2 system-ui,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
        .value small{font-size:.85rem;font-weight:400;color:var(--soft)}
        .name{font:.9rem/1.4 system-ui,"DejaVu Sans",sans-serif}
        .note{display:block;color:var(--soft);font:400 .78rem/1.35 system-ui,"DejaVu Sans",sans-serif}
        figure{margin:30px 0;break-inside:avoid}
        figure svg{width:100%;height:auto;font-family:"DejaVu Sans",Verdana,system-ui,sans-serif}
        figcaption{color:var(--soft);font-size:.9rem;margin-top:4px}
        .wide{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font:.86rem/1.4 system-ui,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
        th,td{padding:5px 10px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
        tbody th{font-weight:600}
        thead th{border-bottom:2px solid var(--ink);vertical-align:bottom}
        .n{text-align:right;white-space:nowrap}
        .carrier td{color:var(--soft);border-bottom:0;padding-top:1px;padding-bottom:1px}
        .carrier td:first-child{padding-left:18px}
        .closing{max-width:560px;margin-top:22px}
        .closing th{font-weight:400}
        .closing .sum th,.closing .sum td{font-weight:600;border-top:1px solid var(--ink)}
        .boundary{margin-top:18px}
        .set th,.set td{background:#fff7e6}
        math{font-family:"STIX Two Math","Latin Modern Math","Cambria Math","DejaVu Math TeX Gyre",math}
        .processes th:first-child{width:20%}
        .law{vertical-align:middle}
        .law math{font-size:1rem;width:max-content;max-width:100%;margin:.2em 0}
        .law math+math{margin-top:.6em}
        .law code{display:block;font-size:.76rem;overflow-wrap:anywhere;color:var(--ink)}
        .sources li{margin:.3em 0;font-size:.92rem}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;font:.86rem/1.45 system-ui,"DejaVu Sans",sans-serif}
        dt{color:var(--soft)} dd{margin:0;overflow-wrap:anywhere}
        @media print{main{max-width:none;padding:0}h2{break-after:avoid}tr{break-inside:avoid}}
        """;
}
