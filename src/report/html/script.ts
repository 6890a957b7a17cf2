/**
 * What the page does when scripts may run: draws the charts, redraws them when the colour scheme changes or for
 * paper, sorts tables by a click, opens folded blocks for paper. Plain script text, as browsers take it.
 */
export const PAGE_SCRIPT = `
const charts = JSON.parse(document.getElementById('charts').textContent);
const drawn = [];
function theme(isPaper) {
  const style = getComputedStyle(document.documentElement);
  const value = (name, paper) => (isPaper ? paper : style.getPropertyValue(name).trim());
  return {
    text: value('--text', '#000'),
    muted: value('--muted', '#444'),
    grid: value('--grid', '#ddd'),
    band: value('--band', '#f4f5f7'),
    font: getComputedStyle(document.body).fontFamily,
    fontSize: 12,
    title: null,
    caption: null,
    isResponsive: true,
  };
}
function draw(isPaper) {
  for (const chart of drawn.splice(0)) chart.destroy();
  for (const { id, plan } of charts) {
    const canvas = document.getElementById('canvas-' + id);
    drawn.push(new Chart(canvas, kit.toConfig(plan, theme(isPaper))));
  }
}
draw(false);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => draw(false));
addEventListener('beforeprint', () => {
  for (const each of document.querySelectorAll('details')) each.open = true;
  draw(true);
});
addEventListener('afterprint', () => draw(false));
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
