import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  call,
  hasEnded,
  inPath,
  ownerOf,
  stream
} from "./chunk-FXKZQUNG.js";
import {
  SeaworthyError
} from "./chunk-FGTERCER.js";

// src/io/archive/tar-writer.ts
var BLOCK = 512;
function tarOf(files) {
  const pieces = files.flatMap(({ path, text, mode }) => {
    const body = Buffer.from(text ?? "", "utf8");
    const padding = Buffer.alloc((BLOCK - body.length % BLOCK) % BLOCK);
    return [
      headerOf(path, body.length, mode ?? (text === null ? 493 : 420), text === null),
      body,
      padding
    ];
  });
  return Buffer.concat([...pieces, Buffer.alloc(2 * BLOCK)]);
}
var FLAGS = { file: "0", hardlink: "1", symlink: "2", directory: "5" };
var LONGEST = 100;
function tarOfMembers(members) {
  const pieces = members.flatMap(({ path, type, mode, uid, gid, link, bytes }) => {
    const records = [
      ...Buffer.byteLength(path) > LONGEST ? [paxRecord("path", path)] : [],
      ...Buffer.byteLength(link) > LONGEST ? [paxRecord("linkpath", link)] : []
    ];
    const extra = Buffer.concat(records);
    const pax = { path: "pax", flag: "x", mode: 420, uid: 0, gid: 0, link: "", size: extra.length };
    const short = { path: cut(path), link: cut(link), flag: FLAGS[type], mode, uid, gid, size: bytes.length };
    return [...records.length === 0 ? [] : [fieldsOf(pax), padded(extra)], fieldsOf(short), padded(bytes)];
  });
  return Buffer.concat([...pieces, Buffer.alloc(2 * BLOCK)]);
}
function cut(text) {
  return Buffer.byteLength(text) > LONGEST ? "see-pax-record" : text;
}
function paxRecord(key, value) {
  const rest = Buffer.from(` ${key}=${value}
`);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) {
    length = String(length).length + rest.length;
  }
  return Buffer.concat([Buffer.from(String(length)), rest]);
}
function padded(bytes) {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - bytes.length % BLOCK) % BLOCK)]);
}
function headerOf(path, size, mode, isFolder) {
  if (Buffer.byteLength(path) > LONGEST) {
    throw new Error(`path too long for a plain tar header: ${path}`);
  }
  return fieldsOf({ path, size, mode, uid: 0, gid: 0, link: "", flag: isFolder ? "5" : "0" });
}
function fieldsOf({ path, size, mode, uid, gid, link, flag }) {
  const header = Buffer.alloc(BLOCK);
  const octal = (value, at, digits) => header.write(`${value.toString(8).padStart(digits, "0")}\0`, at, "latin1");
  header.write(path, 0, "utf8");
  octal(mode, 100, 7);
  octal(uid, 108, 7);
  octal(gid, 116, 7);
  octal(size, 124, 11);
  octal(0, 136, 11);
  header.write(flag, 156, "latin1");
  header.write(link, 157, "utf8");
  header.write("ustar\x0000", 257, "latin1");
  header.fill(" ", 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return header;
}

// src/io/engine/build.ts
async function buildImage(engine, dockerfile, files, options) {
  const all = { Dockerfile: Buffer.from(dockerfile), ...files };
  const members = Object.entries(all).map(([path, bytes]) => {
    return { path, bytes, type: "file", mode: 420, uid: 0, gid: 0, link: "" };
  });
  const answer = await stream(engine, "/build", {
    method: "POST",
    query: {
      rm: "1",
      forcerm: "1",
      nocache: "1",
      t: options.name,
      networkmode: options.network,
      platform: options.platform,
      buildargs: options.buildArgs === void 0 ? void 0 : JSON.stringify(options.buildArgs),
      labels: options.labels === void 0 ? void 0 : JSON.stringify(options.labels)
    },
    body: new Uint8Array(tarOfMembers(members)),
    limitMs: null,
    signal: options.signal
  });
  return readBuild(answer);
}
async function readBuild(answer) {
  let output = "";
  let id = null;
  let error = null;
  let rest = "";
  const read = (line) => {
    if (line.trim() === "") {
      return;
    }
    const said = JSON.parse(line);
    output = (output + (said.stream ?? "")).slice(-MOST);
    id = said.aux?.ID ?? id;
    error = said.error ?? error;
  };
  for await (const chunk of answer) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      read(line);
    }
  }
  read(rest);
  if (id === null && error === null) {
    error = "the engine named no image";
  }
  return { id: error === null ? id : null, error, output };
}
var MOST = 2 ** 20;
async function tagImage(engine, id, reference) {
  const [, repo = "", tag = ""] = /^(.+?)(?::([\w][\w.-]*))?$/.exec(reference) ?? [];
  if (repo === "" || tag === "") {
    throw new SeaworthyError({
      code: "bad-input",
      what: `${JSON.stringify(reference)} is no name with a tag`,
      where: "tag-suffix",
      todo: "name the image by repository and tag"
    });
  }
  await call(engine, `/images/${inPath(id)}/tag`, { method: "POST", query: { repo, tag } });
}
async function removeImage(engine, reference) {
  await call(engine, `/images/${inPath(reference)}`, { method: "DELETE", query: { force: "1" } }).catch(
    () => null
  );
}

