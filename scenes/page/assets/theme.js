// Dark or light: the system's choice until a reader makes another. Runs before the page is drawn, so nothing flashes.
"use strict";

const systemDark = matchMedia("(prefers-color-scheme: dark)");

function remembered(key) {
  try {
    return localStorage.getItem(`lectures.${key}`);
  } catch {
    return null; // Some browsers keep nothing for pages opened from disk.
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(`lectures.${key}`, value);
  } catch {
    // The choice then lasts as long as the page is open.
  }
}

function currentTheme() {
  return document.documentElement.dataset.theme || (systemDark.matches ? "dark" : "light");
}

if (["dark", "light"].includes(remembered("theme"))) {
  document.documentElement.dataset.theme = remembered("theme");
}

// Until page.js knows which part is wanted, lectures do not show.
document.documentElement.classList.add("loading");

document.addEventListener("DOMContentLoaded", () => {
  const button = document.getElementById(":theme");
  const announce = () => {
    const other = currentTheme() === "dark" ? "Light" : "Dark";
    button.querySelector("span").textContent = other;
    button.setAttribute("aria-label", `${other} colours`);
    document.dispatchEvent(new CustomEvent("themechange"));
  };
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = currentTheme() === "dark" ? "light" : "dark";
    remember("theme", document.documentElement.dataset.theme);
    announce();
  });
  systemDark.addEventListener("change", announce);
  announce();
});
