// The three plots of a run, drawn by Plotly from numbers that were computed before.
"use strict";

const NARROW = 480; // Pixels of a plot below which it writes less.

function titled(name, unit) {
  return unit ? `${plain(name)}, ${plain(unit)}` : plain(name);
}

const QUIET = { displayModeBar: false, responsive: true, doubleClick: false, scrollZoom: false, showTips: false };

/** Axes and ground as all plots have them. */
function plotLayout(colors, x, y, more = {}) {
  const axis = {
    gridcolor: colors.grid,
    linecolor: colors.muted,
    tickfont: { color: colors.muted },
    zeroline: false,
    fixedrange: true,
    automargin: true,
    exponentformat: "power",
    separatethousands: false, // Not in numbers of four digits, as in the films; longer ones have a thin space.
    // Numbers that a template formats itself get a hyphen for a minus sign.
    hoverformat: ".4~g",
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

/** New places for the traces that move; what stands still is not drawn again. */
function moveTraces(element, moving) {
  return Plotly.animate(
    element,
    { data: Object.values(moving), traces: Object.keys(moving).map(Number) },
    { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: false } },
  ).catch(() => {}); // Given up for the next one.
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

class Plots {
  constructor(run, elements, onStep) {
    this.run = run;
    this.elements = elements;
    this.onStep = onStep;
    this.contours = run.landscape && new Contours(run.landscape, elements.landscape, elements.path);
  }

  async draw(colors, record) {
    this.colors = colors;
    await Promise.all([this.fit(record), this.loss(record), this.contours?.draw(colors, record)]);
    const plot = this.elements.loss;
    plot.removeAllListeners("plotly_click");
    plot.on("plotly_click", (event) => this.onStep(event.points[0].pointIndex));
  }

  async show(record) {
    await Promise.all([
      moveTraces(this.elements.fit, this.fitMoving(record)),
      moveTraces(this.elements.loss, this.lossMoving(record)),
      this.contours?.show(record),
    ]);
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
      text: run.data.x.map((x, row) => `${roundText(x, 6)}: ${roundText(run.data.y[row], 6)}`),
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
        { ...curve, ...moving[1], hovertemplate: "%{x}: the model says %{y}<extra></extra>" },
        { ...data, hovertemplate: "%{text}<extra></extra>" },
      ],
      plotLayout(
        colors,
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
    const stride = powers.length > 5 && this.elements.loss.clientWidth < NARROW ? 2 : 1;
    const shown = [0, ...(powers.length > 4 ? powers.slice(1) : powers).filter((_, at) => at % stride === 0)];
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
      plotLayout(
        colors,
        {
          type: "log",
          title: this.title("step (log scale)"),
          range: [-0.03 * Math.log10(1 + run.total_steps), 1.03 * Math.log10(1 + run.total_steps)],
          tickangle: 0,
          tickvals: shown.map((step) => step + 1),
          ticktext: shown.map((step) => (step > 1e4 ? `10${superscript(Math.log10(step))}` : countText(step))),
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
}
