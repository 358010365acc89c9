import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  call,
  containers,
  hasEnded,
  ownerOf,
  removeImage
} from "./chunk-io-engine-docker.js";
import {
  makeFolders,
  readPlain
} from "./chunk-io-files-files.js";
import {
  of_join
} from "./chunk-actions-exec-lib-toolrunner.js";
import {
  of_lstatSync,
  of_mkdtempSync,
  of_readdirSync,
  of_rmSync,
  of_tmpdir,
  of_writeFileSync
} from "./chunk-of-node-fs.js";
import {
  isRecord
} from "./chunk-model-json.js";
import {
  SeaworthyError,
  messageOf
} from "./chunk-zod-v4-core-schemas.js";

var TRIALS = "seaworthy-update", STALE = 1440 * 60;
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
  let query = { filters: JSON.stringify({ reference: [TRIALS] }) }, listed = await call(engine, "/images/json", { query }).catch(() => []);
  for (let name of listed.flatMap(({ RepoTags }) => RepoTags ?? [])) {
    let [, made, runId = ""] = TRIAL.exec(name) ?? [];
    made !== void 0 && which({ made: Number(made), runId }) && (await removeTrialContainers(engine, name).catch(() => null), await removeImage(engine, name));
  }
}
async function removeTrialContainers(engine, name) {
  let listed = await call(engine, "/containers/json", { query: { all: "1" } });
  for (let { Id } of listed.filter(({ Image }) => Image === name))
    await containers.remove(engine, Id).catch(() => null);
}

function isFull(error) {
  return isRecord(error) && ["ENOSPC", "EDQUOT", "EFBIG"].includes(String(error.code));
}
function noSpace(where, what, cause) {
  return new SeaworthyError({ code: "no-space", what, where }, { cause });
}
function unwritable(where, error) {
  if (isFull(error))
    return noSpace(where, "no space left for a temporary folder", error);
  let what = `a temporary folder could not be created: ${messageOf(error)}`, advice = "set RUNNER_TEMP (TMPDIR in a terminal) to a writable folder";
  return new SeaworthyError({ code: "file-unwritable", what, where, todo: advice }, { cause: error });
}

var PREFIX = "seaworthy-", OWNER = "owner", STALE_AFTER = 1440 * 60 * 1e3;
function makeTemporary(runId, env = process.env) {
  let parent = env.RUNNER_TEMP || of_tmpdir(), folder = null;
  try {
    return sweep(parent), folder = of_mkdtempSync(of_join(parent, `${PREFIX}${runId}-`)), of_writeFileSync(of_join(folder, OWNER), ownerOf(process.pid) ?? ""), folder;
  } catch (error) {
    throw folder !== null && of_rmSync(folder, { recursive: !0, force: !0 }), unwritable(parent, error);
  }
}
function makeFolder(path) {
  try {
    makeFolders(path);
  } catch (error) {
    throw unwritable(path, error);
  }
}
function sweep(parent) {
  for (let name of of_readdirSync(parent)) {
    let path = of_join(parent, name);
    try {
      /^seaworthy-[0-9a-f]{12}-/.test(name) && isLeftover(path) && of_rmSync(path, { recursive: !0, force: !0 });
    } catch {
    }
  }
}
function isLeftover(path) {
  let { uid, mtimeMs } = of_lstatSync(path), isAbandoned = () => hasEnded(readPlain(of_join(path, OWNER)) ?? "");
  return uid === process.getuid?.() && (Date.now() - mtimeMs > STALE_AFTER || isAbandoned());
}
function removeTemporary(runId, env = process.env) {
  let parent = env.RUNNER_TEMP || of_tmpdir();
  for (let name of of_readdirSync(parent))
    name.startsWith(`${PREFIX}${runId}-`) && of_rmSync(of_join(parent, name), { recursive: !0, force: !0 });
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
