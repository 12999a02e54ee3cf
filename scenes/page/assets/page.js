// Which part of the page is shown: the overview, or the lecture that the address names.
"use strict";

const pageData = JSON.parse(document.getElementById(":data").textContent);
const presentation = new Presentation(document.querySelector("dialog.present"));
const overview = document.getElementById(":overview");
const articles = [...document.querySelectorAll("article.lecture")];

for (const article of articles) {
  const player = new Player(article, pageData.lectures[article.id]);
  article.querySelector('[data-do="present"]').addEventListener("click", () => presentation.open(player));
  const section = article.querySelector(".explore");
  if (section) {
    const explorer = new Explorer(section, pageData.lectures[article.id].run, article.id, pageData.palettes);
    const button = article.querySelector('[data-do="explore"]');
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      section.hidden = !open;
      if (open) explorer.open();
      else explorer.pause();
    });
  }
}

/** Show what the address names; someone who has come by a link finds the focus at its heading. */
function route(focus) {
  const wanted = location.hash.slice(1);
  const shown = articles.find((article) => article.id === wanted);
  const before = articles.find((article) => !article.hidden);
  overview.hidden = Boolean(shown);
  for (const article of articles) {
    article.hidden = article !== shown;
    if (article !== shown) article.querySelector("video").pause();
  }
  const title = document.getElementById(":title").textContent;
  document.title = shown ? `${isolated(pageData.lectures[shown.id].title)} · Lectures on gradient descent` : title;
  if (shown) shown.querySelector("video").preload = "metadata";
  if (!focus) return;
  scrollTo(0, 0);
  if (shown) shown.querySelector("h1").focus({ preventScroll: true });
  else if (before) overview.querySelector(`a[href="#${CSS.escape(before.id)}"]`).focus();
}

addEventListener("hashchange", () => route(true));
route(false);
document.documentElement.classList.remove("loading");
