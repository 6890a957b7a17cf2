/** Style of the charts: colours that stay apart for colour-blind readers, each with 3 : 1 against the page. */
export const CHART_STYLE = `
:root{--c0:#0072b2;--c1:#c84b00;--c2:#00805c;--c3:#9a6b00;--c4:#b0508a;--c5:#5560d0;--c6:#111827;--c7:#6b7280;
--h0:#f1f5f9;--h1:#dde9f3;--h2:#c6dcec;--h3:#a9cbe4;--h4:#86b6d8;--h5:#5f9dca;--h6:#3d82b8;--h7:#e0a23c;--h8:#d97020;--h9:#a82f10;
--edge:#8792a0;--barink:#fff}
@media (prefers-color-scheme:dark){:root{--c0:#57b0ea;--c1:#ff9259;--c2:#3fcf9f;--c3:#e6b34d;--c4:#e79cc9;--c5:#a3abff;--c6:#f3f4f6;--c7:#a3acb8;
--h0:#1b222a;--h1:#1d2c3a;--h2:#1f384c;--h3:#22465f;--h4:#265675;--h5:#2c698f;--h6:#3a82ae;--h7:#b07a25;--h8:#d8752b;--h9:#ff8a66;--edge:#7d8894;--barink:#0b0e11}}
.c0{--c:var(--c0)}.c1{--c:var(--c1)}.c2{--c:var(--c2)}.c3{--c:var(--c3)}.c4{--c:var(--c4)}.c5{--c:var(--c5)}.c6{--c:var(--c6)}.c7{--c:var(--c7)}
.b0{background:var(--c0)}.b1{background:var(--c1)}.b2{background:var(--c2)}.b3{background:var(--c3)}.b4{background:var(--c4)}
.b5{background:var(--c5)}.b6{background:var(--c6)}.b7{background:var(--c7)}
.h0{--h:var(--h0)}.h1{--h:var(--h1)}.h2{--h:var(--h2)}.h3{--h:var(--h3)}.h4{--h:var(--h4)}.h5{--h:var(--h5)}.h6{--h:var(--h6)}
.h7{--h:var(--h7)}.h8{--h:var(--h8)}.h9{--h:var(--h9)}
rect[class^=h]{fill:var(--h)}i[class*=" h"]{background:var(--h)}
.plot{display:grid;grid-template-columns:62px 1fr;grid-template-rows:190px 20px;margin:14px 0 2px;padding-right:30px}
.ys,.xs,.area{position:relative}
.ys span{position:absolute;right:8px;transform:translateY(50%);white-space:nowrap}
.xs{grid-column:2}
.xs span{position:absolute;transform:translateX(-50%);white-space:nowrap}
.xs span:first-child{transform:none}
.ys,.xs{font-size:.75rem;color:var(--muted);font-variant-numeric:tabular-nums}
.area{border-left:1px solid var(--line);border-bottom:1px solid var(--line);overflow:hidden;touch-action:pan-y;cursor:crosshair}
.area:focus-visible,.scroll:focus-visible,summary:focus-visible,th:focus-visible,button:focus-visible,a:focus-visible
{outline:3px solid var(--link);outline-offset:2px}
.area>svg,.strip>svg{position:absolute;inset:0;width:100%;height:100%;display:block}
.plot path,.legend path{fill:none;vector-effect:non-scaling-stroke}
.line{stroke:var(--c);stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
.dots{stroke:var(--c);stroke-width:4.5;stroke-linejoin:round;stroke-linecap:round}
.dots.dashed{stroke-linecap:square}.dots.dotted{stroke-width:2.5}
.line.dashed{stroke-dasharray:7 5}.line.dotted{stroke-dasharray:1 5}
.plot path.fill{fill:var(--c);opacity:.2}
.grid{stroke:var(--grid);stroke-width:1}
.mark{stroke:var(--bad);stroke-width:1;stroke-dasharray:2 3}
rect.band{fill:var(--band)}rect.dip{fill:var(--c1);opacity:.22}
.bandname,.dipname{position:absolute;top:2px;padding:0 4px;font-size:.72rem;color:var(--muted);white-space:nowrap;overflow:hidden;text-overflow:clip;pointer-events:none}
.dipname{top:18px;overflow:visible;color:var(--bad)}
.markname{position:absolute;bottom:2px;transform:translateX(-50%);font-size:.7rem;font-weight:600;line-height:15px;min-width:15px;text-align:center;padding:0 3px;
border-radius:8px;background:var(--bad-bg);color:var(--bad);pointer-events:none;white-space:nowrap}
.markname.up{bottom:19px}
.cursor{position:absolute;top:0;bottom:0;width:0;border-left:1px solid var(--text);pointer-events:none}
.cursor span{position:absolute;top:20px;left:4px;background:var(--bg);color:var(--text);border:1px solid var(--line);padding:0 5px;font-size:.75rem;white-space:nowrap}
.cursor.left span{left:auto;right:4px}
.brush{position:absolute;top:0;bottom:0;background:var(--link);opacity:.2;pointer-events:none}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 16px;margin:2px 0 0 62px;padding:0;font-size:.8rem}
.legend svg{width:28px;height:8px;vertical-align:middle;margin-right:5px}
.legend output{font-weight:600;font-variant-numeric:tabular-nums;margin-left:3px}
.swatch{display:inline-block;width:14px;height:10px;margin-right:5px;border:1px solid var(--line)}
.zoom{display:flex;flex-wrap:wrap;gap:8px;align-items:center;position:sticky;top:0;z-index:3;background:var(--bg);padding:6px 0}
.zoom[hidden]{display:none}
button{font:inherit;font-size:.85rem;color:var(--text);background:var(--panel);border:1px solid var(--line);border-radius:4px;padding:3px 10px;cursor:pointer}
.marks{font-size:.85rem;margin:4px 0;padding-left:24px;columns:2 320px}
.bars,.heat,.room,.tornado{display:grid;grid-template-columns:minmax(90px,190px) 1fr auto;gap:6px 10px;align-items:center;margin:8px 0;font-size:.85rem}
.bars.thin{gap:2px 10px}
.barname{overflow-wrap:anywhere;line-height:1.25}
.barvalue{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.barname small,.barvalue small{color:var(--muted)}
.track{display:flex;height:24px;background:var(--panel);overflow:hidden}
.thin .track{height:13px}
.track i{display:block;height:100%;flex:none;overflow:hidden;border-right:1px solid var(--bg)}
.track i.gap{border:0}
.track b{display:block;color:var(--barink);font-style:normal;font-weight:600;font-size:.75rem;line-height:24px;padding:0 5px;white-space:nowrap}
.bars+.legend,.heat+.legend,.room+.legend,.tornado+.legend,.thin~.legend{margin-left:0}
.heat{gap:3px 10px}
.strip{position:relative;height:16px}
.strip,.swatch.gap{background:repeating-linear-gradient(135deg,var(--bg) 0 4px,var(--line) 4px 5px)}
.levels{position:relative;display:grid;gap:2px;padding:2px 0;background:var(--panel)}
.levels i{display:block;height:6px;background:var(--c0)}
.levels i.now{height:10px}
.levels i.without{background:var(--c5)}.levels i.grown{background:var(--c7)}.levels i.planned{background:var(--c2)}
.levels i.over{background:repeating-linear-gradient(135deg,var(--c1) 0 5px,var(--bg) 5px 7px)}
.levels .at70,.levels .at85,.levels .at100{position:absolute;top:0;bottom:0;height:auto;width:0;background:none;border-left:1px dashed var(--edge)}
.levels .at70{left:56%}.levels .at85{left:68%}.levels .at100{left:80%;border-left:2px solid var(--text)}
.l-now{background:var(--c0)}.l-without{background:var(--c5)}.l-grown{background:var(--c7)}.l-planned{background:var(--c2)}
.room .barvalue{display:grid;grid-auto-flow:column;grid-auto-columns:84px;justify-content:start;gap:4px}
.room .barvalue .now{font-weight:600}
.tornado{grid-template-columns:minmax(90px,230px) 1fr 1fr}
.tornado .head{font-weight:600;text-align:center}
.swing .axis{position:relative;height:16px;background:linear-gradient(var(--edge),var(--edge)) 50% 0/1px 100% no-repeat var(--panel)}
.swing i{position:absolute;top:1px;height:7px}.swing i+i,.swing i.b1{top:8px}
.swing small{color:var(--muted)}
.map{padding:4px 0}
.map svg{display:block;font-family:var(--font)}
.edge{fill:none;stroke:var(--edge);stroke-width:1.5}.edge.send{stroke-dasharray:2 4}.edge.next{stroke-dasharray:8 5}
#tip path{fill:var(--edge)}
.part text{font-size:12px;fill:var(--text)}.part .name{font-weight:600}.part .rate{fill:var(--muted)}
.part .box{fill:var(--panel);stroke:var(--line)}
.part .used{fill:var(--c0)}.part.warn .used{fill:var(--c3)}.part.bad .used{fill:var(--c1)}
.part .shed{fill:var(--bad);font-weight:600}
.parts{display:none;list-style:none;margin:8px 0;padding:0;font-size:.87rem}
.parts li{padding:6px 0;border-bottom:1px solid var(--line)}
.parts span{float:right}.parts i{display:block;clear:both;height:6px;margin:3px 0;background:var(--c0)}
.parts .warn i{background:var(--c3)}.parts .bad i{background:var(--c1)}
.parts .warn span{color:var(--warn)}.parts .bad span{color:var(--bad);font-weight:600}.parts small{color:var(--muted)}
.part.bad .box{stroke:var(--bad);stroke-width:2}.part.bad .load{fill:var(--bad);font-weight:600}.part.warn .load{fill:var(--warn);font-weight:600}
.chain{list-style:none;counter-reset:step;margin:8px 0;padding:0;border-left:3px solid var(--line);margin-left:12px}
.chain li{position:relative;display:grid;grid-template-columns:104px 1fr;gap:2px 10px;padding:5px 0 5px 26px}
.chain li::before{counter-increment:step;content:counter(step);position:absolute;left:-13px;top:5px;width:22px;height:22px;border-radius:11px;line-height:22px;
text-align:center;font-size:.75rem;font-weight:600;background:var(--bad-bg);color:var(--bad);border:1px solid}
.chain .k-budget-broken::before,.chain .k-disturbed::before{background:var(--bg)}
.chain .when{font-variant-numeric:tabular-nums;font-weight:600}
.chain small{display:block;color:var(--muted)}
.chain .sign{display:inline-block;min-width:1.3em}
.chain[start]{counter-reset:step 12}
@media (max-width:600px){.scroll.map{display:none}.parts{display:block}.plot{grid-template-columns:52px 1fr;grid-template-rows:170px 20px}.legend{margin-left:0}
.track b.s{display:none}.bars,.heat{grid-template-columns:84px 1fr auto;gap:6px;font-size:.78rem}
.room{grid-template-columns:1fr;gap:2px}.room .barvalue{justify-content:start;text-align:left;margin-bottom:8px}
.tornado{grid-template-columns:1fr}.tornado .head{display:none}
.chain li{grid-template-columns:1fr;padding-left:20px}.xs span:nth-child(even){display:none}.zoom .note{display:none}.heat small{display:none}}
@media print{.zoom,.cursor{display:none}.area{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.track,.levels,.strip,.swatch,.mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}.plot{grid-template-rows:140px 18px}}
`;
