/**
 * What the page does when scripts may run: reads values at the cursor of all charts over time at once, moves the time they
 * show, sorts tables, opens folded blocks for paper. Plain script text, as browsers take it; `spoken` is charts/axis.ts'.
 */
export const PAGE_SCRIPT = String.raw`
const plots = JSON.parse(document.getElementById('plots').textContent);
const SIDE = 1000;
/* One view a kind of axis: the charts over time move together. */
const views = {};
const all = [...document.querySelectorAll('.plot')].map((node) => {
  const data = plots[node.dataset.plot];
  const view = (views[data.kind] ??= { kind: data.kind, from: data.from, to: data.to, at: null, plots: [] });
  const plot = {
    node, data, view,
    area: node.querySelector('.area'),
    svg: node.querySelector('.area > svg'),
    xs: node.querySelector('.xs'),
    names: [...node.querySelectorAll('[data-from]')],
    outputs: [...node.parentElement.querySelectorAll('output')],
  };
  plot.cursor = document.createElement('div');
  plot.cursor.className = 'cursor';
  plot.cursor.hidden = true;
  plot.cursor.append(document.createElement('span'));
  plot.brush = document.createElement('div');
  plot.brush.className = 'brush';
  plot.brush.hidden = true;
  plot.area.append(plot.cursor, plot.brush);
  view.plots.push(plot);
  return plot;
});
for (const view of Object.values(views)) {
  view.first = Math.min(...view.plots.map(({ data }) => data.from));
  view.last = Math.max(...view.plots.map(({ data }) => data.to));
  view.from = view.first;
  view.to = view.last;
}
const strips = [...document.querySelectorAll('.heat .strip > svg')];
const percent = (share) => (share * 100).toFixed(2) + '%';
function steps(view) {
  const length = view.to - view.from;
  const rough = length / 7;
  if (view.kind === 'time') {
    const round = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200];
    return round.find((step) => step >= rough) ?? Math.ceil(rough / 86400) * 86400;
  }
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((each) => each * power).find((step) => step >= rough);
}
function show(view) {
  const length = view.to - view.from || 1;
  const place = (x) => (x - view.from) / length;
  const step = steps(view);
  const ticks = [];
  for (let nth = Math.ceil(view.from / step - 1e-9); nth * step <= view.to + 1e-9; nth++) ticks.push(nth * step);
  const box = (first, last) => {
    const whole = last - first || 1;
    return ((view.from - first) / whole) * SIDE + ' 0 ' + (length / whole) * SIDE + ' ' + SIDE;
  };
  for (const { data, svg, xs, names } of view.plots) {
    svg.setAttribute('viewBox', box(data.from, data.to));
    xs.replaceChildren(...ticks.map((at) => {
      const label = document.createElement('span');
      label.style.left = percent(place(at));
      label.textContent = spoken.x(view.kind, data.start, Number(at.toPrecision(12)));
      return label;
    }));
    for (const name of names) {
      const left = Math.max(0, place(Number(name.dataset.from)));
      const right = name.dataset.to === undefined ? left : Math.min(1, place(Number(name.dataset.to)));
      name.style.left = percent(left);
      if (name.dataset.to !== undefined) name.style.width = percent(Math.max(0, right - left));
      name.hidden = left > 1 || right < 0 || place(Number(name.dataset.from)) > 1 || right < left
        || (name.dataset.to === undefined && place(Number(name.dataset.from)) < 0);
    }
  }
  if (view.kind === 'time') for (const svg of strips) svg.setAttribute('viewBox', box(view.first, view.last));
  document.body.dataset.zoomed = String(view.from > view.first || view.to < view.last);
  read(view);
}
/* Value of the nearest point at or before x; a level has one value everywhere. */
function valueAt(points, x) {
  if (points.length === 2) return points[1];
  let low = 0;
  let high = points.length / 2 - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (points[middle * 2] <= x) low = middle; else high = middle - 1;
  }
  const next = Math.min(low + 1, points.length / 2 - 1);
  const nearest = Math.abs(points[next * 2] - x) < Math.abs(points[low * 2] - x) ? next : low;
  return points[nearest * 2 + 1];
}
function read(view) {
  for (const { data, cursor, outputs } of view.plots) {
    const isSeen = view.at !== null && view.at >= view.from && view.at <= view.to;
    cursor.hidden = !isSeen;
    if (isSeen) {
      const share = (view.at - view.from) / (view.to - view.from || 1);
      cursor.style.left = percent(share);
      cursor.classList.toggle('left', share > 0.8);
      const shown = view.kind === 'time' ? Math.round(view.at * 10) / 10 : view.at;
      cursor.firstChild.textContent = spoken.x(view.kind, data.start, shown);
    }
    for (const output of outputs) {
      const points = data.series[Number(output.dataset.series)];
      const value = isSeen && points ? valueAt(points, view.at) : null;
      output.textContent = !isSeen ? '' : value === null ? '–' : spoken.quantity(data.unit, value);
    }
  }
}
function zoom(view, from, to) {
  const least = (view.last - view.first) / 200;
  let length = Math.min(Math.max(to - from, least), view.last - view.first);
  const middle = (from + to) / 2;
  view.from = Math.min(Math.max(middle - length / 2, view.first), view.last - length);
  view.to = view.from + length;
  show(view);
}
function scale(view, factor) {
  const at = view.at ?? (view.from + view.to) / 2;
  zoom(view, at - (at - view.from) * factor, at + (view.to - at) * factor);
}
for (const plot of all) {
  const { area, view, brush } = plot;
  const xOf = (event) => {
    const { left, width } = area.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    return view.from + share * (view.to - view.from);
  };
  let start = null;
  area.addEventListener('pointermove', (event) => {
    view.at = xOf(event);
    read(view);
    if (start === null) return;
    const [a, b] = [Math.min(start, view.at), Math.max(start, view.at)];
    const place = (x) => (x - view.from) / (view.to - view.from);
    brush.hidden = false;
    brush.style.left = percent(place(a));
    brush.style.width = percent(place(b) - place(a));
  });
  area.addEventListener('pointerleave', () => {
    if (start === null && document.activeElement !== area) { view.at = null; read(view); }
  });
  area.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse' && event.button === 0) { start = xOf(event); area.setPointerCapture(event.pointerId); }
  });
  area.addEventListener('pointerup', (event) => {
    const from = start;
    start = null;
    brush.hidden = true;
    if (from === null) return;
    const to = xOf(event);
    if (Math.abs(to - from) > (view.to - view.from) / 50) zoom(view, Math.min(from, to), Math.max(from, to));
  });
  area.addEventListener('dblclick', () => zoom(view, view.first, view.last));
  area.addEventListener('blur', () => { view.at = null; read(view); });
  area.addEventListener('keydown', (event) => {
    const move = (view.to - view.from) / (event.shiftKey ? 10 : 100);
    const at = view.at ?? (view.from + view.to) / 2;
    const keys = {
      ArrowLeft: () => { view.at = Math.max(view.from, at - move); read(view); },
      ArrowRight: () => { view.at = Math.min(view.to, at + move); read(view); },
      Home: () => { view.at = view.from; read(view); },
      End: () => { view.at = view.to; read(view); },
      '+': () => scale(view, 0.5), '=': () => scale(view, 0.5), '-': () => scale(view, 2),
      0: () => zoom(view, view.first, view.last), Escape: () => zoom(view, view.first, view.last),
    };
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
}
for (const bar of document.querySelectorAll('.zoom')) {
  bar.hidden = false;
  bar.addEventListener('click', ({ target }) => {
    const how = target.closest('button')?.dataset.zoom;
    const view = views.time;
    if (how === undefined || view === undefined) return;
    if (how === 'all') zoom(view, view.first, view.last); else scale(view, how === 'in' ? 0.5 : 2);
  });
}
/* What a link leads to is not left folded. */
function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  const block = target?.closest('details');
  if (!block) return;
  block.open = true;
  target.scrollIntoView();
}
addEventListener('hashchange', unfold);
unfold();
addEventListener('beforeprint', () => {
  for (const each of document.querySelectorAll('details')) each.open = true;
  for (const view of Object.values(views)) zoom(view, view.first, view.last);
});
function keyOf(row, column) {
  const cell = row.cells[column];
  if (cell.dataset.v === undefined) return cell.textContent.trim();
  return cell.dataset.v === '' ? null : Number(cell.dataset.v);
}
function sort(table, column) {
  const head = table.tHead.rows[0].cells[column];
  const isNumber = head.classList.contains('n');
  const old = head.getAttribute('aria-sort');
  const isDown = old === null ? isNumber : old === 'ascending';
  for (const each of table.tHead.rows[0].cells) each.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending');
  const rows = Array.from(table.tBodies[0].rows, (row) => ({ row, key: keyOf(row, column) }));
  rows.sort((a, b) => {
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
    const order = isNumber ? a.key - b.key : a.key.localeCompare(b.key, 'en');
    return isDown ? -order : order;
  });
  table.tBodies[0].append(...rows.map(({ row }) => row));
}
for (const table of document.querySelectorAll('table.sortable')) {
  table.classList.add('live');
  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    head.tabIndex = 0;
    head.addEventListener('click', () => sort(table, column));
    head.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      sort(table, column);
    });
  });
}
`;
