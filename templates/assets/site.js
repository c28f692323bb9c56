// Light or dark, and what a link leads to. Everything else works without script, and so does the site without this.
"use strict";

(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // A private window, or a file opened from disk, may refuse storage.
  const load = () => { try { return localStorage.getItem("scheme"); } catch { return null; } };
  const save = (scheme) => {
    try {
      if (scheme) localStorage.setItem("scheme", scheme);
      else localStorage.removeItem("scheme");
    } catch { /* it lasts as long as the page */ }
  };
  const use = (scheme) => {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  };
  use(load());

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".scheme");
    if (!button) return;
    const label = () => {
      button.title = button.dataset[root.dataset.scheme ?? "system"];
      button.setAttribute("aria-label", button.title);
    };
    // As the system has it, then the other scheme, so that the first press shows, then the system's own for good.
    const next = () => {
      const system = dark.matches ? "dark" : "light";
      if (!root.dataset.scheme) return dark.matches ? "light" : "dark";
      return root.dataset.scheme === system ? null : system;
    };
    button.hidden = false;
    label();
    button.addEventListener("click", () => {
      const scheme = next();
      use(scheme);
      save(scheme);
      label();
    });
  });
})();

// Previews stand in the page as <template data-preview="address of the link">: by hover, focus or a long press.
document.addEventListener("DOMContentLoaded", () => {
  const previews = new Map([...document.querySelectorAll("template[data-preview]")].map((one) => [one.dataset.preview, one]));
  if (!previews.size) return;
  const WAIT = 350;
  const box = document.createElement("div");
  box.className = "preview";
  box.id = "preview";
  box.role = "tooltip";
  box.hidden = true;
  document.body.append(box);
  let link = null;
  let timer = 0;
  let pressed = false;

  // A link to a passage without a preview of its own has that of its page.
  const preview = (link) => {
    const address = link.getAttribute("href");
    return previews.get(address) ?? previews.get(address.split("#")[0]);
  };
  const of = (target) => {
    const found = target instanceof Element ? target.closest("a[href]") : null;
    return found && preview(found) ? found : null;
  };
  const hide = () => {
    clearTimeout(timer);
    link?.removeAttribute("aria-describedby");
    link = null;
    box.hidden = true;
  };
  const show = (next) => {
    hide();
    link = next;
    box.replaceChildren(preview(link).content.cloneNode(true));
    box.hidden = false;
    link.setAttribute("aria-describedby", box.id);
    const at = link.getClientRects()[0];
    const room = document.documentElement.clientWidth - box.offsetWidth - 8;
    const below = at.bottom + box.offsetHeight + 12 < innerHeight;
    box.style.left = `${scrollX + Math.max(8, Math.min(at.left, room))}px`;
    box.style.top = `${scrollY + (below ? link.getBoundingClientRect().bottom + 6 : at.top - box.offsetHeight - 6)}px`;
  };
  const later = (what, wait) => { clearTimeout(timer); timer = setTimeout(what, wait); };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const next = of(event.target);
    if (next && next !== link) later(() => show(next), WAIT);
    else if (next || box.contains(event.target)) clearTimeout(timer);
    else if (link) later(hide, WAIT);
    else clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    if (!event.target.matches(":focus-visible")) return;
    const next = of(event.target);
    if (next) show(next);
    else hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("touchstart", (event) => {
    pressed = false;
    const next = of(event.target);
    if (next) later(() => { pressed = true; show(next); }, 400);
    else if (!box.contains(event.target)) hide();
  }, { passive: true });
  for (const end of ["touchend", "touchmove", "touchcancel"]) {
    document.addEventListener(end, () => { if (!pressed) clearTimeout(timer); }, { passive: true });
  }
  // The press that opened a preview does not follow the link as well.
  for (const kind of ["click", "contextmenu"]) {
    document.addEventListener(kind, (event) => { if (pressed && of(event.target)) event.preventDefault(); pressed = false; });
  }
});
