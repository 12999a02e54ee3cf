// A recorded run under a slider: plots, numbers and gradient of one record, which all of them show.
"use strict";

const runs = new Map(); // Filled by the runs' own scripts.
const RECORDS_A_SECOND = 15;

const loading = new Map();

/** Load a script once. */
function loadScript(source) {
  if (!loading.has(source)) {
    loading.set(
      source,
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = source;
        script.addEventListener("load", resolve);
        script.addEventListener("error", () => {
          loading.delete(source);
          reject(new Error(source));
        });
        document.head.append(script);
      }),
    );
  }
  return loading.get(source);
}

class Explorer {
  constructor(section, source, name, palettes) {
    this.section = section;
    this.source = source;
    this.name = name;
    this.palettes = palettes;
    this.record = 0;
    this.slider = section.querySelector('input[type="range"]');
    this.playButton = section.querySelector('[data-step="play"]');
    this.slider.addEventListener("input", () => {
      this.pause();
      this.show(Number(this.slider.value));
    });
    for (const button of section.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => this.press(button.dataset.step));
    }
    document.addEventListener("themechange", () => this.redraw());
  }

  open() {
    this.section.querySelector("h2").focus({ preventScroll: true });
    this.loaded ??= this.load();
    this.scrollTo();
  }

  async load() {
    const status = this.section.querySelector(".loading");
    try {
      await Promise.all([loadScript("page/plotly.min.js"), loadScript(this.source)]);
    } catch (error) {
      status.textContent = `Not found: ${error.message}. Make the page again with: lectures gallery`;
      this.loaded = undefined;
      return;
    }
    this.run = runs.get(this.name);
    this.section.querySelector(".explorer").hidden = false;
    this.scrollTo(); // From here on there is enough below the heading to bring it to the top.
    this.slider.max = String(this.run.steps.length - 1);
    this.addReadout();
    this.addNotes();
    const plots = Object.fromEntries(
      ["fit", "loss", "landscape", "path"].map((name) => [name, this.section.querySelector(`[data-plot="${name}"]`)]),
    );
    this.section.querySelector("figure.landscape").hidden = !this.run.landscape;
    this.plots = new Plots(this.run, plots, (record) => {
      this.pause();
      this.show(record);
    });
    this.describePlots(plots);
    await this.redraw();
    status.textContent = "";
    this.show(0);
  }

  scrollTo() {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.section.querySelector("h2").scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  }

  async redraw() {
    if (this.plots) await this.plots.draw(this.palettes[currentTheme()], this.record);
  }

  press(what) {
    const last = this.run.steps.length - 1;
    if (what === "play") return this.playing ? this.pause() : this.play();
    this.pause();
    const goal = { first: 0, back: this.record - 1, forward: this.record + 1, last }[what];
    return this.show(Math.min(last, Math.max(0, goal)));
  }

  play() {
    const last = this.run.steps.length - 1;
    const from = this.record === last ? 0 : this.record;
    this.setPlaying(true);
    let begun;
    const tick = (now) => {
      begun ??= now; // A frame's time may lie before the moment in which it was asked for.
      const record = Math.min(last, from + Math.floor(((now - begun) / 1000) * RECORDS_A_SECOND));
      if (record !== this.record) this.show(record);
      if (record === last) this.pause();
      else this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }

  pause() {
    cancelAnimationFrame(this.frame);
    this.setPlaying(false);
  }

  setPlaying(playing) {
    this.playing = playing;
    this.playButton.setAttribute("aria-pressed", String(playing));
    this.playButton.classList.toggle("playing", playing);
  }

  /** Show a record: everything reads this one number, so nothing can fall out of step. */
  show(record) {
    const { run } = this;
    this.record = record;
    this.slider.value = String(record);
    const step = `step ${countText(run.steps[record])} of ${countText(run.total_steps)}`;
    this.slider.setAttribute("aria-valuetext", `${step}, loss ${numberText(run.loss[record])}`);
    this.section.querySelector(".step").textContent = step;
    this.section.dataset.record = String(record);
    for (const [element, text] of this.values) element.textContent = text(record);
    if (run.landscape) this.nameSlice(record);
    this.plots.show(record);
  }

  nameSlice(record) {
    const { run } = this;
    const { landscape } = run;
    const line = this.section.querySelector(".slice");
    if (!landscape.others.length) {
      line.textContent = landscape.one_scale
        ? "The arrow points along minus the gradient, where the next step goes."
        : "The arrow points along minus the gradient, where the next step goes; the axes differ in scale, so it need not cross contours squarely.";
      return;
    }
    const at = landscape.records[this.plots.contours.sliceOf(record)];
    const when = at === record ? "where the run is now" : `where it was at step ${countText(run.steps[at])}, the nearest slice`;
    line.replaceChildren("A slice through ");
    landscape.others.forEach((name, place) => {
      const value = run.params[at][run.parameters.indexOf(name)];
      line.append(place ? ", " : "", ...written(name), ` = ${numberText(value, 4)}`);
    });
    line.append(`: ${when}. Path and arrow are seen from above.`);
  }

  addReadout() {
    const { run } = this;
    const list = this.section.querySelector(".readout");
    this.values = [];
    const item = (name, concept, lines) => {
      const group = document.createElement("div");
      group.style.setProperty("--concept", `var(--${concept}, var(--text))`);
      const term = document.createElement("dt");
      term.append(...written(name));
      group.append(term);
      for (const [label, text, accessible] of lines) {
        const value = document.createElement("dd");
        if (label) {
          const small = document.createElement("span");
          small.append(...(typeof label === "string" ? [label] : label));
          if (accessible) small.setAttribute("aria-label", accessible);
          value.append(small, " ");
        }
        const shown = document.createElement("span");
        value.append(shown);
        group.append(value);
        this.values.push([shown, text]);
      }
      list.append(group);
    };
    run.parameters.forEach((name, place) => {
      const lines = [["", (record) => numberText(run.params[record][place])]];
      if (run.standard_params) {
        lines.push(["in standard units", (record) => numberText(run.standard_params[record][place])]);
      }
      const unit = run.standard_params ? " there" : "";
      lines.push([["∂", ...written("J"), "/∂", ...written(name), unit], (record) => numberText(run.gradient[record][place])]);
      item(name, name, lines);
    });
    item("J", "loss", [["", (record) => numberText(run.loss[record])], [lossName(run.loss_name), () => ""]]);
    item("α", "rate", [["", (record) => roundText(run.learning_rate[record])], ["learning rate", () => ""]]);
  }

  addNotes() {
    const list = this.section.querySelector(".notes");
    for (const note of this.run.notes) {
      const line = document.createElement("li");
      line.textContent = note;
      list.append(line);
    }
  }

  describePlots(plots) {
    const { data, landscape, parameters } = this.run;
    plots.fit.setAttribute("aria-label", `Plot of ${isolated(data.y_name)} by ${isolated(data.x_name)}, with the model's curve at this step.`);
    plots.loss.setAttribute("aria-label", "Plot of the loss by step, up to this one.");
    const names = landscape ? landscape.parameters : parameters;
    plots.landscape.setAttribute("aria-label", `Contour plot of the loss over ${names.join(" and ")}, with the path.`);
  }
}

function lossName(name) {
  return { mse: "mean squared error", mae: "mean absolute error" }[name] ?? name;
}

/** A symbol as text in a page: W1 as an italic W with a lowered 1. */
function written(name) {
  const [, letters, digits] = /^(.*?)(\d*)$/.exec(name);
  const italic = document.createElement("i");
  italic.textContent = letters;
  if (!digits) return [italic];
  const lowered = document.createElement("sub");
  lowered.textContent = digits;
  return [italic, lowered];
}
