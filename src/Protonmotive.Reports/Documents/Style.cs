namespace Protonmotive.Reports.Documents;

/// <summary>The style sheet of documents.</summary>
internal static class Style
{
    public const string Sheet = """
        :root{--ink:#222830;--soft:#666e78;--line:#dfe3e8;--accent:#0072b2}
        *{box-sizing:border-box}
        body{margin:0;background:#fff;color:var(--ink);font:16px/1.55 "Iowan Old Style",Charter,"Bitstream Charter",Georgia,"DejaVu Serif",serif}
        main{max-width:920px;margin:0 auto;padding:40px 28px 80px}
        h1{font-size:2rem;line-height:1.2;margin:.1em 0 .3em}
        h3{margin:1.6em 0 .3em}
        h2{font-size:1.25rem;margin:2.2em 0 .5em;border-top:1px solid var(--line);padding-top:1em}
        .kicker{margin:0;color:var(--accent);font:600 .85rem/1.4 system-ui,"DejaVu Sans",sans-serif;letter-spacing:.02em}
        .question{font-size:1.2rem;color:var(--soft);font-style:italic;margin-top:0}
        .results{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:14px 22px;margin:26px 0 8px;padding:18px 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
        .results div{display:flex;flex-direction:column}
        .facing{display:grid;grid-template-columns:1fr 1fr;gap:0 34px}
        .facing>*{min-width:0}
        .new{break-before:page}
        .contents a{color:inherit}
        .value{font:600 1.5rem/1.2 system-ui,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
        .value small{font-size:.85rem;font-weight:400;color:var(--soft)}
        .name{font:.9rem/1.4 system-ui,"DejaVu Sans",sans-serif}
        .note{display:block;color:var(--soft);font:400 .78rem/1.35 system-ui,"DejaVu Sans",sans-serif}
        figure{margin:30px 0;break-inside:avoid}
        figure svg{width:100%;height:auto;font-family:"DejaVu Sans",Verdana,system-ui,sans-serif}
        figcaption{color:var(--soft);font-size:.9rem;margin-top:4px}
        .wide{overflow-x:auto;margin:18px 0}
        table{border-collapse:collapse;width:100%;font:.86rem/1.4 system-ui,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
        th,td{padding:5px 10px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
        tbody th{font-weight:600}
        thead th{border-bottom:2px solid var(--ink);vertical-align:bottom}
        .n{text-align:right;white-space:nowrap}
        math{font-family:"STIX Two Math","Latin Modern Math","Cambria Math","DejaVu Math TeX Gyre",math}
        td math{font-size:1rem;width:max-content;max-width:100%;margin:.2em 0}
        td math+math{margin-top:.6em}
        tbody th,tbody td{overflow-wrap:break-word}
        .sources li{margin:.3em 0;font-size:.92rem}
        @media(max-width:720px){.facing{grid-template-columns:1fr}}
        @media print{main{max-width:none;padding:0}h2{break-after:avoid}tr{break-inside:avoid}}
        """;
}
