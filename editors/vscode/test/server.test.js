"use strict";
// The server through the library that VS Code's own client is built on, over the standard streams of a process.

const assert = require("node:assert");
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const test = require("node:test");
const protocol = require("vscode-languageserver-protocol/node");

const COMMAND = (process.env.CHECKER || "checker").split(" ");
const RULES = `规程 《甲》
  标识 jia
  效力 示范
  施行 2024-01-01

词汇
  机关 法院
  行为 交办、办结

规范 按期
  依据 某「𠮷」；另「另」
  当 交办
  应当 法院 办结，自 交办 起 10日 内
`;

function connect() {
  const child = spawn(COMMAND[0], [...COMMAND.slice(1), "lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(child.stdout),
    new protocol.StreamMessageWriter(child.stdin),
  );
  const told = new Map();
  const waiting = [];
  connection.onNotification(protocol.PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    told.set(uri, diagnostics.filter((one) => one.severity === protocol.DiagnosticSeverity.Error));
    waiting.splice(0).forEach((wake) => wake());
  });
  connection.listen();
  const until = async (condition) => {
    while (!condition()) {
      await new Promise((wake) => waiting.push(wake));
    }
  };
  return { child, connection, told, until };
}

test("diagnostics, completion, hover, code lens and rename", { timeout: 120000 }, async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "规则 "));
  const file = path.join(folder, "甲.norm");
  fs.writeFileSync(file, RULES);
  const uri = pathToFileURL(file).href;
  const { child, connection, told, until } = connect();
  const exited = new Promise((resolve) => child.on("exit", resolve));

  const started = await connection.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: { general: { positionEncodings: ["utf-16"] } },
  });
  assert.equal(started.capabilities.positionEncoding, "utf-16");
  assert.equal(started.capabilities.textDocumentSync.change, protocol.TextDocumentSyncKind.Full);
  assert.deepEqual(started.capabilities.executeCommandProvider.commands, ["checker.runFixtures"]);
  await connection.sendNotification(protocol.InitializedNotification.type, {});

  const textDocument = { uri, languageId: "norm", version: 1, text: RULES };
  await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, { textDocument });
  await until(() => told.has(uri));
  assert.deepEqual(told.get(uri), []);

  const broken = RULES.replace("法院 办结", "法院 办决");
  await connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: broken }],
  });
  await until(() => told.get(uri).length);
  const [problem] = told.get(uri);
  assert.equal(problem.message, "行为「办决」没有在词汇中声明。\n建议：是否指「办结」？");
  assert.deepEqual(problem.range, { start: { line: 12, character: 8 }, end: { line: 12, character: 10 } });

  const [fix] = await connection.sendRequest(protocol.CodeActionRequest.type, {
    textDocument: { uri },
    range: problem.range,
    context: { diagnostics: [problem] },
  });
  assert.equal(fix.title, "改为「办结」");
  assert.equal(fix.edit.changes[uri][0].newText, "办结");

  await connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 3 },
    contentChanges: [{ text: RULES }],
  });
  await until(() => told.get(uri).length === 0);

  const position = { line: 9, character: 4 };
  const hover = await connection.sendRequest(protocol.HoverRequest.type, { textDocument: { uri }, position });
  assert.match(hover.contents.value, /^\*\*规范 jia\/按期（版本 2024-01-01）\*\*/);

  const items = await connection.sendRequest(protocol.CompletionRequest.type, {
    textDocument: { uri },
    position: { line: 11, character: 4 },
  });
  assert.ok(items.some((item) => item.label === "交办"));
  assert.ok(items.some((item) => item.label === "违反"));

  const [lens] = await connection.sendRequest(protocol.CodeLensRequest.type, { textDocument: { uri } });
  assert.equal(lens.command.title, "运行用例 (0)");

  const edit = await connection.sendRequest(protocol.RenameRequest.type, {
    textDocument: { uri },
    position: { line: 12, character: 8 },
    newName: "办完",
  });
  assert.equal(edit.changes[uri].length, 2);
  await assert.rejects(
    connection.sendRequest(protocol.RenameRequest.type, { textDocument: { uri }, position, newName: "应当" }),
    /「应当」是语言自己的词/,
  );

  await connection.sendRequest(protocol.ShutdownRequest.type);
  await connection.sendNotification(protocol.ExitNotification.type);
  assert.equal(await exited, 0);
  connection.dispose();
  fs.rmSync(folder, { recursive: true });
});