// src/io/engine/trials.ts
var TRIALS = "seaworthy-update";
var STALE = 24 * 60 * 60;
function trialName(runId, purpose, now = Date.now()) {
  return `${TRIALS}:${Math.floor(now / 1e3)}-${runId}-${purpose}`;
}
async function sweepTrials(engine, now = Date.now()) {
  await removeNamed(engine, ({ made }) => made < now / 1e3 - STALE);
}
async function removeTrialsOf(engine, runId) {
  await removeNamed(engine, (trial) => trial.runId === runId);
}
async function removeNamed(engine, which) {
  const query = { filters: JSON.stringify({ reference: [TRIALS] }) };
  const listed = await call(engine, "/images/json", { query }).catch(() => []);
  for (const name of listed.flatMap(({ RepoTags }) => RepoTags ?? [])) {
    const [, made, runId = ""] = new RegExp(`^${TRIALS}:(\\d{1,12})-([0-9a-f]{12})-`).exec(name) ?? [];
    if (made === void 0 || !which({ made: Number(made), runId })) {
      continue;
    }
    await removeTrialContainers(engine, name).catch(() => null);
    await removeImage(engine, name);
  }
}
async function removeTrialContainers(engine, name) {
  const listed = await call(engine, "/containers/json", { query: { all: "1" } });
  for (const { Id } of listed.filter(({ Image }) => Image === name)) {
    await call(engine, `/containers/${Id}`, { method: "DELETE", query: { force: "1", v: "1" } }).catch(
      () => null
    );
  }
}

// src/io/files/temporary.ts
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// src/io/files/full-disk.ts
function isFull(error) {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  return code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
}
function noSpace(where, what, cause) {
  return new SeaworthyError({ code: "no-space", what, where }, { cause });
}
function unwritable(where, error) {
  if (isFull(error)) {
    return noSpace(where, "no space left for a temporary folder", error);
  }
  const what = `no temporary folder can be made: ${error instanceof Error ? error.message : String(error)}`;
  const todo = "point RUNNER_TEMP (TMPDIR in a terminal) at a folder that can be written to";
  return new SeaworthyError({ code: "file-unwritable", what, where, todo }, { cause: error });
}

// src/io/files/temporary.ts
var PREFIX = "seaworthy-";
var OWNER = "owner";
var STALE_AFTER = 24 * 60 * 60 * 1e3;
function makeTemporary(runId, env = process.env) {
  const parent = env.RUNNER_TEMP || tmpdir();
  let folder = null;
  try {
    sweep(parent);
    folder = mkdtempSync(join(parent, `${PREFIX}${runId}-`));
    writeFileSync(join(folder, OWNER), ownerOf(process.pid) ?? "");
    return folder;
  } catch (error) {
    if (folder !== null) {
      rmSync(folder, { recursive: true, force: true });
    }
    throw unwritable(parent, error);
  }
}
function makeFolder(path) {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw unwritable(path, error);
  }
}
function sweep(parent) {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    if (!/^seaworthy-[0-9a-f]{12}-/.test(name)) {
      continue;
    }
    try {
      if (isLeft(path)) {
        rmSync(path, { recursive: true, force: true });
      }
    } catch {
    }
  }
}
function isLeft(path) {
  const { uid, mtimeMs } = lstatSync(path);
  if (uid !== process.getuid?.()) {
    return false;
  }
  return Date.now() - mtimeMs > STALE_AFTER || hasEnded(readFileSync(join(path, OWNER), "utf8"));
}
function removeTemporary(runId, env = process.env) {
  const parent = env.RUNNER_TEMP || tmpdir();
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${PREFIX}${runId}-`)) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

export {
  tarOf,
  tarOfMembers,
  buildImage,
  tagImage,
  removeImage,
  trialName,
  sweepTrials,
  removeTrialsOf,
  removeTrialContainers,
  isFull,
  noSpace,
  makeTemporary,
  makeFolder,
  removeTemporary
};
