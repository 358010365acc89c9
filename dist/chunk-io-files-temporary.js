import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  call,
  hasEnded,
  ownerOf,
  readPlain,
  removeImage
} from "./chunk-io-engine-docker.js";
import {
  of_join
} from "./chunk-actions-exec-lib-toolrunner.js";
import {
  of_lstatSync,
  of_mkdirSync,
  of_mkdtempSync,
  of_readdirSync,
  of_rmSync,
  of_tmpdir,
  of_writeFileSync
} from "./chunk-of-node-fs.js";
import {
  SeaworthyError
} from "./chunk-model-problem-codes.js";

// src/io/engine/trials.ts
var TRIALS = "seaworthy-update";
var STALE = 24 * 60 * 60;
function trialName(runId, purpose, now = Date.now()) {
  return `${TRIALS}:${Math.floor(now / 1e3)}-${runId}-${purpose}`;
}
function isTrialName(name) {
  return TRIAL.test(name);
}
var TRIAL = new RegExp(`^${TRIALS}:(\\d{1,12})-([0-9a-f]{12})-`);
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
    const [, made, runId = ""] = TRIAL.exec(name) ?? [];
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
  const what = `a temporary folder could not be created: ${error instanceof Error ? error.message : String(error)}`;
  const todo = "set RUNNER_TEMP (TMPDIR in a terminal) to a writable folder";
  return new SeaworthyError({ code: "file-unwritable", what, where, todo }, { cause: error });
}

// src/io/files/temporary.ts
var PREFIX = "seaworthy-";
var OWNER = "owner";
var STALE_AFTER = 24 * 60 * 60 * 1e3;
function makeTemporary(runId, env = process.env) {
  const parent = env.RUNNER_TEMP || of_tmpdir();
  let folder = null;
  try {
    sweep(parent);
    folder = of_mkdtempSync(of_join(parent, `${PREFIX}${runId}-`));
    of_writeFileSync(of_join(folder, OWNER), ownerOf(process.pid) ?? "");
    return folder;
  } catch (error) {
    if (folder !== null) {
      of_rmSync(folder, { recursive: true, force: true });
    }
    throw unwritable(parent, error);
  }
}
function makeFolder(path) {
  try {
    of_mkdirSync(path, { recursive: true });
  } catch (error) {
    throw unwritable(path, error);
  }
}
function sweep(parent) {
  for (const name of of_readdirSync(parent)) {
    const path = of_join(parent, name);
    if (!/^seaworthy-[0-9a-f]{12}-/.test(name)) {
      continue;
    }
    try {
      if (isLeft(path)) {
        of_rmSync(path, { recursive: true, force: true });
      }
    } catch {
    }
  }
}
function isLeft(path) {
  const { uid, mtimeMs } = of_lstatSync(path);
  if (uid !== process.getuid?.()) {
    return false;
  }
  return Date.now() - mtimeMs > STALE_AFTER || hasEnded(readPlain(of_join(path, OWNER)) ?? "");
}
function removeTemporary(runId, env = process.env) {
  const parent = env.RUNNER_TEMP || of_tmpdir();
  for (const name of of_readdirSync(parent)) {
    if (name.startsWith(`${PREFIX}${runId}-`)) {
      of_rmSync(of_join(parent, name), { recursive: true, force: true });
    }
  }
}

export {
  trialName,
  isTrialName,
  sweepTrials,
  removeTrialsOf,
  removeTrialContainers,
  isFull,
  noSpace,
  unwritable,
  makeTemporary,
  makeFolder,
  removeTemporary
};
