// Two small charts drawn as SVG. They know numbers and a place to draw, nothing of the page.

const NAMESPACE = 'http://www.w3.org/2000/svg';
const BOX = {left: 64, right: 64, top: 14, bottom: 30, width: 640, height: 260};
const PLOT_WIDTH = BOX.width - BOX.left - BOX.right;
const PLOT_HEIGHT = BOX.height - BOX.top - BOX.bottom;

function draw(name, attributes, text) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  return element;
}

// The smallest round number of lines that is not below the value.
function ceiling(value) {
  if (value <= 4) {
    return 4;
  }
  const step = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map(n => n * step).find(n => n >= value);
}

const y = (value, max) => BOX.top + PLOT_HEIGHT * (1 - value / max);

function grid(leftMax, rightMax) {
  const parts = [];
  for (let i = 0; i <= 4; i++) {
    const at = y(i, 4);
    parts.push(draw('line', {class: 'grid', x1: BOX.left, x2: BOX.width - BOX.right, y1: at, y2: at}));
    parts.push(draw('text', {x: BOX.left - 8, y: at + 4, 'text-anchor': 'end'}, leftMax * i / 4));
    if (rightMax !== undefined) {
      parts.push(draw('text', {x: BOX.width - BOX.right + 8, y: at + 4}, rightMax * i / 4));
    }
  }
  return parts;
}

function bar(className, x, width, from, to, max) {
  return draw('rect', {
    class: className, x, width, y: y(to, max), height: Math.max(0, y(from, max) - y(to, max)), rx: Math.min(2, width / 4),
  });
}

// points: [{secondsAgo, stock, perSecond}], oldest first.
export function drawLive(svg, points, initial, windowSeconds) {
  const stockMax = ceiling(Math.max(initial, ...points.map(p => p.stock)));
  const salesMax = ceiling(Math.max(1, ...points.map(p => p.perSecond)));
  const x = secondsAgo => BOX.left + PLOT_WIDTH * (1 - secondsAgo / windowSeconds);
  const width = 5;
  const parts = grid(stockMax, salesMax);
  if (points.length > 1) {
    // Stock stands still between two readings, so the line goes in steps.
    let path = '';
    for (const point of points) {
      const across = x(point.secondsAgo).toFixed(1);
      path += path === '' ? `M${across} ` : `H${across}V`;
      path += y(point.stock, stockMax).toFixed(1);
    }
    const floor = y(0, stockMax);
    const last = x(points.at(-1).secondsAgo).toFixed(1);
    const first = x(points[0].secondsAgo).toFixed(1);
    parts.push(draw('path', {class: 'area', d: `${path}L${last} ${floor}L${first} ${floor}Z`}));
    parts.push(draw('path', {class: 'line', d: path}));
  }
  for (const point of points.filter(p => p.perSecond > 0)) {
    parts.push(bar('sales', x(point.secondsAgo) - width - 2, width, 0, point.perSecond, salesMax));
  }
  parts.push(draw('text', {x: BOX.left, y: BOX.height - 6}, `${windowSeconds} s ago`));
  parts.push(draw('text', {x: BOX.width - BOX.right, y: BOX.height - 6, 'text-anchor': 'end'}, 'now'));
  svg.replaceChildren(...parts);
}

// timeline: [[millisecond, sold, refused]], oldest first.
export function drawRun(svg, timeline, elapsedMillis) {
  if (timeline.length === 0) {
    svg.replaceChildren(...grid(4), draw(
        'text', {class: 'empty', x: BOX.width / 2, y: BOX.height / 2, 'text-anchor': 'middle'}, 'No crowd was let loose yet.'));
    return;
  }
  const columns = 48;
  const span = Math.max(columns, Math.ceil((elapsedMillis + 1) / columns) * columns);
  const buckets = Array.from({length: columns}, () => ({sold: 0, refused: 0}));
  for (const [millis, sold, refused] of timeline) {
    const bucket = buckets[Math.min(columns - 1, Math.floor(millis * columns / span))];
    bucket.sold += sold;
    bucket.refused += refused;
  }
  const max = ceiling(Math.max(...buckets.map(b => b.sold + b.refused)));
  const width = PLOT_WIDTH / columns;
  const parts = grid(max);
  buckets.forEach((bucket, i) => {
    const at = BOX.left + i * width + 1;
    parts.push(bar('sales', at, width - 2, 0, bucket.sold, max));
    parts.push(bar('refused', at, width - 2, bucket.sold, bucket.sold + bucket.refused, max));
  });
  parts.push(draw('text', {x: BOX.left, y: BOX.height - 6}, '0 ms'));
  parts.push(draw('text', {x: BOX.width - BOX.right, y: BOX.height - 6, 'text-anchor': 'end'}, `${span} ms`));
  svg.replaceChildren(...parts);
}
