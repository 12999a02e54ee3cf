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
    const [mantissa, power] = size.toExponential(Math.max(digits - 3, 1)).split("e");
    return `${sign}${mantissa}·10${superscript(Number(power))}`;
  }
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const [whole, decimals] = size.toFixed(Math.min(places, digits + 3)).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u2009") : whole;
  return `${sign}${grouped}${decimals ? `.${decimals}` : ""}`;
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

  /** New places for the traces that move; what stands still, contours above all, is not drawn again. */
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
      showline: false,
      exponentformat: "power",
      ticks: "",
    };
    return {
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: getComputedStyle(document.body).fontFamily, size: 13, color: colors.text },
      margin: { l: 44, r: 12, t: 10, b: 40 },
      showlegend: false,
      dragmode: false,
      hovermode: "closest",
      hoverlabel: { bgcolor: colors.background, bordercolor: colors.muted, font: { color: colors.text } },
      xaxis: { ...axis, ...x },
      yaxis: { ...axis, ...y },
      ...more,
    };
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
        { title: { text: titled(run.data.x_name, run.data.x_unit) }, range: run.fit_axis.x, showgrid: false },
        { title: { text: titled(run.data.y_name, run.data.y_unit) }, range: run.fit_axis.y },
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
          title: { text: "step (log scale)" },
          range: [-0.03 * Math.log10(1 + run.total_steps), 1.03 * Math.log10(1 + run.total_steps)],
          tickvals: shown.map((step) => step + 1),
          ticktext: shown.map(countText),
          showgrid: false,
        },
        {
          type: run.loss_axis.log ? "log" : "linear",
          title: { text: run.loss_axis.log ? "<i>J</i> (log scale)" : "<i>J</i>", font: { color: colors.loss } },
          range: run.loss_axis.range,
          ...(run.loss_axis.log ? { dtick: Math.max(1, Math.ceil((run.loss_axis.range[1] - run.loss_axis.range[0]) / 5)) } : {}),
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

  landscape(record) {
    const { run, colors } = this;
    const { landscape } = run;
    const moving = this.landscapeMoving(record);
    const [first, second] = landscape.parameters.map(symbol);
    const { levels } = landscape;
    const heights = levels.map((level) => Math.sqrt(Math.max(0, level - levels[0])));
    const top = heights.at(-1);
    const labelled = heights.map((_, at) => at).filter((at) => at % 4 === 0);
    const line = { mode: "lines", hoverinfo: "skip" };
    const standard = landscape.standard ? " (standard units)" : "";
    const scale = landscape.one_scale ? { scaleanchor: "x", constrain: "domain" } : {};
    return Plotly.newPlot(
      this.elements.landscape,
      [
        {
          type: "contour",
          x: landscape.first,
          y: landscape.second,
          ...this.sliceHeights(),
          zmin: 0,
          zmax: top,
          zauto: false,
          autocontour: false,
          contours: { coloring: "heatmap", start: heights[1], end: top, size: heights[1] },
          colorscale: colors.surface.map((color, at) => [at / (colors.surface.length - 1), color]),
          line: { color: colors.contour, width: 1 },
          hovertemplate: `${first} = %{x:.4~g}<br>${second} = %{y:.4~g}<br><i>J</i> = %{text}<extra></extra>`,
          colorbar: {
            title: { text: "<i>J</i>", font: { color: colors.loss } },
            thickness: 10,
            outlinewidth: 0,
            tickvals: labelled.map((at) => heights[at]),
            ticktext: labelled.map((at) => numberText(levels[at], 3)),
            tickfont: { color: colors.muted },
            len: 0.9,
          },
        },
        { ...line, ...moving[1], line: { color: colors.outline, width: 6 } },
        { ...line, ...moving[2], line: { color: colors.loss, width: 3.5 } },
        { ...line, ...moving[3], line: { color: colors.outline, width: 6 } },
        {
          ...moving[4],
          mode: "lines+markers",
          hoverinfo: "skip",
          line: { color: colors.gradient, width: 3 },
          marker: {
            color: colors.gradient,
            symbol: "arrow",
            size: [0, 16],
            angleref: "previous",
            line: { color: colors.outline, width: 1 },
          },
        },
        {
          ...moving[5],
          mode: "markers",
          hoverinfo: "skip",
          marker: { color: colors.loss, size: 14, line: { color: colors.outline, width: 2 } },
        },
      ],
      this.layout(
        {
          title: { text: first + standard, font: { color: colors[landscape.parameters[0]] } },
          range: [landscape.first[0], landscape.first.at(-1)],
          constrain: "domain",
          showgrid: false,
        },
        {
          title: { text: second + standard, font: { color: colors[landscape.parameters[1]] } },
          range: [landscape.second[0], landscape.second.at(-1)],
          showgrid: false,
          ...scale,
        },
      ),
      QUIET,
    );
  }

  landscapeMoving(record) {
    const { path, arrow } = this.run.landscape;
    const done = path.slice(0, record + 1);
    const way = { x: done.map(([x]) => x), y: done.map(([, y]) => y) };
    const [x, y] = path[record];
    const ends = arrow[record] ? { x: [x, x + arrow[record][0]], y: [y, y + arrow[record][1]] } : { x: [], y: [] };
    return { 1: way, 2: way, 3: ends, 4: ends, 5: { x: [x], y: [y] } };
  }

  async showLandscape(record) {
    const slice = this.sliceOf(record);
    if (slice !== this.slice) {
      this.slice = slice;
      const { z, text } = this.sliceHeights();
      await Plotly.restyle(this.elements.landscape, { z: [z], text: [text] }, [0]);
    }
    await this.move(this.elements.landscape, this.landscapeMoving(record));
  }
}
