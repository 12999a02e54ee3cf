// The loss over two parameters, with the path of the descent, drawn by Plotly.
"use strict";

const CEILING = 0.78; // Share of the colour scale up to the last contour line; above it the surface fades away.

/** Two plots on one place: contours, which cost a tenth of a second to draw, and what moves above them. */
class Contours {
  constructor(landscape, base, above) {
    this.landscape = landscape;
    this.base = base;
    this.above = above;
    this.slice = 0;
  }

  /** Which of the slices is nearest to a record: of a model with two parameters there is only one, and it is exact. */
  sliceOf(record) {
    const distances = this.landscape.records.map((at) => Math.abs(at - record));
    return distances.indexOf(Math.min(...distances));
  }

  sliceHeights() {
    const { landscape } = this;
    const losses = landscape.losses[this.slice];
    const [floor] = landscape.levels;
    // Colours and lines go with the square root, as in the films: most of a descent happens low down.
    const z = losses.map((row) => row.map((loss) => (loss === null ? null : Math.sqrt(Math.max(0, loss - floor)))));
    return { z, text: losses.map((row) => row.map((loss) => numberText(loss, 4))) };
  }

  async draw(colors, record) {
    this.colors = colors;
    this.slice = this.sliceOf(record);
    const { landscape } = this;
    const [first, second] = landscape.parameters.map(symbol);
    const { levels } = landscape;
    const heights = levels.map((level) => Math.sqrt(Math.max(0, level - levels[0])));
    const top = heights.at(-1);
    const labelled = heights.map((_, at) => at).filter((at) => at % 4 === 0);
    // Written beside the bar there is room for few digits.
    const size = Math.floor(Math.log10(levels.at(-1)));
    const power = size >= 5 || size < -2 ? size : 0;
    const digits = this.base.clientWidth < NARROW ? 2 : 3;
    const contours = {
      type: "contour",
      x: landscape.first,
      y: landscape.second,
      ...this.sliceHeights(),
      zmin: 0,
      zmax: top / CEILING,
      zauto: false,
      autocontour: false,
      contours: { coloring: "heatmap", start: heights[1], end: top, size: heights[1] },
      colorscale: [
        ...colors.surface.map((color, at) => [(CEILING * at) / (colors.surface.length - 1), color]),
        [1, colors.background],
      ],
      line: { color: colors.contour, width: 1 },
      hovertemplate: `${first} = %{x}<br>${second} = %{y}<br><i>J</i> = %{text}<extra></extra>`,
      colorbar: {
        title: { text: `<i>J</i>${power ? ` / 10${superscript(power)}` : ""}`, font: { color: colors.loss, size: 16 } },
        thickness: 10,
        outlinewidth: 0,
        tickvals: labelled.map((at) => heights[at]),
        ticktext: labelled.map((at) => numberText(levels[at] / 10 ** power, digits)),
        tickfont: { color: colors.muted },
        len: 0.92,
      },
    };
    await Plotly.newPlot(this.base, [contours], this.layout(true), QUIET);
    await Plotly.newPlot(this.above, this.pathTraces(record), this.layout(false), QUIET);
  }

  layout(named) {
    const { colors, landscape } = this;
    const units = landscape.standard ? " (standard units)" : "";
    const axis = (at) => {
      const name = landscape.parameters[at];
      const places = at ? landscape.second : landscape.first;
      return {
        title: { text: symbol(name) + units, font: { color: colors[name], size: 16 }, standoff: 8 },
        range: [places[0], places.at(-1)],
        showgrid: false,
        automargin: false,
        constrain: "domain",
        constraintoward: at ? "top" : "left",
        visible: named,
      };
    };
    const scale = landscape.one_scale ? { scaleanchor: "x" } : {};
    // Without room of their own for what they write, both plots stand on the same place.
    const sides = this.base.clientWidth < NARROW ? { l: 54, r: 66 } : { l: 64, r: 84 };
    const margin = { ...sides, t: 8, b: 52, autoexpand: false };
    return plotLayout(colors, axis(0), { ...axis(1), ...scale }, { margin });
  }

  pathTraces(record) {
    const { colors } = this;
    const moving = this.moving(record);
    const line = { mode: "lines", hoverinfo: "skip" };
    const rim = { color: colors.outline, width: 6.5 };
    const head = { symbol: "arrow", angleref: "previous", size: [0, 17], opacity: 1 };
    return [
      { ...line, ...moving[0], line: rim },
      { ...line, ...moving[1], line: { color: colors.loss, width: 3.5 } },
      {
        ...moving[2],
        mode: "lines+markers",
        hoverinfo: "skip",
        line: { color: colors.gradient, width: 3.5 },
        marker: { ...head, color: colors.gradient, line: { color: colors.outline, width: 1.5 } },
      },
      {
        ...moving[3],
        mode: "markers",
        hoverinfo: "skip",
        marker: { color: colors.loss, size: 14, opacity: 1, line: { color: colors.outline, width: 2 } },
      },
    ];
  }

  moving(record) {
    const { path, arrow } = this.landscape;
    const done = path.slice(0, record + 1);
    const way = { x: done.map(([x]) => x), y: done.map(([, y]) => y) };
    const [x, y] = path[record];
    const ends = arrow[record] ? { x: [x, x + arrow[record][0]], y: [y, y + arrow[record][1]] } : { x: [], y: [] };
    return { 0: way, 1: way, 2: ends, 3: { x: [x], y: [y] } };
  }

  async show(record) {
    this.record = record;
    const slice = this.sliceOf(record);
    if (slice !== this.slice) {
      this.slice = slice;
      const { z, text } = this.sliceHeights();
      await Plotly.restyle(this.base, { z: [z], text: [text] }, [0]);
    }
    // Another record may have been asked for meanwhile: it then moves them itself.
    if (record === this.record) await moveTraces(this.above, this.moving(record));
  }
}
