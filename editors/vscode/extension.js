"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

/** What starts the server, by the settings. */
function server() {
  const settings = vscode.workspace.getConfiguration("checker");
  return {
    command: settings.get("path") || "checker",
    args: ["lsp", "--calendar", settings.get("calendar") || "cn"],
  };
}

/** Save first: the server reads fixtures and registers from disk, and its edits must meet the same text. */
async function renameSaved(document, position, name, token, next) {
  await vscode.workspace.saveAll(false);
  return next(document, position, name, token);
}

/** Start the server; where that fails, say what to set. */
async function start() {
  const started = server();
  client = new LanguageClient("checker", "checker", started, {
    documentSelector: [{ scheme: "file", language: "norm" }],
    middleware: { provideRenameEdits: renameSaved },
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{norm,txt,yaml,yml}") },
  });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const choice = await vscode.window.showErrorMessage(
      `启动不了「${started.command} lsp」：${error.message}。请安装 checker[editor]，或者在设置里写明 checker.path。`,
      "打开设置",
    );
    if (choice) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "checker.path");
    }
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running && running.isRunning()) {
    await running.stop();
  }
}

async function restart() {
  await stop();
  await start();
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("checker.restart", restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("checker")) {
        restart();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
