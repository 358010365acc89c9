import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  hasEnded,
  ownerOf
} from "./chunk-UPGN2QRQ.js";
import {
  SeaworthyError
} from "./chunk-W4HYWW2N.js";

// src/io/temporary.ts
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// src/io/full-disk.ts
var ROOM = "free some space there, or point RUNNER_TEMP (TMPDIR in a terminal; cache-dir for what is kept) at a larger disk";
function isFull(error) {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  return code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
}
function noSpace(where, what, cause) {
  return new SeaworthyError({ code: "no-space", what, where, todo: ROOM }, { cause });
}
function unwritable(where, error) {
  if (isFull(error)) return noSpace(where, "no space left for a temporary folder", error);
  const what = `no temporary folder can be made: ${error instanceof Error ? error.message : String(error)}`;
  const todo = "point RUNNER_TEMP (TMPDIR in a terminal) at a folder that can be written to";
  return new SeaworthyError({ code: "file-unwritable", what, where, todo }, { cause: error });
}

// src/io/temporary.ts
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
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
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
    if (!/^seaworthy-[0-9a-f]{12}-/.test(name)) continue;
    try {
      if (isLeft(path)) rmSync(path, { recursive: true, force: true });
    } catch {
    }
  }
}
function isLeft(path) {
  const { uid, mtimeMs } = lstatSync(path);
  if (uid !== process.getuid?.()) return false;
  return Date.now() - mtimeMs > STALE_AFTER || hasEnded(readFileSync(join(path, OWNER), "utf8"));
}
function removeTemporary(runId, env = process.env) {
  const parent = env.RUNNER_TEMP || tmpdir();
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${PREFIX}${runId}-`)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

export {
  isFull,
  noSpace,
  makeTemporary,
  makeFolder,
  removeTemporary
};
