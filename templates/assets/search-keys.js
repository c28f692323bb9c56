"use strict";
// The search from every page: "/" and Ctrl+K lead to its box, and what it found is marked on the page it led to.
(() => {
  const page = new URL("../search.html#q", document.currentScript.src);

  document.addEventListener("keydown", (event) => {
    const asked = event.key === "/" ? !event.ctrlKey && !event.metaKey && !event.altKey
      : event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (!asked || (typing && event.key === "/") || event.isComposing) return;
    event.preventDefault();
    const box = document.querySelector("input[type=search]");
    if (box) box.select();
    else location.assign(page);
  });

  // Who comes by mouse or thumb wants to type at once; who comes by keyboard goes on from the top of the page.
  document.addEventListener("click", (event) => {
    const link = event.detail > 0 && event.target.closest?.("a[href$='search.html']");
    if (link) link.hash = "q";
  });

  // The words come as they stand in the text (?mark=…), so that no rule of the search is needed to find them again.
  function mark() {
    const words = new URLSearchParams(location.search).getAll("mark").filter(Boolean);
    words.sort((a, b) => b.length - a.length);
    const text = document.querySelector("main article, main");
    if (!words.length || !text || !globalThis.Highlight) return;
    const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
    const found = new Highlight(), walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      for (const match of walk.currentNode.data.matchAll(pattern)) {
        const range = new Range();
        range.setStart(walk.currentNode, match.index);
        range.setEnd(walk.currentNode, match.index + match[0].length);
        found.add(range);
      }
    }
    CSS.highlights.set("asked", found);
    const style = new CSSStyleSheet();
    style.replaceSync("::highlight(asked) { background-color: color-mix(in srgb, var(--cloth) 22%, transparent); }");
    document.adoptedStyleSheets.push(style);
  }

  document.addEventListener("DOMContentLoaded", mark);
})();
