"use strict";
// The engine behind one door: which pieces hold a row of tokens, and where first. Nothing else knows Pagefind.
// Its WebAssembly is driven as version 1.5.2 has it; the build refuses to write the files of another version.
(() => {
  const pressmark = (globalThis.pressmark ??= {});
  const FOLDER = new URL("../search/", document.currentScript.src);
  const VERSION = "1.5.2";
  const waiting = new Map();
  const encoder = new TextEncoder(), decoder = new TextDecoder();
  let wasm, entry, shards;
  const loaded = new Map(), answers = new Map();

  // A page opened from a folder may load scripts and nothing else: each hands over its data by this call.
  globalThis.pressmarkSearch = (name, data) => waiting.get(name)?.(data);

  function load(name, version = entry?.digest ?? "") {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting.set(name, (data) => {
        waiting.delete(name);
        script.remove();
        resolve(data);
      });
      script.onerror = () => reject(new Error(`${name} is missing`));
      script.src = new URL(`${name}.js${version && "?" + version}`, FOLDER);
      document.head.append(script);
    });
  }

  function fromBase64(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    const letters = atob(text), bytes = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
    return bytes;
  }

  async function unpack(text) {
    const stream = new Blob([fromBase64(text)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  const json = (bytes) => JSON.parse(decoder.decode(bytes));

  async function open() {
    const [text, module] = await Promise.all([load("entry"), load("engine").then(unpack)]);
    entry = json(await unpack(text));
    if (entry.engine !== VERSION) throw new Error(`the index is of Pagefind ${entry.engine}, the page of ${VERSION}`);
    const imports = {
      // What wasm-bindgen's own script does with it is of no use without objects passed in or out.
      __wbindgen_init_externref_table: () => wasm.__wbindgen_externrefs.grow(4),
    };
    const { instance } = await WebAssembly.instantiate(module, { "./pagefind_web_bg.js": imports });
    wasm = instance.exports;
    wasm.__wbindgen_start();
    let first = 0;
    shards = entry.shards.map(([, size]) => {
      const shard = { index: wasm.init_pagefind(...passed(metadata(size))) >>> 0, first };
      first += size;
      return shard;
    });
    return entry;
  }

  function passed(bytes) {
    const at = wasm.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(wasm.memory.buffer, at, bytes.length).set(bytes);
    return [at, bytes.length];
  }

  // CBOR: what Pagefind wants to know of a shard before its words. Pages go by number; nothing else is asked of it.
  const text = (value) => [0x60 | value.length, ...encoder.encode(value)];
  const pages = [], ends = [0];
  function metadata(size) {
    while (ends.length <= size) {
      pages.push(0x82, ...text(String(ends.length - 1)), 1);
      ends.push(pages.length);
    }
    const head = [0x86, ...text(VERSION), 0x99, size >> 8, size & 255];
    return Uint8Array.from([...head, ...pages.slice(0, ends[size]), 0x80, 0x80, 0x80, 0x80]);
  }

  const TABLE = Array.from({ length: 256 }, (_, n) => {
    for (let i = 0; i < 8; i++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n >>> 0;
  });

  // Words are spread over files by checksum, so that no list of files is needed.
  function fileOf(word, bits) {
    let sum = ~0;
    for (const byte of encoder.encode(word)) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
    return (bits ? (~sum >>> 0) >>> (32 - bits) : 0).toString(16).padStart(3, "0");
  }

  function loadOnce(name, then) {
    if (!loaded.has(name)) loaded.set(name, load(name).then(unpack).then(then));
    return loaded.get(name);
  }

  // A bundle holds a part of the index for each shard in turn, each after its length.
  function take(bytes) {
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (const shard of shards) {
      const length = view.getUint32(at, true);
      at += 4;
      if (length) shard.index = wasm.load_index_chunk(shard.index, ...passed(bytes.subarray(at, at + length))) >>> 0;
      at += length;
    }
  }

  // The pieces that hold the tokens as a row: number of the piece → place of the row's first token. It is shared.
  function find(tokens) {
    const key = tokens.join(" ");
    if (!answers.has(key)) answers.set(key, ask(tokens, key));
    return answers.get(key);
  }

  async function ask(tokens, key) {
    await Promise.all(tokens.map((token) => loadOnce("terms/" + fileOf(token, entry.bits), take)));
    const found = new Map();
    const question = encoder.encode(key), nothing = new Uint8Array(0), filter = encoder.encode("{}");
    for (const { index, first } of shards) {
      const [at, length] = wasm.search(
        index, ...passed(question), ...passed(question), ...passed(filter), ...passed(nothing), 1, 0);
      const answer = json(new Uint8Array(wasm.memory.buffer, at >>> 0, length));
      wasm.__wbindgen_free(at, length, 1);
      for (const { p, l } of answer.results) found.set(first + Number(p), l.length ? l[0].l : Infinity);
    }
    return found;
  }

  // The words of the archive that begin as these letters do, each with its number of pieces.
  async function wordsLike(letters) {
    const all = await loadOnce("words/" + fileOf(letters.slice(0, 2), entry.wordBits), json);
    return Object.entries(all).filter(([word]) => word.startsWith(letters));
  }

  // What a result shows, by number.
  function piece(number) {
    const place = shards.findLastIndex((shard) => shard.first <= number);
    return load(`pieces/${entry.shards[place][0]}/${number - shards[place].first}`);
  }

  const facets = () => load("facets").then(unpack).then(json);

  const opened = open();
  opened.catch(() => {});  // whoever asks for it will hear of the failure
  pressmark.engine = { opened, find, wordsLike, piece, facets };
})();
