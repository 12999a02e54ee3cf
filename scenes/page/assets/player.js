// The player of a lecture: the browser's own controls, and chapters, captions, speed and transcript around them.
"use strict";

class Player {
  constructor(article, lecture) {
    this.article = article;
    this.lecture = lecture;
    this.video = article.querySelector("video");
    this.chapter = -1;
    this.captionsButton = article.querySelector('[data-do="captions"]');
    this.captionLine = article.querySelector(".caption");
    this.chapterButtons = [...article.querySelectorAll(".chapters button")];
    this.addCaptions();
    this.addChapters();
    this.addSpeed();
  }

  /** The number of the chapter at a time: the last one that has begun. Half a frame early counts, for rounding. */
  chapterAt(time) {
    const begun = this.lecture.chapters.filter((chapter) => chapter.start <= time + 0.5 / this.lecture.frameRate);
    return Math.max(0, begun.length - 1);
  }

  jump(time) {
    this.video.currentTime = time + 0.5 / this.lecture.frameRate;
    this.video.play().catch(() => {}); // Refused or interrupted: the frame is shown, and the controls are there.
  }

  addCaptions() {
    // Files of captions may not be loaded by a page that was opened from disk, so the cues are made here.
    this.track = this.video.addTextTrack("captions", "Captions", "en");
    this.track.mode = "hidden";
    this.lecture.captions.forEach((caption, number) => {
      const cue = new VTTCue(caption.start, caption.end, escapeCue(caption.text));
      cue.id = String(number);
      if (this.lecture.captionsInFilm) cue.line = 0; // Full screen, they must not cover those in the picture.
      this.track.addCue(cue);
    });
    this.track.addEventListener("cuechange", () => this.showCaption());
    this.captionsButton.addEventListener("click", () => this.setCaptions(!this.captionsOn));
    document.addEventListener("fullscreenchange", () => this.setCaptions(this.captionsOn));
    this.setCaptions(!this.lecture.captionsInFilm);
  }

  setCaptions(on) {
    this.captionsOn = on;
    this.captionsButton.setAttribute("aria-pressed", String(on));
    this.captionLine.hidden = !on;
    // Beside the film the line below it shows them, where they hide nothing; full screen the browser does.
    this.track.mode = on && document.fullscreenElement === this.video ? "showing" : "hidden";
    this.showCaption();
  }

  showCaption() {
    const cue = this.track.activeCues && this.track.activeCues[0];
    this.captionLine.textContent = cue ? this.lecture.captions[Number(cue.id)].text : "";
  }

  addChapters() {
    for (const button of this.article.querySelectorAll("[data-time]")) {
      button.addEventListener("click", () => this.jump(Number(button.dataset.time)));
    }
    for (const event of ["timeupdate", "seeked", "play"]) {
      this.video.addEventListener(event, () => this.markChapter());
    }
  }

  markChapter() {
    const chapter = this.chapterAt(this.video.currentTime);
    if (chapter === this.chapter) return;
    this.chapter = chapter;
    this.chapterButtons.forEach((button, number) => {
      if (number === chapter) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
    const { name } = this.lecture.chapters[chapter];
    this.article.querySelector(".chapter-status").textContent =
      `Chapter ${chapter + 1} of ${this.lecture.chapters.length}: ${isolated(name)}`;
  }

  addSpeed() {
    const select = this.article.querySelector(".speed select");
    select.addEventListener("change", () => {
      this.video.defaultPlaybackRate = this.video.playbackRate = Number(select.value);
    });
    this.video.addEventListener("ratechange", () => {
      select.value = String(this.video.playbackRate);
    });
  }
}

/** Text as a cue holds it, whose text is markup. */
function escapeCue(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
