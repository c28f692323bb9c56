// What can be told of accessibility by looking at a page as it is drawn; gives a list of complaints.
() => {
  const said = [];
  const complain = (what, element) => {
    const words = (element.innerText ?? element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    said.push(`${what}: <${element.localName}${element.className && element.getAttribute ? ` class="${element.getAttribute("class")}"` : ""}> ${words}`);
  };
  const style = (element) => getComputedStyle(element);
  const drawn = (element) => {
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && style(element).clipPath === "none";
  };
  const seen = (element) => {
    for (let one = element; one; one = one.parentElement) if (style(one).clipPath !== "none") return false;
    return drawn(element);
  };

  // Contrast, whatever way a colour is written.
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const colour = (text) => {
    if (!known.has(text)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      known.set(text, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(text);
  };
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const found = colour(style(one).backgroundColor);
      if (found[3] === 255) return found;
      if (found[3] !== 0) return null;
    }
    return [255, 255, 255, 255];
  };
  const ratio = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const looked = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || looked.has(element) || !seen(element)) continue;
    if (["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT"].includes(element.tagName)) continue;
    looked.add(element);
    const under = ground(element);
    const body = element.closest(".body") && !element.closest("a, code");
    if (!under) complain("half transparent ground", element);
    else if (ratio(colour(style(element).color), under) < (body ? 7 : 4.5)) complain("contrast", element);
  }

  // Headings begin at 1, once, and skip none.
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.localName[1]);
    if (own > level + 1) complain(`heading ${own} after ${level}`, heading);
    if (!heading.textContent.trim()) complain("empty heading", heading);
    level = own;
  }
  if (document.querySelectorAll("h1").length !== 1) said.push("not one h1");

  // Landmarks, and the way past them.
  for (const [name, found] of [["main", "main"], ["banner", "body > header"]]) {
    if (document.querySelectorAll(found).length !== 1) said.push(`not one ${name}`);
  }
  const navs = [...document.querySelectorAll("nav")].map((nav) => nav.getAttribute("aria-label"));
  if (new Set(navs).size !== navs.length || navs.includes(null)) said.push(`navigation without a name of its own: ${navs}`);
  const skip = document.querySelector("a, button, input");
  if (!skip?.matches(".skip[href='#main']")) said.push("the first stop does not lead to the content");

  // Names of what can be used.
  const ids = new Map();
  for (const one of document.querySelectorAll("[id]")) ids.set(one.id, (ids.get(one.id) ?? 0) + 1);
  for (const [id, count] of ids) if (count > 1) said.push(`id ${id} stands ${count} times`);
  for (const one of document.querySelectorAll("[aria-labelledby], [aria-describedby], [aria-controls], label[for]")) {
    for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
      for (const id of (one.getAttribute(name) ?? "").split(" ").filter(Boolean)) {
        if (!ids.has(id)) complain(`${name} names ${id}, which is not there`, one);
      }
    }
  }
  for (const one of document.querySelectorAll("a[href], button, svg[role=img]")) {
    const label = one.getAttribute("aria-label") ?? one.textContent;
    if (!label.trim() && seen(one)) complain("no name", one);
  }
  for (const one of document.querySelectorAll("input, select")) if (!one.labels?.length) complain("no label", one);
  for (const one of document.querySelectorAll("img:not([alt])")) complain("no alt", one);
  for (const one of document.querySelectorAll("th:not([scope])")) complain("header without scope", one);
  for (const one of document.querySelectorAll("ul, ol")) {
    for (const child of one.children) if (!["LI", "SCRIPT", "TEMPLATE"].includes(child.tagName)) complain("no list item", child);
  }

  // Targets of 24 px, or with room around them; links in running text are free.
  const targets = [...document.querySelectorAll("a[href], button, input, select, summary")].filter(seen);
  const boxes = targets.map((one) => one.getBoundingClientRect());
  const centre = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  targets.forEach((one, at) => {
    const box = boxes[at];
    if (box.width >= 24 && box.height >= 24) return;
    const holder = one.closest("p, li, td, dd, th, blockquote, figcaption");
    const inText = style(one).display === "inline" && holder && [...holder.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && /[\p{L}\p{N}]/u.test(node.data),
    );
    if (inText || one.closest(".skip")) return;
    const [x, y] = centre(box);
    const crowded = boxes.some((other, n) => {
      if (n === at || targets[n].contains(one) || one.contains(targets[n])) return false;
      const [dx, dy] = [Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom)];
      return Math.hypot(dx, dy) < 12;
    });
    if (crowded) complain(`target of ${Math.round(box.width)} by ${Math.round(box.height)}`, one);
  });

  // Nothing sticks out, and nothing moved after it was shown.
  const room = document.documentElement;
  if (room.scrollWidth > room.clientWidth) said.push(`scrolls sideways by ${room.scrollWidth - room.clientWidth} px`);
  return said;
}
