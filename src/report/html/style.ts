import { CHART_STYLE } from './chart-style.ts';

/** Style of the page: light, dark, narrow and printed. No font or picture comes from outside. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--panel:#f6f8fa;--text:#1b1f24;--muted:#57606a;--line:#d8dee4;--grid:#e4e7eb;
--band:#f4f5f7;--good:#00664a;--good-bg:#e3f5ee;--warn:#7a4d00;--warn-bg:#fff3d6;--bad:#a33c00;--bad-bg:#fdebe0;
--link:#0059a3;--shadow:#0005;--bar:#0072b2;--bar-bad:#d55e00;
--font:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
@media (prefers-color-scheme:dark){:root{--bg:#14171b;--panel:#1c2126;--text:#e6e9ec;--muted:#9aa4ae;--line:#333a42;
--grid:#2b3138;--band:#1a1f24;--good:#5fd3a8;--good-bg:#12312a;--warn:#f0b850;--warn-bg:#362a10;--bad:#ff9a63;
--bad-bg:#3a2114;--link:#7ab8f0;--shadow:#fff5;--bar:#3d9bd6;--bar-bad:#ee7b30}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 var(--font);overflow-wrap:anywhere}
main{max-width:1400px;margin:0 auto;padding:12px 20px 60px}
h1{font-size:1.35rem;line-height:1.3;margin:0}
h2{font-size:1.2rem;margin:0}
h3{font-size:1rem;margin:18px 0 0}
p{margin:4px 0}
a{color:var(--link)}
section{margin-top:30px;border-top:1px solid var(--line);padding-top:14px}
.question,.caption,.note,.by{color:var(--muted)}
.question{margin-bottom:10px}
.by{font-size:.87rem;margin:2px 0 14px}
.verdict{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:8px 28px;border-left:8px solid;padding:12px 18px;border-radius:4px}
.verdict strong{display:block;font-size:1.6rem;line-height:1.25;letter-spacing:.01em}
.verdict.good,.mark.good{background:var(--good-bg);color:var(--good)}
.verdict.warn,.mark.warn{background:var(--warn-bg);color:var(--warn)}
.verdict.bad,.mark.bad{background:var(--bad-bg);color:var(--bad)}
.verdict{border-color:currentColor}
.verdict p,.verdict .next{color:var(--text)}
.lead{font-size:1.02rem}
.next h2{font-size:.95rem;margin:6px 0 2px}
.next ol{margin:0;padding-left:20px;font-size:.9rem}
.basis{color:var(--muted);font-size:.85rem;margin:0 0 8px}
.fill,.command{background:var(--panel);border:1px dashed var(--line);border-radius:4px;padding:8px 12px}
.alarm{border:2px solid var(--bad);color:var(--bad);border-radius:4px;padding:8px 14px;margin:0 0 10px;font-weight:600}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:10px;margin:14px 0}
.tile{background:var(--panel);border:1px solid var(--line);border-radius:4px;padding:8px 14px}
.tile dt{color:var(--muted);font-size:.87rem}
.tile dd{margin:0;font-size:1.25rem;line-height:1.3}
.tile dd small{display:block;font-size:.8rem;color:var(--muted)}
dl.tiles{margin-bottom:14px}
nav{font-size:.87rem;margin-top:14px}
nav a{display:inline-block;margin-right:14px}
.mark{display:inline-block;padding:0 8px;border-radius:9px;white-space:nowrap;font-size:.87rem;font-weight:600}
/* A shadow at the edge behind which there is more; a cover that moves with the table hides it at the end. */
.scroll{overflow:auto;border:1px solid var(--line);border-radius:4px;margin:10px 0;
background:linear-gradient(to left,var(--bg) 50%,transparent) right/48px 100% no-repeat local,
linear-gradient(to left,var(--shadow),transparent) right/16px 100% no-repeat scroll}
.scroll.tall{max-height:85vh}
table{border-collapse:separate;border-spacing:0;width:100%;font-size:.83rem;font-variant-numeric:tabular-nums}
th,td{padding:5px 6px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:normal}
td{max-width:44ch;min-width:8ch;overflow-wrap:break-word}
th{background:var(--panel);position:sticky;top:0;z-index:1;white-space:nowrap;font-weight:600;vertical-align:bottom}
th:first-child,td:first-child{position:sticky;left:0;z-index:1;background:var(--bg)}
th:first-child{z-index:2;background:var(--panel)}
tbody tr:last-child td{border-bottom:0}
th.n,td.n{text-align:right}
td.n{white-space:nowrap;min-width:0}
.ci{display:block;color:var(--muted);white-space:normal}
.ci span{white-space:nowrap}
th.n{white-space:normal;min-width:7ch}
th[aria-sort],.sortable.live th{cursor:pointer}
th[aria-sort=ascending]::after{content:" ▲"}
th[aria-sort=descending]::after{content:" ▼"}
.margin{display:inline-block;position:relative;width:72px;height:9px;background:var(--grid);border-radius:2px;margin-left:8px}
.margin i{position:absolute;top:0;bottom:0;left:0;background:var(--bar);border-radius:2px}
.margin.over i{background:var(--bar-bad)}
.keep{white-space:nowrap}
.why{display:block;min-width:18ch}
figure{margin:22px 0 0;break-inside:avoid}
figure h3{margin:0}
.caption{font-size:.87rem;margin-bottom:6px}
details{margin:10px 0}
summary{cursor:pointer;font-weight:600}
code{font:.93em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--panel);padding:1px 5px}
dl.words{display:grid;grid-template-columns:minmax(110px,max-content) 1fr;gap:4px 18px;font-size:.93rem}
dl.words dt{font-weight:600}
dl.words dd{margin:0}
h4{font-size:.9rem;margin:10px 0 2px}
@media (max-width:900px){.verdict{grid-template-columns:1fr}}
@media (max-width:600px){main{padding:12px 12px 40px}body{font-size:14px}.verdict strong{font-size:1.35rem}
.tiles{grid-template-columns:1fr 1fr}dl.words{grid-template-columns:1fr}dl.words dd{margin-bottom:6px}
.cards,.cards tbody{display:block}.cards thead{display:none}
.cards.live thead{display:block;border-bottom:1px solid var(--line)}
.cards.live thead tr{display:flex;flex-wrap:wrap;gap:6px;padding:8px;background:none}
.cards.live th{position:static;border:1px solid var(--line);border-radius:4px;padding:1px 7px;min-width:0}
.cards tbody tr{display:grid;grid-template-columns:repeat(3,1fr);gap:5px 12px;padding:8px 10px;border-bottom:1px solid var(--line)}
.cards tbody tr:last-child{border-bottom:0}
.cards td,.cards td.n{display:block;position:static;padding:0;border:0;text-align:left;min-width:0;max-width:none;white-space:normal;overflow-wrap:anywhere}
.cards td[data-h]::before{content:attr(data-h);display:block;color:var(--muted);font-size:.78rem}
.cards td:first-child{font-weight:600}.cards td:first-child::before{content:none}
.cards td.w,.cards td:first-child{grid-column:1/-1}
.cards td:empty{display:none}.why{min-width:0}}
@media print{:root{--bg:#fff;--panel:#f6f8fa;--text:#000;--muted:#444;--line:#bbb;--grid:#ddd;--band:#f4f5f7;
--good:#00664a;--good-bg:#fff;--warn:#7a4d00;--warn-bg:#fff;--bad:#a33c00;--bad-bg:#fff}
body{font-size:11px}main{max-width:none;padding:0}.scroll,.scroll.tall{overflow:visible;max-height:none}nav{display:none}
th,th:first-child,td:first-child{position:static}section{break-before:auto}tr,.tile,.verdict{break-inside:avoid}
td,th{padding:2px 5px;white-space:normal}}
${CHART_STYLE}`;
