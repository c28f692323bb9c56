"use strict";
// The search page: what is asked stands in the address, what is found stands below it.
(() => {
  const { pressmark } = globalThis, { query } = pressmark;
  const form = document.querySelector(".seek"), box = form.querySelector("input[type=search]");
  const list = document.querySelector("[data-search-results]"), more = document.querySelector("[data-search-more]");
  const said = document.getElementById("said"), facetBox = document.querySelector(".facets");
  const narrow = document.querySelector(".narrow"), wide = globalThis.matchMedia("(min-width: 60rem)");
  const sort = form.elements.sort, words = JSON.parse(form.dataset.words);
  const spoken = document.documentElement.lang || "en";
  const STEP = 10, SHOWN = 6;
  // Query parameter of each facet; the source is no part of the published contract but works alike.
  const FACETS = { lang: "language", leader: "leader", topic: "topic", year: "year", source: "source" };
  // Made while the index is on its way: they take tens of milliseconds.
  const once = (make) => { let made; return () => (made ??= make()); };
  const count = once(() => new Intl.NumberFormat(spoken)), plural = once(() => new Intl.PluralRules(spoken));
  const ordinary = once(() => new Intl.DateTimeFormat(spoken, { dateStyle: "medium", timeZone: "UTC" }));
  const languages = once(() => new Intl.DisplayNames(spoken, { type: "language" }));
  const pieces = new Map(), open = new Set();
  let turn = 0, ready, facets, chosen = {}, answer, order = [], shown = 0, waiting, idle = false;

  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const total = (n) => say(plural().select(n) === "one" ? "total.one" : "total.other", { n: count().format(n) });

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value != null) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function read() {
    const asked = new URLSearchParams(location.search);
    box.value = asked.get("q") ?? "";
    sort.value = asked.get("sort") === "date" ? "date" : "";
    chosen = Object.fromEntries(Object.keys(FACETS).flatMap((key) => (asked.get(key) ? [[key, asked.get(key)]] : [])));
  }

  function write() {
    const asked = new URLSearchParams();
    if (box.value.trim()) asked.set("q", box.value.trim());
    for (const [key, value] of Object.entries(chosen)) asked.set(key, value);
    if (sort.value) asked.set("sort", sort.value);
    const address = String(asked);
    try {
      history.replaceState(null, "", address ? "?" + address : location.pathname);
    } catch {
      // Some browsers let no page of a folder change its address; the search works all the same.
    }
  }

  // Facets come while the first question is answered; without a question they are all there is to show.
  async function start() {
    const script = document.getElementById("engine");
    if (!pressmark.engine) await new Promise((resolve) => script.addEventListener("load", resolve));
    query.prepare(await pressmark.engine.opened);
    return { table: pressmark.engine.facets().then((table) => { facets = columns(table); }) };
  }

  // Each facet as the list of its keys and, for each piece, the places of the piece's keys in it.
  function columns(table) {
    const year = { keys: table.years.map(([key]) => key), of: table.years.flatMap(([, n], i) => Array(n).fill([i])) };
    return { ...table, year };
  }

  async function run() {
    const mine = ++turn;
    list.dataset.searchState = "loading";
    said.textContent = box.value.trim() ? say("loading") : "";
    try {
      const { table } = await (ready ??= start());
      const asked = box.value.trim();
      const answering = asked ? query.ask(asked) : null;
      for (const make of [count, plural, ordinary, languages]) make();
      await table;
      const found = asked || Object.keys(chosen).length ? (await answering) ?? browse() : null;
      if (mine !== turn) return;
      answer = found;
      order = found ? sorted(found.numbers.filter(passes())) : [];
      list.dataset.searchTotal = order.length;
      const first = await Promise.all(order.slice(0, STEP).map(piece));
      if (mine !== turn) return;
      shown = first.length;
      list.replaceChildren(...first.map(result));
      report(asked);
      list.dataset.searchState = found ? "done" : "idle";
    } catch (trouble) {
      if (mine !== turn) return;
      said.textContent = say("failed");
      list.replaceChildren();
      list.dataset.searchState = "error";
      console.warn(trouble);
    }
  }

  const browse = () => ({ numbers: everything(), missing: [], added: [], terms: [], topics: [] });

  // Pieces are numbered newest first, undated last.
  const sorted = (numbers) => (sort.value === "date" ? [...numbers].sort((a, b) => a - b) : numbers);

  function passes(except) {
    const tests = Object.entries(chosen).filter(([key]) => key !== except).map(([key, value]) => {
      const { keys, of } = facets[FACETS[key]], place = keys.indexOf(value);
      return (number) => of[number].includes(place);
    });
    return (number) => tests.every((test) => test(number));
  }

  function piece(number) {
    if (!pieces.has(number)) pieces.set(number, pressmark.engine.piece(number));
    return pieces.get(number);
  }

  function report(asked) {
    const all = candidates().length;
    sort.parentElement.classList.toggle("unseen", !answer || !all);
    narrow.hidden = !all;
    if (!wide.matches && idle !== !answer) narrow.open = idle = !answer;
    said.textContent = !answer || order.length === all ? (all || answer?.missing.length ? total(all) : say("none"))
      : say("of", { n: count().format(order.length), all: count().format(all) });
    notice("missing", answer?.missing.length ? missing(asked) : []);
    const added = (all && answer?.added) || [];
    const other = added.flatMap(({ strong }) => strong.filter((name) => !asked.includes(name)).slice(0, 6));
    notice("also", other.length ? [say("also", { names: other.join(" · ") })] : []);
    notice("topic", (answer?.topics ?? []).filter((topic) => facets.topic.keys.includes(topic.id)).map(topicButton));
    more.hidden = shown >= order.length;
    // What was found goes first.
    clearTimeout(waiting);
    if (all) waiting = setTimeout(showFacets);
  }

  // What the facets count: the answer, or the whole archive where nothing was asked yet.
  const candidates = () => answer?.numbers ?? everything();
  const everything = () => facets.language.of.map((_, number) => number);

  function notice(name, content) {
    const place = document.querySelector(`[data-search-${name}]`);
    place.hidden = !content.length;
    place.replaceChildren(...content);
  }

  function missing(asked) {
    const named = say("missing", { words: answer.missing.map((word) => `\u201c${word}\u201d`).join(", ") });
    const rest = answer.terms.filter((term) => !answer.missing.includes(term.shown));
    if (answer.terms.every((term) => term.begun || rest.includes(term))) return [named + " " + say("begun")];
    if (!rest.length) return [named];
    const without = rest.map((term) => (term.phrase ? `"${term.shown}"` : term.shown)).join(" ");
    return [named + " ", button(`${say("without")}: ${without}`, () => { box.value = without; changed(); })];
  }

  function topicButton(topic) {
    return button(say("topic", { name: topic.name }), () => {
      box.value = "";
      chosen = { topic: topic.id };
      changed();
    });
  }

  function button(text, act, attributes = {}) {
    const made = element("button", { type: "button", ...attributes }, text);
    made.addEventListener("click", act);
    return made;
  }

  function result(item) {
    const best = passage(item);
    const address = item.page + surfaces(item) + (best?.id ? "#" + best.id : "");
    const line = element("p", { class: "line" }), lang = item.language;
    line.append(item.day ? element("time", { datetime: item.day }, day(item.day)) : say("undated"));
    if (item.source) line.append(" · ", element("bdi", {}, item.source));
    line.append(" · " + languageName(lang));
    const made = element("li", { "data-search-result": "" },
      element("p", { class: "title", lang }, element("a", { href: address }, ...marked(item.title))), line);
    if (best) made.append(element("p", { class: "snippet", lang }, ...marked(best.text, best.from, best.to)));
    const leaders = item.leaders.slice(0, 6).map((id) => facets.names.leader?.[id]).filter(Boolean);
    if (leaders.length) made.append(element("p", { class: "who" }, leaders.map(([name]) => name).join(" · ")));
    return made;
  }

  function day(value) {
    if (value.length < 10) return value;
    return ordinary().format(new Date(value + "T00:00:00Z"));
  }

  function languageName(code) {
    try {
      return languages().of(code);
    } catch {
      return code;
    }
  }

  // The passage with the most and the rarest terms, cut where they stand closest together.
  function passage(item) {
    let best = null;
    for (const [id, text] of item.passages) {
      const found = answer.terms.length ? query.ranges(text, answer.terms) : [], worth = weigh(found);
      if (!best || worth > best.worth) best = { id: worth ? id : "", text, worth, found };
    }
    if (!best) return null;
    const around = /[\u3040-\u9fff\uac00-\ud7a3]/.test(best.text) ? 120 : 240;
    let at = 0, most = 0;
    for (const [start] of best.found) {
      const worth = weigh(best.found.filter(([from, to]) => from >= start && to <= start + around / 1.5));
      if (worth > most) [at, most] = [start, worth];
    }
    const from = at < around / 2 ? 0 : best.text.slice(0, at - around / 3).search(/\S*$/);
    return { ...best, from, to: Math.min(best.text.length, from + around) };
  }

  const weigh = (found) => [...new Set(found.map(([, , n]) => n))].reduce((sum, n) => sum + answer.terms[n].weight, 0);

  // The words as the piece has them, for its page to mark.
  function surfaces(item) {
    if (!answer.terms.length) return "";
    const texts = [item.title, ...item.passages.map(([, text]) => text)];
    const slices = (text) => query.ranges(text, answer.terms).map(([start, end]) => text.slice(start, end));
    const found = texts.flatMap(slices);
    const marks = new URLSearchParams([...new Set(found)].slice(0, 12).map((word) => ["mark", word]));
    return marks.size ? "?" + marks : "";
  }

  function marked(text, from = 0, to = text.length) {
    const parts = from ? ["… "] : [];
    let at = from;
    for (const [start, end] of answer.terms.length ? query.ranges(text, answer.terms) : []) {
      if (start < at || end > to) continue;
      parts.push(text.slice(at, start), element("mark", {}, text.slice(start, end)));
      at = end;
    }
    return [...parts, text.slice(at, to), to < text.length ? " …" : ""];
  }

  function showFacets() {
    clearTimeout(waiting);
    facetBox.replaceChildren(...Object.keys(FACETS).map(facet).filter(Boolean));
  }

  function facet(key) {
    const { keys, of } = facets[FACETS[key]], counts = new Map();
    for (const number of candidates().filter(passes(key))) {
      for (const place of of[number]) counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    const rows = [...counts].map(([place, n]) => [keys[place], n]).filter(([value]) => value !== "");
    if (!chosen[key] && rows.length < 2) return null;
    if (key === "year") rows.sort(([a], [b]) => (a < b ? 1 : -1));
    else rows.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    const some = open.has(key) ? rows : rows.filter(([value], i) => i < SHOWN || value === chosen[key]);
    const items = some.map(([value, n]) => element("li", {}, choice(key, value, n)));
    const box = element("fieldset", { "data-facet": key },
      element("legend", {}, say({ lang: "language", topic: "topic.facet" }[key] ?? key)), element("ul", {}, ...items));
    if (rows.length > SHOWN) box.append(button(say(open.has(key) ? "fewer" : "everything"), () => {
      if (!open.delete(key)) open.add(key);
      showFacets();
      facetBox.querySelector(`[data-facet=${key}] > button`)?.focus();
    }, { class: "unfold" }));
    return box;
  }

  function choice(key, value, n) {
    const [name, language] = facets.names[key]?.[value] ?? [key === "lang" ? languageName(value) : value];
    const pressed = chosen[key] === value;
    const made = button("", () => {
      if (pressed) delete chosen[key];
      else chosen[key] = value;
      changed().then(() => {
        showFacets();
        facetBox.querySelector(`[data-facet=${key}] [data-value="${CSS.escape(value)}"]`)?.focus();
      });
    }, { "aria-pressed": String(pressed), "data-value": value, title: pressed ? say("clear", { name }) : null });
    made.append(element("span", { lang: language }, name), element("span", { class: "count" }, count().format(n)));
    return made;
  }

  async function showMore() {
    const mine = turn, from = shown;
    more.disabled = true;
    const next = await Promise.all(order.slice(from, from + STEP).map(piece));
    more.disabled = false;
    if (mine !== turn) return;
    const made = next.map(result);
    list.append(...made);
    shown = from + made.length;
    more.hidden = shown >= order.length;
    made[0]?.querySelector("a").focus({ preventScroll: true });
  }

  async function changed() {
    await run();
    write();
  }

  function walk(event) {
    const links = [...list.querySelectorAll("[data-search-result] .title a")];
    const at = links.indexOf(document.activeElement), next = Math.min(at + 1, links.length - 1);
    if (event.key === "Escape" && at >= 0) box.focus();
    else if (event.key === "ArrowDown" && (at >= 0 || event.target === box)) links[next]?.focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? box).focus();
    else return;
    event.preventDefault();
  }

  // Beside the results there is room for what narrows them; above them, on a phone, it waits to be opened.
  const unfold = () => { narrow.open = wide.matches; };
  unfold();
  wide.addEventListener("change", unfold);
  box.disabled = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed();
  });
  box.addEventListener("input", changed);
  sort.addEventListener("change", changed);
  more.addEventListener("click", showMore);
  document.addEventListener("keydown", walk);
  globalThis.addEventListener("popstate", () => { read(); run(); });
  read();
  if (location.hash === "#q") box.focus();
  run();
})();
