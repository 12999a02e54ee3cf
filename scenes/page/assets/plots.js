// The three plots of a run, drawn by Plotly from numbers that were computed before.
"use strict";

const LONGEST_NAME = 40; // Characters of a column's name on an axis.

/** Text of a user as Plotly takes it, which reads tags, entities and %{...} in all it writes. */
function plain(text) {
  const characters = [...String(text).replace(/\s+/g, " ")];
  const short = characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME - 1).join("")}…` : characters.join("");
  return short.replace(/[&<>"'%{}$]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A parameter's name as Plotly writes it: W1 with a lowered 1. */
function symbol(name) {
  const [, letters, digits] = /^(.*?)(\d*)$/.exec(name);
  return `<i>${plain(letters)}</i>${digits && `<sub>${digits}</sub>`}`;
}

/** A number with five digits; very large and very small ones with their power of ten. */
function numberText(value, digits = 5) {
  if (value === null) return "not finite";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (size >= 1e6 || size < 1e-4) {
    const [mantissa, power] = size.toExponential(Math.max(digits - 2, 1)).split("e");
    return `${sign}${mantissa}·10${superscript(Number(power))}`;
  }
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const [whole, decimals] = size.toFixed(Math.min(places, digits + 3)).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u2009") : whole;
  return `${sign}${grouped}${decimals ? `.${decimals}` : ""}`;
}

/** A number that was chosen, as people write it: without zeros behind the last digit. */
function roundText(value) {
  return numberText(value).replace(/(\.\d*?)0+(?=$|·)/, "$1").replace(/\.(?=$|·)/, "");
}

function superscript(power) {
  return [...String(power)].map((character) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(character)]).join("");
}

function countText(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, count > 9999 ? "\u2009" : "");
}

function titled(name, unit) {
  return unit ? `${plain(name)}, ${plain(unit)}` : plain(name);
}

/** Powers of ten on a logarithmic axis, or, on a short one, 2 and 5 times them too. */
function logTicks([low, high]) {
  const stride = Math.max(1, Math.ceil((high - low) / 5));
  const powers = [];
  for (let power = Math.floor(low); power <= high; power += stride) powers.push(power);
  const factors = high - low < 2 ? [1, 2, 5] : [1];
  const ticks = powers.flatMap((power) => factors.map((factor) => [factor, power]));
  return {
    tickvals: ticks.map(([factor, power]) => factor * 10 ** power),
    ticktext: ticks.map(([factor, power]) =>
      power >= -3 && power <= 3 ? roundText(factor * 10 ** power) : `${factor > 1 ? `${factor}·` : ""}10${superscript(power)}`,
    ),
  };
}

const CEILING = 0.78; // Share of the colour scale up to the last contour line; above it the surface fades away.

const QUIET = { displayModeBar: false, responsive: true, doubleClick: false, scrollZoom: false, showTips: false };

class Plots {
  constructor(run, elements, onStep) {
    this.run = run;
    this.elements = elements;
    this.onStep = onStep;
    this.slice = 0;
  }

  async draw(colors, record) {
    this.colors = colors;
    this.slice = this.sliceOf(record);
    const drawn = [this.fit(record), this.loss(record)];
    if (this.run.landscape) drawn.push(this.landscape(record));
    await Promise.all(drawn);
    const plot = this.elements.loss;
    plot.removeAllListeners("plotly_click");
    plot.on("plotly_click", (event) => this.onStep(event.points[0].pointIndex));
  }

  async show(record) {
    await Promise.all([
      this.move(this.elements.fit, this.fitMoving(record)),
      this.move(this.elements.loss, this.lossMoving(record)),
      this.run.landscape && this.showLandscape(record),
    ]);
  }

  /** New places for the traces that move; what stands still is not drawn again. */
  move(element, moving) {
    return Plotly.animate(
      element,
      { data: Object.values(moving), traces: Object.keys(moving).map(Number) },
      { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: false } },
    ).catch(() => {}); // Given up for the next one.
  }

  layout(x, y, more = {}) {
    const { colors } = this;
    const axis = {
      gridcolor: colors.grid,
      linecolor: colors.muted,
      tickfont: { color: colors.muted },
      zeroline: false,
      fixedrange: true,
      automargin: true,
      exponentformat: "power",
      separatethousands: true,
      ticks: "",
    };
    const named = ({ range }) => ({ exponentformat: Math.max(...range.map(Math.abs)) < 1e7 ? "none" : "power" });
    return {
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: getComputedStyle(document.body).fontFamily, size: 13, color: colors.text },
      margin: { l: 44, r: 12, t: 10, b: 40 },
      showlegend: false,
      dragmode: false,
      hovermode: "closest",
      hoverlabel: { bgcolor: colors.background, bordercolor: colors.muted, font: { color: colors.text } },
      separators: ".\u2009",
      xaxis: { ...axis, ...named(x), ...x },
      yaxis: { ...axis, ...named(y), ...y },
      ...more,
    };
  }

  title(text, color = this.colors.muted) {
    return { text, font: { color, size: 14 }, standoff: 10 };
  }

  fit(record) {
    const { run, colors } = this;
    const moving = this.fitMoving(record);
    const residuals = { mode: "lines", line: { color: colors.residual, width: 3 }, hoverinfo: "skip" };
    const curve = { mode: "lines", line: { color: colors.model, width: 4, shape: "linear" } };
    const data = {
      x: run.data.x,
      y: run.data.y,
      mode: "markers",
      marker: {
        color: colors.data,
        size: run.data.rows > 60 ? 6 : 12,
        opacity: run.data.rows > 200 ? 0.6 : 1,
        line: { color: colors.outline, width: 1.5 },
      },
    };
    return Plotly.newPlot(
      this.elements.fit,
      [
        { ...residuals, ...moving[0] },
        { ...curve, ...moving[1], hovertemplate: "%{x:.4~g}: the model says %{y:.4~g}<extra></extra>" },
        { ...data, hovertemplate: "%{x:.6~g}: %{y:.6~g}<extra></extra>" },
      ],
      this.layout(
        { title: this.title(titled(run.data.x_name, run.data.x_unit)), range: run.fit_axis.x, showgrid: false },
        { title: this.title(titled(run.data.y_name, run.data.y_unit)), nticks: 6, range: run.fit_axis.y },
      ),
      QUIET,
    );
  }

  fitMoving(record) {
    const { run } = this;
    const predicted = run.predictions ? run.predictions[record] : [];
    return {
      0: {
        x: predicted.flatMap((_, row) => [run.data.x[row], run.data.x[row], null]),
        y: predicted.flatMap((value, row) => [run.data.y[row], value, null]),
      },
      1: { x: run.curve.x, y: run.curve.y[record] },
    };
  }

  loss(record) {
    const { run, colors } = this;
    const moving = this.lossMoving(record);
    const powers = [...Array(12).keys()].map((power) => 10 ** power).filter((step) => step <= run.total_steps);
    const shown = [0, ...(powers.length > 4 ? powers.slice(1) : powers)];
    const places = run.steps.map((step) => step + 1);
    const line = { mode: "lines", hoverinfo: "skip" };
    return Plotly.newPlot(
      this.elements.loss,
      [
        {
          x: places,
          y: run.loss,
          mode: "lines",
          line: { color: colors.grid, width: 3 },
          text: run.steps.map((step, at) => `step ${countText(step)}: <i>J</i> = ${numberText(run.loss[at])}`),
          hovertemplate: "%{text}<extra></extra>",
        },
        { ...line, ...moving[1], line: { color: colors.loss, width: 4 } },
        {
          ...moving[2],
          mode: "markers",
          hoverinfo: "skip",
          marker: { color: colors.loss, size: 14, line: { color: colors.outline, width: 2 } },
        },
      ],
      this.layout(
        {
          type: "log",
          title: this.title("step (log scale)"),
          range: [-0.03 * Math.log10(1 + run.total_steps), 1.03 * Math.log10(1 + run.total_steps)],
          tickvals: shown.map((step) => step + 1),
          ticktext: shown.map(countText),
          showgrid: false,
        },
        {
          type: run.loss_axis.log ? "log" : "linear",
          title: this.title(run.loss_axis.log ? "<i>J</i> (log scale)" : "<i>J</i>", colors.loss),
          range: run.loss_axis.range,
          ...(run.loss_axis.log ? logTicks(run.loss_axis.range) : {}),
        },
        { hovermode: "x" },
      ),
      QUIET,
    );
  }

  lossMoving(record) {
    const { run } = this;
    return {
      1: { x: run.steps.slice(0, record + 1).map((step) => step + 1), y: run.loss.slice(0, record + 1) },
      2: { x: [run.steps[record] + 1], y: [run.loss[record]] },
    };
  }

  /** Which of the slices is nearest to a record: of a model with two parameters there is only one, and it is exact. */
  sliceOf(record) {
    const distances = (this.run.landscape?.records ?? [0]).map((at) => Math.abs(at - record));
    return distances.indexOf(Math.min(...distances));
  }

  sliceHeights() {
    const { landscape } = this.run;
    const losses = landscape.losses[this.slice];
    const [floor] = landscape.levels;
    // Colours and lines go with the square root, as in the films: most of a descent happens low down.
    const z = losses.map((row) => row.map((loss) => (loss === null ? null : Math.sqrt(Math.max(0, loss - floor)))));
    return { z, text: losses.map((row) => row.map((loss) => numberText(loss, 4))) };
  }

  /** Two plots on one place: contours, which cost a tenth of a second to draw, and what moves above them. */
  async landscape(record) {
    const { run, colors } = this;
    const { landscape } = run;
    const [first, second] = landscape.parameters.map(symbol);
    const { levels } = landscape;
    const heights = levels.map((level) => Math.sqrt(Math.max(0, level - levels[0])));
    const top = heights.at(-1);
    const labelled = heights.map((_, at) => at).filter((at) => at % 4 === 0);
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
      hovertemplate: `${first} = %{x:.4~g}<br>${second} = %{y:.4~g}<br><i>J</i> = %{text}<extra></extra>`,
      colorbar: {
        title: { text: "<i>J</i>", font: { color: colors.loss, size: 16 } },
        thickness: 10,
        outlinewidth: 0,
        tickvals: labelled.map((at) => heights[at]),
        ticktext: labelled.map((at) => numberText(levels[at], 3)),
        tickfont: { color: colors.muted },
        len: 0.92,
      },
    };
    await Plotly.newPlot(this.elements.landscape, [contours], this.landscapeLayout(true), QUIET);
    await Plotly.newPlot(this.elements.path, this.pathTraces(record), this.landscapeLayout(false), QUIET);
  }

  landscapeLayout(named) {
    const { colors } = this;
    const { landscape } = this.run;
    const units = landscape.standard ? " (standard units)" : "";
    const axis = (at) => ({
      title: { text: symbol(landscape.parameters[at]) + units, font: { color: colors[landscape.parameters[at]], size: 16 }, standoff: 8 },
      range: at ? [landscape.second[0], landscape.second.at(-1)] : [landscape.first[0], landscape.first.at(-1)],
      showgrid: false,
      automargin: false,
      constrain: "domain",
      constraintoward: at ? "top" : "left",
      visible: named,
    });
    const scale = landscape.one_scale ? { scaleanchor: "x" } : {};
    // Without room of their own for what they write, both plots stand on the same place.
    const margin = { l: 64, r: 84, t: 8, b: 52, autoexpand: false };
    return this.layout(axis(0), { ...axis(1), ...scale }, { margin });
  }

  pathTraces(record) {
    const { colors } = this;
    const moving = this.landscapeMoving(record);
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

  landscapeMoving(record) {
    const { path, arrow } = this.run.landscape;
    const done = path.slice(0, record + 1);
    const way = { x: done.map(([x]) => x), y: done.map(([, y]) => y) };
    const [x, y] = path[record];
    const ends = arrow[record] ? { x: [x, x + arrow[record][0]], y: [y, y + arrow[record][1]] } : { x: [], y: [] };
    return { 0: way, 1: way, 2: ends, 3: { x: [x], y: [y] } };
  }

  async showLandscape(record) {
    const slice = this.sliceOf(record);
    if (slice !== this.slice) {
      this.slice = slice;
      const { z, text } = this.sliceHeights();
      await Plotly.restyle(this.elements.landscape, { z: [z], text: [text] }, [0]);
    }
    await this.move(this.elements.path, this.landscapeMoving(record));
  }
}
