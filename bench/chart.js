/**
 * @typedef {{ name: string, points: readonly (readonly number[])[] }} Line Points are pairs of x and y.
 * @typedef {{ title: string, lines: readonly Line[] }} Panel
 */

/** The size of a panel with its margins. */
const size = { width: 398, height: 300, left: 46, right: 32, top: 34, bottom: 42 };

/** Gray for text and axes, then one colour for each line: each has a contrast of at least 3 to white and to GitHub's dark page. */
export const colours = { text: '#737b85', lines: ['#2f7fe0', '#c2690e', '#1f9254', '#b455b8'] };

/**
 * Panels side by side with logarithmic axes, on which growth in proportion is a line of one slope. Nothing depends on colour
 * alone: each line has a mark of its own.
 *
 * @param {string} xTitle
 * @param {readonly Panel[]} panels With the same lines.
 * @returns {string} An SVG image without a background.
 */
export function chart(xTitle, panels) {
  const [{ lines }] = panels;
  const width = size.width * panels.length;
  const height = size.height + lines.length * 20 + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="${colours.text}" role="img">`,
    `<title>${escape(panels.map(({ title }) => title).join('; '))}, by ${escape(xTitle)}</title>`,
    ...panels.map((panel, at) => panelOf(panel, xTitle, at * size.width)),
    ...lines.map(({ name }, at) => {
      const y = size.height + at * 20 + 8;
      return `${stroke(
        [
          [size.left, y],
          [size.left + 28, y],
        ],
        at,
      )}${mark(size.left + 14, y, at)}<text x="${size.left + 38}" y="${y + 4}">${escape(name)}</text>`;
    }),
    '</svg>',
    '',
  ].join('\n');
}

/**
 * @param {Panel} panel
 * @param {string} xTitle
 * @param {number} offset
 */
function panelOf({ title, lines }, xTitle, offset) {
  const points = lines.flatMap((line) => line.points);
  const [x, y] = [
    axis(
      points.map(([value]) => value),
      [size.left, size.width - size.right],
    ),
    axis(
      points.map(([, value]) => value),
      [size.height - size.bottom, size.top],
    ),
  ];
  const [bottom, right] = [size.height - size.bottom, size.width - size.right];
  return [
    `<g transform="translate(${offset} 0)">`,
    `<text x="${size.left}" y="16" font-weight="600">${escape(title)}</text>`,
    ...y.ticks.map((tick) => {
      const at = y.place(tick);
      return `<path d="M${size.left} ${at}H${right}" stroke="${colours.text}" stroke-opacity=".3"/><text x="${size.left - 6}" y="${at + 4}" text-anchor="end">${tick.toLocaleString('en')}</text>`;
    }),
    ...x.ticks.map(
      (tick) =>
        `<text x="${x.place(tick)}" y="${bottom + 18}" text-anchor="middle">${tick.toLocaleString('en')}</text>`,
    ),
    `<text x="${right}" y="${bottom + 34}" text-anchor="end">${escape(xTitle)}</text>`,
    ...lines.map((line, at) => {
      const places = line.points.map(([first, second]) => [x.place(first), y.place(second)]);
      return `${stroke(places, at)}${places.map(([left, top]) => mark(left, top, at)).join('')}`;
    }),
    '</g>',
  ].join('\n');
}

/**
 * @param {readonly number[]} values Above 0.
 * @param {readonly [number, number]} range Where the least and the greatest power of ten stand.
 */
function axis(values, [from, to]) {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, at) => Number(`1e${low + at}`)),
    place: (/** @type {number} */ value) =>
      Math.round(from + ((Math.log10(value) - low) / (high - low)) * (to - from)),
  };
}

/**
 * @param {readonly (readonly number[])[]} places
 * @param {number} at
 */
function stroke(places, at) {
  return `<polyline points="${places.map((place) => place.join(',')).join(' ')}" fill="none" stroke="${colours.lines[at]}" stroke-width="2"/>`;
}

/** A circle, a square, a diamond or a triangle. */
function mark(x, y, at) {
  const shapes = [
    `<circle cx="${x}" cy="${y}" r="4"`,
    `<path d="M${x - 4} ${y - 4}h8v8h-8z"`,
    `<path d="M${x} ${y - 5}l5 5l-5 5l-5-5z"`,
    `<path d="M${x} ${y - 5}l5 9h-10z"`,
  ];
  return `${shapes[at]} fill="${colours.lines[at]}"/>`;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
