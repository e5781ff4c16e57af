"use strict";
// The extension itself, with a stand-in for the editor: what it starts, and what it says when that fails.

const assert = require("node:assert");
const Module = require("node:module");
const path = require("node:path");
const test = require("node:test");

const ENTRY = path.join(__dirname, "..", "extension.js");

function load(settings, startFails) {
  const seen = { saved: 0, commands: new Map(), clients: [], errors: [], watched: [], changed: null };
  const vscode = {
    workspace: {
      getConfiguration: () => ({ get: (name) => settings[name] }),
      saveAll: async () => (seen.saved += 1, true),
      createFileSystemWatcher: (pattern) => seen.watched.push(pattern),
      onDidChangeConfiguration: (listener) => ((seen.changed = listener), { dispose() {} }),
    },
    commands: {
      registerCommand: (name, run) => (seen.commands.set(name, run), { dispose() {} }),
      executeCommand: (...call) => seen.errors.push(call),
    },
    window: { showErrorMessage: async (message, choice) => (seen.errors.push(message), choice) },
  };
  class LanguageClient {
    constructor(id, name, server, options) {
      Object.assign(this, { id, server, options, running: false });
      seen.clients.push(this);
    }
    async start() {
      if (startFails) {
        throw new Error("ENOENT");
      }
      this.running = true;
    }
    isRunning() {
      return this.running;
    }
    async stop() {
      this.running = false;
    }
  }
  const original = Module._load;
  Module._load = (request, ...rest) =>
    request === "vscode"
      ? vscode
      : request === "vscode-languageclient/node"
        ? { LanguageClient }
        : original(request, ...rest);
  try {
    delete require.cache[ENTRY];
    return { extension: require(ENTRY), seen };
  } finally {
    Module._load = original;
  }
}

test("it starts the program of the settings for rule files", async () => {
  const { extension, seen } = load({ path: "/项目/checker", calendar: "weekends" });
  await extension.activate({ subscriptions: [] });
  const [client] = seen.clients;
  assert.deepEqual(client.server, { command: "/项目/checker", args: ["lsp", "--calendar", "weekends"] });
  assert.deepEqual(client.options.documentSelector, [{ scheme: "file", language: "norm" }]);
  assert.deepEqual(seen.watched, ["**/*.{norm,txt,yaml,yml}"]);
  await extension.deactivate();
  assert.equal(client.running, false);
});

test("everything is saved before a rename asks the server", async () => {
  const { extension, seen } = load({});
  await extension.activate({ subscriptions: [] });
  const asked = [];
  const { provideRenameEdits } = seen.clients[0].options.middleware;
  const edits = await provideRenameEdits("文", "处", "新名", "令", (...call) => (asked.push([seen.saved, ...call]), "改"));
  assert.equal(edits, "改");
  assert.deepEqual(asked, [[1, "文", "处", "新名", "令"]]);
});

test("a changed setting and the command start it anew", async () => {
  const { extension, seen } = load({});
  await extension.activate({ subscriptions: [] });
  assert.deepEqual(seen.clients[0].server, { command: "checker", args: ["lsp", "--calendar", "cn"] });
  await seen.commands.get("checker.restart")();
  assert.deepEqual(seen.clients.map((one) => one.running), [false, true]);
  await seen.changed({ affectsConfiguration: (name) => name === "editor" });
  assert.equal(seen.clients.length, 2);
  seen.changed({ affectsConfiguration: (name) => name === "checker" });
  await new Promise(setImmediate);
  assert.equal(seen.clients.length, 3);
});

test("a program that cannot be started is told with what to set", async () => {
  const { extension, seen } = load({ path: "没有" }, true);
  await extension.activate({ subscriptions: [] });
  assert.equal(
    seen.errors[0],
    "启动不了「没有 lsp」：ENOENT。请安装 checker[editor]，或者在设置里写明 checker.path。",
  );
  assert.deepEqual(seen.errors[1], ["workbench.action.openSettings", "checker.path"]);
  await extension.deactivate();
});
