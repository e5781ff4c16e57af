"use strict";
// The colours, by the engine that VS Code itself uses.

const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

const HERE = path.join(__dirname, "..");
const RULES = path.join(HERE, "..", "..", "rules");

async function grammar() {
  const wasm = fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => {
      const file = path.join(HERE, "syntaxes", "norm.tmLanguage.json");
      return textmate.parseRawGrammar(fs.readFileSync(file, "utf8"), file);
    },
  });
  return registry.loadGrammar("source.norm");
}

/** The words of a text with their innermost scope, blanks and plain words left out. */
function coloured(loaded, text) {
  let state = textmate.INITIAL;
  const found = [];
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = loaded.tokenizeLine(line, state);
    state = ruleStack;
    for (const token of tokens) {
      const scope = token.scopes[token.scopes.length - 1];
      const word = line.slice(token.startIndex, token.endIndex);
      if (word.trim() && scope !== "source.norm" && !scope.startsWith("punctuation")) {
        found.push(`${scope.split(".").slice(0, 2).join(".")} ${word}`);
      }
    }
  }
  return found;
}

test("every kind of word has its colour", async () => {
  const loaded = await grammar();
  const text = "规范 按期  # 注「\n  依据 《某》第一条「# 不是注「内」还在」\n  自 交办 起 10日 内\n  施行 2024-01-01\n  第二次 当即 交办";
  assert.deepEqual(coloured(loaded, text), [
    "storage.type 规范", "entity.name 按期", "comment.line # 注「",
    "keyword.control 依据", "entity.name 《某》", "string.quoted 「", "string.quoted # 不是注",
    "string.quoted 「", "string.quoted 内", "string.quoted 」", "string.quoted 还在", "string.quoted 」",
    "keyword.control 自", "keyword.control 起", "constant.numeric 10日", "keyword.control 内",
    "keyword.control 施行", "constant.numeric 2024-01-01",
    "constant.numeric 第二次",
  ]);
});

test("no line of the shipped packs leaves a quotation open for the next", async () => {
  const loaded = await grammar();
  let heads = 0;
  const packs = fs.readdirSync(RULES, { withFileTypes: true }).filter((one) => one.isDirectory());
  for (const { name: pack } of packs) {
    for (const name of fs.readdirSync(path.join(RULES, pack)).filter((one) => one.endsWith(".norm"))) {
      const text = fs.readFileSync(path.join(RULES, pack, name), "utf8");
      const found = coloured(loaded, text).filter((one) => one.startsWith("storage.type"));
      const written = text.split("\n").filter((line) => /^(规程|词汇|规范|指标)(\s|$)/.test(line));
      assert.equal(found.length, written.length, name);
      heads += written.length;
    }
  }
  assert.ok(heads > 500);
});
