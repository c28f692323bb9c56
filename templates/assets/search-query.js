"use strict";
// What a question means: names, phrases and words; and which pieces answer all of it, the best first.
(() => {
  const pressmark = (globalThis.pressmark ??= {});
  const { letters: han, fold, items, tokens, single, byChance, cased, stem } = pressmark.terms;
  const HANGUL = /^[\uac00-\ud7a3]+$/;
  const QUOTED = /["\u201c\u201d\u300c]([^"\u201c\u201d\u300d]+)["\u201c\u201d\u300d]?/g;
  let inflections, endings, objects, whole, ignored, chance, capitals, names, topics;

  // The lookups of an archive, from its entry file.
  function prepare(entry) {
    inflections = new Map();
    for (const [base, forms] of Object.entries(entry.inflections)) {
      for (const form of forms.split(" ")) inflections.set(form, base);
    }
    endings = new Set(entry.endings);
    objects = new Set(entry.objects);
    whole = new Set(entry.whole);
    ignored = new Set(entry.ignored);
    chance = new Set(entry.chance);
    capitals = new Set(entry.cased);
    for (let i = 0; i < entry.han.length; i += 2) han.set(entry.han[i], entry.han[i + 1]);
    names = new Map();
    topics = new Map();
    entry.subjects.map(([kind, id, token, page, name, language, strong, weak]) => {
      const subject = { kind, id, token, page, name, language, strong };
      const map = kind === "leader" ? names : topics;
      for (const alias of strong) map.set(nameKey(alias), { subject, weak: false });
      return [subject, weak, map];
    }).forEach(([subject, weak, map]) => {
      // A weak name that two people bear says nothing; a name that is enough alone goes before it.
      for (const alias of weak) {
        const key = nameKey(alias), known = map.get(key);
        if (!known) map.set(key, { subject, weak: true });
        else if (known.weak && known.subject !== subject) map.set(key, { subject: null, weak: true });
      }
      if (subject.kind === "leader") turned(subject);
    });
  }

  // East Asian names in Latin letters go either way round.
  function turned(subject) {
    for (const name of subject.strong) {
      const words = keyOf(name).split(" ");
      if (!/^[a-z]+( [a-z]+){1,2}$/.test(words.join(" "))) continue;
      for (const key of [[words.at(-1), ...words.slice(0, -1)], [...words.slice(1), words[0]]].map((way) => way.join(" "))) {
        if (!names.has(key)) names.set(key, { subject, weak: false });
      }
    }
  }

  const lettersOf = (item) => (item.run ? item.run.join("") : item.word);
  const keyOf = (text) => items(fold(text)).map(lettersOf).join(" ");
  // Names of other countries are written in katakana, and typed in either kana.
  const katakana = (key) => key.replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
  const nameKey = (text) => katakana(keyOf(text));
  const known = (key) => names.get(katakana(key));

  // The terms of a question, each with the rows of tokens of which one must be in a piece.
  function parse(question) {
    const terms = [];
    const rest = question.replace(QUOTED, (_, phrase) => {
      const rows = rowsOf(fold(phrase), true);
      if (rows.length) terms.push({ shown: phrase.trim(), rows, marks: [phrase], phrase: true });
      return " , ";
    });
    let units = unitsOf(fold(rest), new Set(rest.replaceAll(".", "").match(/[A-Za-z]+/g)));
    while (units.length) {
      const [term, after] = nameAt(units) ?? wordAt(units);
      if (term && !terms.some((known) => known.shown === term.shown)) terms.push(term);
      units = after;
    }
    const telling = terms.filter((term) => term.subject || term.phrase || !ignored.has(term.shown));
    return telling.length ? telling : terms;
  }

  // Runs and words with what stands before each: nothing or a hyphen (glued), a space, or something that parts them.
  function unitsOf(folded, typed) {
    const meant = new Map([...capitals].filter((word) => typed.has(word)).map((word) => [word.toLowerCase(), word]));
    let end = 0;
    return items(folded).map((item) => {
      const text = lettersOf(item), gap = folded.slice(end, item.start);
      end = item.end;
      const kind = /^[-\u2010\u2011'\u2019]?$/.test(gap) ? "" : /^\s+$/.test(gap) ? " " : ",";
      return { text, run: Boolean(item.run), gap: kind, cased: meant.has(text) };
    });
  }

  function nameAt(units) {
    const most = Math.min(units.length, 6);
    for (let count = most; count; count--) {
      const part = units.slice(0, count);
      if (part.some((unit, i) => i && unit.gap === ",")) continue;
      const key = part.map((unit) => unit.text).join(" ");
      if (known(key)?.subject) return [nameTerm(key), units.slice(count)];
      const last = part.at(-1);
      for (let cut = last.text.length - 1; last.run && cut; cut--) {
        const shorter = key.slice(0, key.length - last.text.length + cut), left = last.text.slice(cut);
        if (!known(shorter)?.subject || (known(shorter).weak && (shorter.length < 2 || !isEnding(left)))) continue;
        const after = isEnding(left) || left.length < 2 ? [] : [{ text: left, run: true, gap: " " }];
        return [nameTerm(shorter), [...after, ...units.slice(count)]];
      }
    }
    return units[0].run ? nameInside(units) : null;
  }

  // Chinese and Japanese put no space before a name either.
  function nameInside([{ text, gap }, ...after]) {
    if (HANGUL.test(text)) return null;
    for (let start = 1; start < text.length - 1; start++) {
      for (let end = text.length; end > start + 1; end--) {
        const found = known(text.slice(start, end));
        if (!found?.subject || found.weak) continue;
        const [term] = wordAt([{ text: text.slice(0, start), run: true, gap }]);
        return [term, [{ text: text.slice(start), run: true, gap: " " }, ...after]];
      }
    }
    return null;
  }

  function nameTerm(key) {
    const { subject, weak } = known(key);
    return { shown: key, rows: rowsOf(key, true), subject, weak, marks: [key, ...subject.strong] };
  }

  function wordAt([first, ...rest]) {
    const word = [first];
    while (rest.length && rest[0].gap === "") word.push(rest.shift());
    const before = (i, between) => (i && !word[i].run && !word[i - 1].run ? between : "");
    const joined = (between) => word.map((unit, i) => before(i, between) + unit.text).join("");
    const shown = joined("-");
    const last = word.at(-1);
    if (last.run && HANGUL.test(last.text)) last.text = peeled(last.text);
    const text = joined(" ");
    const rows = rowsOf(text, false), pair = chance.has(text) ? text : null, marks = [text];
    if (word.length > 1 && word.every((unit) => !unit.run)) {
      marks.push(joined(""));
      rows.push(...rowsOf(joined(""), false));
    }
    return [rows.length ? { shown, rows, marks, pair, cased: first.cased && !pair && word.length === 1 } : null, rest];
  }

  // A Korean word without the endings it wears in the question; two syllables at least remain, or one before the
  // endings that nothing else ends in.
  function peeled(word) {
    if (word.length === 2 && objects.has(word[1]) && !isWhole(word, 1)) return word[0];
    for (let size = Math.min(4, word.length - 2); size > 0; size--) {
      if (endings.has(word.slice(-size)) && !isWhole(word, size)) return peeled(word.slice(0, -size));
    }
    return word;
  }

  const isWhole = (word, size) =>
    [2, 3, 4].some((length) => length > size && length <= word.length && whole.has(word.slice(-length)));

  // A row of endings, or nothing.
  const isEnding = (text) => text === "" || [4, 3, 2, 1].some((size) => (
    size <= text.length && endings.has(text.slice(-size)) && isEnding(text.slice(0, -size))
  ));

  // The rows of tokens that stand for a text; a long Korean word may be written with a space in any likely place.
  function rowsOf(text, exact) {
    if (Array.from(text).length === 1 && items(text)[0]?.run) return [[single(text)]];
    const row = tokens(text, inflections);
    if (!row.length) return [];
    const spaces = exact || !HANGUL.test(text) || text.length > 12 ? [] : spacings(text.length);
    return [row, ...spaces.map((across) => tokens(text, inflections, across))];
  }

  function spacings(length) {
    const one = [];
    for (let at = 1; at <= length - 2; at++) if (length > 3 && (at > 1 || length > 4)) one.push([at]);
    const two = one.flatMap(([a]) => one.filter(([b]) => b >= a + 2).map(([b]) => [a, b]));
    return [...one, ...two];
  }

  // The pieces that answer, the best first; the words that are nowhere; the subjects whose other names were searched.
  async function ask(question) {
    const terms = parse(question);
    const found = await Promise.all(terms.map(pagesOf));
    const missing = terms.filter((term, i) => !found[i].size || term.begun).map((term) => term.shown);
    const [fewest, ...others] = [...found].sort((a, b) => a.size - b.size);
    const numbers = fewest ? [...fewest.keys()].filter((number) => others.every((pages) => pages.has(number))) : [];
    const all = Math.max(...found.map((pages) => pages.size), 1);
    // A rare word weighs more than a common one, and a place in the title or at the beginning more than a late one.
    terms.forEach((term, i) => { term.weight = Math.log(1 + (2 * all) / Math.max(found[i].size, 1)); });
    const score = new Map(numbers.map((number) => [number, found.reduce((sum, pages, i) => (
      sum + terms[i].weight * (1 + 2 / (1 + pages.get(number) / 20))
    ), 0)]));
    numbers.sort((a, b) => score.get(b) - score.get(a) || a - b);
    const added = terms.filter((term, i) => term.subject && found[i].size).map((term) => term.subject);
    return { numbers, missing, added, terms, topics: topicsOf(question) };
  }

  async function pagesOf(term) {
    const found = await Promise.all(term.rows.map(pressmark.engine.find));
    const pages = new Map();
    const add = (places) => {
      for (const [page, place] of places) pages.set(page, Math.min(place, pages.get(page) ?? Infinity));
    };
    found.forEach(add);
    // Two letters that meet by chance in other words are not the word that they look like.
    if (term.pair) for (const page of (await pressmark.engine.find([byChance(term.pair)])).keys()) pages.delete(page);
    if (term.cased) {
      const there = await pressmark.engine.find([cased(term.shown)]);
      for (const page of pages.keys()) if (!there.has(page)) pages.delete(page);
    }
    if (!pages.size && !term.cased && /^[a-z]{3,}$/.test(term.shown)) await begun(term, add);
    if (!term.subject) return pages;
    const named = await pressmark.engine.find([term.subject.token]);
    // A name that many people bear stands for the one whom nearly all pieces with it mean, or for nobody.
    const meant = [...pages.keys()].filter((page) => named.has(page)).length;
    if (term.weak && meant < 0.8 * pages.size) delete term.subject;
    else add(named);
    return pages;
  }

  // A word that is nowhere may be the beginning of one: the most frequent ones that begin so answer for it.
  async function begun(term, add) {
    const words = await pressmark.engine.wordsLike(term.shown);
    const most = words.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 12).map(([word]) => word);
    (await Promise.all(most.map((word) => pressmark.engine.find([word])))).forEach(add);
    term.begun = most.length > 0;
    term.marks = most;
  }

  const topicsOf = (question) => [...new Set([topics.get(nameKey(question))?.subject].filter(Boolean))];

  // Folding changes lengths (one letter may become three), so that each folded letter remembers where it came from.
  // Letters and texts come again and again, for each mark and each result, and are folded once.
  const letters = new Map(), texts = new Map();

  function traced(text) {
    if (texts.has(text)) return texts.get(text);
    let folded = "", at = 0;
    const from = [];
    for (const letter of text) {
      if (!letters.has(letter)) letters.set(letter, fold(letter));
      const plain = letters.get(letter);
      for (let i = 0; i < plain.length; i++) from.push(at);
      folded += plain;
      at += letter.length;
    }
    from.push(at);
    const units = items(folded).map((unit) => ({ ...unit, stem: unit.word && stem(unit.word, inflections) }));
    if (texts.size > 5000) texts.clear();
    texts.set(text, { folded, from, units });
    return texts.get(text);
  }

  // Where in a text the terms stand: sorted ranges of its letters, each with the number of its term.
  function ranges(text, terms) {
    const { from, ...there } = traced(text);
    const found = terms.flatMap((term, number) => term.marks.flatMap((mark) => (
      places(there, traced(mark).units).map(([start, end]) => [from[start], from[end], number])
    )));
    return found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  }

  function places({ folded, units }, wanted) {
    if (!wanted.length) return [];
    if (wanted.every((unit) => unit.run)) {
      const row = new RegExp(wanted.flatMap((unit) => unit.run).join("\\s*"), "gu");
      return [...folded.matchAll(row)].map((match) => [match.index, match.index + match[0].length]);
    }
    const found = [];
    for (let i = 0; i + wanted.length <= units.length; i++) {
      const isHere = wanted.every(({ run, stem: form }, k) => {
        const unit = units[i + k];
        return run ? unit.run && lettersOf(unit).startsWith(run.join("")) : unit.stem === form;
      });
      if (!isHere) continue;
      found.push([units[i].start, units[i + wanted.length - 1].end]);
    }
    return found;
  }

  pressmark.query = { prepare, parse, ask, ranges };
})();
