// The one thing pages remember: light or dark. Everything else works without script.
"use strict";
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // A private window, or a file opened from disk, may refuse storage.
  const load = () => { try { return localStorage.getItem("scheme"); } catch { return null; } };
  const save = (scheme) => { try { localStorage.setItem("scheme", scheme); } catch { /* it lasts as long as the page */ } };
  const now = () => root.dataset.scheme ?? (dark.matches ? "dark" : "light");

  const chosen = load();
  if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".scheme");
    if (!button) return;
    const label = () => {
      button.title = now() === "dark" ? button.dataset.light : button.dataset.dark;
      button.setAttribute("aria-label", button.title);
    };
    button.hidden = false;
    label();
    dark.addEventListener("change", label);
    button.addEventListener("click", () => {
      root.dataset.scheme = now() === "dark" ? "light" : "dark";
      save(root.dataset.scheme);
      label();
    });
  });
})();
