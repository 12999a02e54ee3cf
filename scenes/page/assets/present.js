// A film in front of a class, one chapter at a time.
//
// The film plays behind a canvas, and only frames of the chapter are painted on it: however late the browser notices
// that a chapter has ended, nothing of the next one is seen.
"use strict";

const IDLE_AFTER = 2500; // Milliseconds after which pointer and buttons hide.

class Presentation {
  constructor(dialog) {
    this.dialog = dialog;
    this.stage = dialog.querySelector(".stage");
    this.video = dialog.querySelector("video");
    this.canvas = dialog.querySelector("canvas");
    this.caption = dialog.querySelector(".stage-caption");
    this.brush = this.canvas.getContext("2d", { alpha: false });
    this.round = 0; // Raised by every move: what an earlier one has begun then ends.
    this.video.addEventListener("ended", () => this.finish(this.round));
    dialog.addEventListener("keydown", (event) => this.onKey(event));
    dialog.addEventListener("close", () => this.onClose());
    dialog.addEventListener("pointermove", () => this.wake());
    this.stage.addEventListener("click", (event) => this.onClick(event));
    document.addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement && this.wasFull) this.leave();
      this.wasFull = document.fullscreenElement === this.stage;
    });
  }

  /** Present a lecture from one of its chapters on. */
  async open(player) {
    this.player = player;
    this.lecture = player.lecture;
    this.wasFull = false;
    player.video.pause();
    [this.canvas.width, this.canvas.height] = [this.lecture.width, this.lecture.height];
    this.canvas.style.setProperty("--ratio", this.lecture.width / this.lecture.height);
    this.dialog.setAttribute("aria-label", `Presentation: ${isolated(this.lecture.title)}`);
    this.dialog.showModal();
    this.stage.focus();
    this.wake();
    this.video.src = this.lecture.film;
    this.video.playbackRate = player.video.playbackRate;
    this.go(player.chapterAt(player.video.currentTime));
    try {
      await this.stage.requestFullscreen();
    } catch {
      // Refused: the stage fills the window instead.
    }
  }

  leave() {
    if (this.dialog.open) this.dialog.close();
  }

  async onClose() {
    this.round += 1;
    this.caption.textContent = "";
    this.video.pause();
    this.player.video.currentTime = this.frameTime(this.shownFrame ?? 0);
    this.video.removeAttribute("src");
    this.video.load();
    // While the screen is still full, nothing outside of the stage takes the focus.
    if (document.fullscreenElement) await document.exitFullscreen().catch(() => {});
    this.player.article.querySelector('[data-do="present"]').focus();
  }

  onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // A button that has the focus is pressed by space and enter, as everywhere.
    if (event.target.closest("button") && [" ", "Enter"].includes(event.key)) return;
    const last = this.lecture.chapters.length - 1;
    const moves = {
      " ": () => this.on(),
      ArrowRight: () => this.on(),
      ArrowDown: () => this.on(),
      PageDown: () => this.on(),
      Enter: () => this.on(),
      ArrowLeft: () => this.back(),
      ArrowUp: () => this.back(),
      PageUp: () => this.back(),
      Home: () => this.go(0),
      End: () => this.go(last),
      Escape: () => this.leave(),
      p: () => this.pause(),
      b: () => this.stage.classList.toggle("blank"),
      ".": () => this.stage.classList.toggle("blank"),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    // Held down, a key is still one press: chapters must not fly by.
    if (!event.repeat) move();
  }

  onClick(event) {
    const button = event.target.closest("[data-go]");
    const go = button ? button.dataset.go : "on";
    if (go === "leave") return this.leave();
    if (go === "back") this.back();
    else this.on();
    // After a click space must go on again, not press the button once more; a key's click has no detail.
    if (event.detail) this.stage.focus();
  }

  on() {
    if (this.chapter < this.lecture.chapters.length - 1) this.go(this.chapter + 1);
  }

  back() {
    this.go(Math.max(0, this.chapter - 1));
  }

  pause() {
    if (this.done) return;
    if (this.video.paused) this.video.play().catch(() => {});
    else this.video.pause();
  }

  /** Play a chapter from its first frame, and stop on its last. */
  async go(number) {
    const round = ++this.round;
    const chapter = this.lecture.chapters[number];
    this.chapter = number;
    this.done = false;
    this.stage.classList.remove("blank");
    this.stage.dataset.chapter = String(number);
    this.stage.dataset.state = "playing";
    this.firstFrame = Math.round(chapter.start * this.lecture.frameRate);
    this.lastFrame = Math.max(this.firstFrame, Math.round(chapter.end * this.lecture.frameRate) - 1);
    this.showPlace();
    this.video.pause();
    await this.seek(this.firstFrame, round);
    if (round !== this.round) return;
    this.paint(this.firstFrame);
    this.video.play().catch(() => {});
    this.watch(round);
  }

  showPlace() {
    const { chapters } = this.lecture;
    const place = this.dialog.querySelector(".place");
    const spoken = document.createElement("span");
    spoken.className = "unseen";
    spoken.textContent = `Chapter ${this.chapter + 1} of ${chapters.length}: ${isolated(chapters[this.chapter].name)}`;
    const seen = document.createElement("span");
    seen.setAttribute("aria-hidden", "true");
    seen.textContent = `${this.chapter + 1} / ${chapters.length}`;
    place.replaceChildren(spoken, seen);
    this.canvas.setAttribute("aria-label", `${isolated(this.lecture.title)}: ${isolated(chapters[this.chapter].name)}`);
  }

  frameTime(frame) {
    return (frame + 0.5) / this.lecture.frameRate;
  }

  /** Show a frame on the hidden film; resolves when it is there, or when another move has begun. */
  async seek(frame, round) {
    this.video.currentTime = this.frameTime(frame);
    do {
      await new Promise((resolve) => {
        this.video.addEventListener("seeked", resolve, { once: true });
        this.video.addEventListener("error", resolve, { once: true });
      });
    } while (round === this.round && this.video.seeking);
  }

  paint(frame) {
    this.shownFrame = frame;
    this.brush.drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    // Captions that stand in the picture are there already.
    const shown = this.player.captionsOn && !this.lecture.captionsInFilm;
    const time = this.frameTime(frame);
    const caption = shown && this.lecture.captions.find(({ start, end }) => start <= time && time < end);
    this.caption.textContent = caption ? caption.text : "";
  }

  /** Paint every frame as it comes, until the last but one; the last is then sought, not raced for. */
  watch(round) {
    const next = this.video.requestVideoFrameCallback
      ? (seen) => this.video.requestVideoFrameCallback((_, frame) => seen(frame.mediaTime))
      : (seen) => requestAnimationFrame(() => seen(this.video.currentTime));
    const seen = (time) => {
      if (round !== this.round) return;
      // The clock may already be ahead of the frame that is told of: what is painted is what the clock shows.
      const frame = Math.floor(Math.max(time, this.video.currentTime) * this.lecture.frameRate + 0.01);
      if (frame < this.lastFrame - 1 && !this.video.ended) {
        this.paint(frame);
        next(seen);
        return;
      }
      this.finish(round);
    };
    next(seen);
  }

  async finish(round) {
    if (this.done || !this.dialog.open) return;
    this.done = true;
    this.video.pause();
    await this.seek(this.lastFrame, round);
    if (round !== this.round) return;
    this.paint(this.lastFrame);
    this.stage.dataset.state = "done";
  }

  wake() {
    this.stage.classList.remove("idle");
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      if (!this.dialog.querySelector(".stage-buttons :focus-visible")) this.stage.classList.add("idle");
    }, IDLE_AFTER);
  }
}
