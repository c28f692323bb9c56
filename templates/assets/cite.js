// Copies citations, and passages with where they stand. Without it the citations are there to be selected.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector(".cite");
  if (!box) return;
  const said = box.querySelector("[role=status]");

  // Only pages from https, this machine or the disk may use the clipboard; elsewhere the old command still does.
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.style.position = "fixed";
      const before = document.activeElement;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      before?.focus();
    }
    said.textContent = "";
    requestAnimationFrame(() => { said.textContent = box.dataset.copied; });
  };

  for (const button of box.querySelectorAll("button")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button.parentElement.querySelector("span").innerText.trim()));
  }

  // The number beside a paragraph leads to it, and takes its words along.
  const canonical = document.querySelector("link[rel=canonical]");
  document.addEventListener("click", (event) => {
    const mark = event.target instanceof Element ? event.target.closest("a.pm") : null;
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const words = mark.parentElement.innerText.trim();
    const address = new URL(mark.getAttribute("href"), canonical?.href ?? location.href.split("#")[0]).href;
    const origin = box.dataset.origin ? `${box.dataset.origin}. ` : "";
    copy(`“${words}” — ${document.querySelector("h1").innerText.trim()}. ${origin}${address}`);
  });
});
