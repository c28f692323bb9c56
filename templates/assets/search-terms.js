"use strict";
// A question as tokens of the index. builder/publish/search/terms.py and stem.py make the same tokens of a piece;
// tests/browser/test_search_terms.py holds the two together.
(() => {
  const pressmark = (globalThis.pressmark ??= {});
  const INSIDE = "1", ACROSS = "2", LETTERS = "3", SINGLE = "4", CHANCE = "6", CASED = "7";
  const UNSPACED =
    "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309e\\u30a1-\\u30fa" +
    "\\u30fc-\\u30fe\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const ACRONYM = "(?<![\\p{L}\\p{N}])[a-z](?:\\.[a-z])+(?![\\p{L}\\p{N}])";
  const ITEM = new RegExp(`([${UNSPACED}]+)|(${ACRONYM}|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+)`, "gu");
  const GENITIVE = /(?<=[\p{L}\p{N}_])['\u2019]s(?![\p{L}\p{N}_])/gu;
  const SHORT = /^[^aeiouy]*[aeiouy][^aeiouwxy]$/;

  // Traditional and Japanese forms of Han letters, and the simplified ones; the entry file says which.
  const letters = new Map();
  const fold = (text) =>
    text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "").normalize("NFC").replace(GENITIVE, "")
      .replace(/[\u4e00-\u9fff]/g, (letter) => letters.get(letter) ?? letter);

  const hex = (letter) => letter.codePointAt(0).toString(16).padStart(4, "0");
  const pair = (one, other, kind) => hex(one) + hex(other) + kind;
  const single = (letter) => "z" + hex(letter) + SINGLE;
  const cased = (word) => "z" + Array.from(word, hex).join("") + CASED;
  const byChance = ([one, other]) => "z" + hex(one) + hex(other) + CHANCE;

  // The items of a folded text in order: {run} of a script without spaces, or {word}, u.s. as us; `joined` after a mere
  // space.
  function items(folded) {
    const found = [];
    let end = -1;
    for (const match of folded.matchAll(ITEM)) {
      const joined = end >= 0 && /^\s+$/.test(folded.slice(end, match.index));
      const start = match.index, word = match[2]?.replaceAll(".", "");
      end = start + match[0].length;
      found.push({ run: match[1] && Array.from(match[1]), word, start, end, joined });
    }
    return found;
  }

  // `across` says before which letters of the text's runs, counted from 0, a space is to be supposed.
  function tokens(folded, inflections, across = []) {
    const found = [];
    let last = null, count = 0;
    for (const { run, word, joined } of items(folded)) {
      if (!run) {
        last = null;
        found.push(wordToken(word, inflections));
        continue;
      }
      if (last && joined) found.push(pair(last, run[0], ACROSS));
      for (let i = 1; i < run.length; i++) {
        found.push(pair(run[i - 1], run[i], across.includes(count + i) ? ACROSS : INSIDE));
      }
      last = run.at(-1);
      count += run.length;
    }
    return found;
  }

  function wordToken(word, inflections) {
    if (/^[\x00-\x7f]*$/.test(word)) return stem(word, inflections);
    return Array.from(word, (letter) => (letter <= "\x7f" ? letter : hex(letter))).join("") + LETTERS;
  }

  function stem(word, inflections) {
    if (!/^[a-z]{3,}$/.test(word)) return word;
    if (inflections.has(word)) return finished(inflections.get(word));
    if (word.length < 4) return word;
    const base = present(singular(word));
    return finished(inflections.get(base) ?? base);
  }

  function singular(word) {
    if (/men$/.test(word) && word.length > 5) return word.slice(0, -2) + "an";
    if (/ies$/.test(word) && word.length > 4) return word.slice(0, -3) + "y";
    if (/(ss|x|ch|sh|zz)es$/.test(word)) return word.slice(0, -2);
    return /s$/.test(word) && !/(s|u|i)s$/.test(word) ? word.slice(0, -1) : word;
  }

  function present(word) {
    if (/ied$/.test(word) && word.length > 4) return word.slice(0, -3) + "y";
    if (/eed$/.test(word)) return word;
    const rest = word.replace(/(ed|ing)$/, "");
    if (rest === word || rest.length < 2 || !/[aeiouy]/.test(rest)) return word;
    return SHORT.test(rest) ? rest + "e" : rest;
  }

  function finished(word) {
    if (word.length > 3 && word.endsWith("e") && !SHORT.test(word.slice(0, -1))) word = word.slice(0, -1);
    if (word.length > 3 && /([^aeiouy])\1$/.test(word)) word = word.slice(0, -1);
    return word.length > 5 ? word.replace(/([iy])s$/, "$1z") : word;
  }

  pressmark.terms = { letters, fold, items, tokens, single, byChance, cased, stem };
})();
