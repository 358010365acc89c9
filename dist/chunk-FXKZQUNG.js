import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  redactUrl
} from "./chunk-YEL55IE5.js";
import {
  SeaworthyError
} from "./chunk-FGTERCER.js";

// src/io/files/files.ts
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync
} from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
var MIB = 2 ** 20;
var TEXT_LIMIT = 64 * MIB;
var CHUNK = Buffer.allocUnsafe(2 ** 18);
function readText(path, limit = TEXT_LIMIT) {
  return textOf(path, limit, constants.O_RDONLY, () => void 0);
}
function readPolicy(path) {
  return isOfCheckout(path) ? readInside(path) : textOf(path, TEXT_LIMIT, NO_WAIT, regular);
}
function readInside(path, folder = workFolder(), limit = TEXT_LIMIT) {
  const full = resolve(path);
  const inner = relative(folder, full);
  if (!isBelow(full, folder)) {
    throw unusable(path, "read", new Error("it lies outside of the working folder"));
  }
  if (inner.toLowerCase().split(sep).includes(".git")) {
    throw unusable(path, "read", new Error("it is one of git\u2019s own files"));
  }
  const real = existsSync(folder) ? join(realpathSync(folder), inner) : full;
  return textOf(path, limit, NO_WAIT | constants.O_NOFOLLOW, (file) => {
    regular(file);
    const [opened, there] = [fstatSync(file), lstatSync(real)];
    if (realpathSync(full) !== real || opened.ino !== there.ino || opened.dev !== there.dev) {
      throw new Error(LINK);
    }
  });
}
function isPlainIn(path, folder) {
  const inner = relative(folder, path);
  const isBelowIt = isBelow(path, folder) && !inner.toLowerCase().split(sep).includes(".git");
  if (!isBelowIt || !existsSync(path) || realpathSync(path) !== join(realpathSync(folder), inner)) {
    return false;
  }
  const kind = lstatSync(path);
  return kind.isFile() || kind.isDirectory();
}
var LINK = "a link leads to it";
var NO_WAIT = constants.O_RDONLY | constants.O_NONBLOCK;
function regular(file) {
  if (!fstatSync(file).isFile()) {
    throw new Error("it is no regular file");
  }
}
function workFolder(env = process.env) {
  const [here, workspace] = [process.cwd(), env.GITHUB_WORKSPACE];
  return workspace && (workspace === here || isBelow(here, resolve(workspace))) ? resolve(workspace) : here;
}
function isOfCheckout(path) {
  return isBelow(resolve(path), workFolder());
}
function isBelow(path, folder) {
  const inner = relative(folder, path);
  return inner !== "" && !isAbsolute(inner) && inner.split(sep)[0] !== "..";
}
function textOf(path, limit, flags, check) {
  let file = null;
  try {
    file = openSync(path, flags);
    check(file);
    const chunks = [];
    let bytes = 0;
    for (; ; ) {
      const read = readSync(file, CHUNK);
      if (read === 0) {
        return Buffer.concat(chunks).toString("utf8");
      }
      bytes += read;
      if (bytes > limit) {
        throw new Error(`it is larger than ${sizeOf(limit)}`);
      }
      chunks.push(Buffer.from(CHUNK.subarray(0, read)));
    }
  } catch (error) {
    const { code } = error;
    if (code === "ENOENT") {
      return null;
    }
    const isLink = code === "ELOOP" && (flags & constants.O_NOFOLLOW) !== 0;
    throw unusable(path, "read", isLink ? new Error(LINK) : error);
  } finally {
    if (file !== null) {
      closeSync(file);
    }
  }
}
function sizeOf(bytes) {
  return bytes < MIB ? `${Math.floor(bytes / 1024)} KiB` : `${Math.floor(bytes / MIB)} MiB`;
}
function isThere(path) {
  return existsSync(path);
}
function isInside(path, folder) {
  const root = realpathSync(folder);
  return realpathSync(path).startsWith(root.endsWith(sep) ? root : root + sep);
}
function linkInside(path, folder) {
  const root = realpathSync(folder);
  const isOurs = (at) => at === root || at.startsWith(root.endsWith(sep) ? root : root + sep);
  let found = null;
  for (let at = resolve(path); at !== dirname(at); at = dirname(at)) {
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() && isOurs(realpathSync(dirname(at)))) {
      found = at;
    }
  }
  return found;
}
function writeText(path, text, mode = 438) {
  const temporary = join(dirname(path), `.${process.pid}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(temporary, { force: true });
    writeFileSync(temporary, text, { mode, flag: "wx" });
    renameSync(temporary, path);
  } catch (error) {
    if (existsSync(temporary)) {
      rmSync(temporary);
    }
    throw unusable(path, "written", error);
  }
}
function listFolder(path) {
  try {
    return existsSync(path) ? readdirSync(path).sort() : [];
  } catch (error) {
    throw unusable(path, "read", error);
  }
}
function defaultCacheDir(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homeFolder(), ".cache"), "seaworthy");
}
function homeFolder(ask = homedir) {
  try {
    return ask();
  } catch {
    return "/";
  }
}
function removePath(path) {
  rmSync(path, { recursive: true, force: true });
}
function unusable(path, verb, error) {
  return new SeaworthyError({
    code: verb === "read" ? "file-unreadable" : "file-unwritable",
    what: `a file could not be ${verb}: ${error instanceof Error ? error.message : String(error)}`,
    where: path
  });
}

// src/io/engine/engine.ts
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { join as join2 } from "node:path";
var PING_LIMIT = 5e3;
var NEWEST_API = "1.49";
function compareApi(a, b) {
  const [a1 = 0, a2 = 0] = a.split(".").map(Number);
  const [b1 = 0, b2 = 0] = b.split(".").map(Number);
  return a1 - b1 || a2 - b2;
}
async function connectEngine(env = process.env, limitMs = PING_LIMIT) {
  const host = env.DOCKER_HOST || hostOfContext(env) || "unix:///var/run/docker.sock";
  const { connection, tls } = connectionTo(host, env);
  const engine = { host, connection, tls, apiVersion: "" };
  const signal = AbortSignal.timeout(limitMs);
  const answer = await exchange(engine, "/_ping", { signal }).catch((error) => {
    if (signal.aborted) {
      throw noEngine(host, `no answer within ${limitMs / 1e3} s`);
    }
    const why = error instanceof Error ? error.message : String(error);
    throw noEngine(host, why, why.includes("EACCES") ? MAY_NOT : START);
  });
  answer.destroy();
  const theirs = answer.headers["api-version"];
  if (answer.statusCode !== 200 || typeof theirs !== "string") {
    throw noEngine(host, `it answered ${answer.statusCode} and names no API version`);
  }
  return { ...engine, apiVersion: compareApi(theirs, NEWEST_API) < 0 ? theirs : NEWEST_API };
}
var START = "start Docker, or set DOCKER_HOST to an engine that runs";
var MAY_NOT = "run as a user who may use that socket (root, or one of the group docker), or set DOCKER_HOST";
function noEngine(host, why, todo = START) {
  return new SeaworthyError({
    code: "no-engine",
    what: `no Docker engine answers: ${why}`,
    where: host,
    todo: `${todo}; with clair-url an image archive needs none`
  });
}
function exchange(engine, path, call2) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call2.query ?? {})) {
    if (value !== void 0) {
      query.set(name, value);
    }
  }
  const prefix = engine.apiVersion === "" ? "" : `/v${engine.apiVersion}`;
  const asBytes = call2.body instanceof Uint8Array;
  const body = call2.body === void 0 ? void 0 : asBytes ? call2.body : JSON.stringify(call2.body);
  const headers = { ...call2.headers };
  if (body !== void 0) {
    headers["content-type"] = asBytes ? "application/x-tar" : "application/json";
  }
  const signals = [engine.signal, call2.signal].filter((one) => one !== void 0);
  const options = {
    ...engine.connection,
    method: call2.method ?? "GET",
    path: `${prefix}${path}${query.size > 0 ? `?${query}` : ""}`,
    // Where there is an address, its name must be the one that TLS proves.
    headers: engine.connection.socketPath ? { host: "docker", ...headers } : headers,
    agent: false,
    ...signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}
  };
  return new Promise((resolve2, reject) => {
    const sent = (engine.tls ? httpsRequest : httpRequest)(options, resolve2);
    sent.on("error", reject);
    sent.end(body);
  });
}
function connectionTo(host, env) {
  if (host.startsWith("unix://")) {
    return { connection: { socketPath: host.slice("unix://".length) }, tls: false };
  }
  if (host.startsWith("npipe://")) {
    return { connection: { socketPath: host.slice("npipe://".length) }, tls: false };
  }
  const url = /^(tcp|https?):\/\//.test(host) ? URL.parse(host.replace(/^tcp:/, "http:")) : null;
  if (url === null) {
    throw noEngine(host, "only unix://, npipe:// and tcp://host:port can be spoken to");
  }
  const tls = Boolean(env.DOCKER_TLS_VERIFY) || host.startsWith("https:");
  const address = { host: url.hostname.replace(/^\[|\]$/g, ""), port: url.port || (tls ? "2376" : "2375") };
  if (!tls) {
    return { connection: address, tls };
  }
  const folder = env.DOCKER_CERT_PATH || join2(homeFolder(), ".docker");
  try {
    const read = (name) => readFileSync(join2(folder, name));
    const credentials = { ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") };
    return { connection: { ...address, ...credentials }, tls };
  } catch (error) {
    throw noEngine(host, `TLS needs the files of DOCKER_CERT_PATH: ${String(error)}`);
  }
}
function hostOfContext(env) {
  const folder = env.DOCKER_CONFIG || join2(homeFolder(), ".docker");
  const name = env.DOCKER_CONTEXT || stringAt(readJson(join2(folder, "config.json")), "currentContext");
  if (!name || name === "default") {
    return null;
  }
  const metadata = join2(
    folder,
    "contexts",
    "meta",
    createHash("sha256").update(name).digest("hex"),
    "meta.json"
  );
  const endpoints = readJson(metadata)?.Endpoints;
  const host = endpoints?.docker?.Host;
  if (typeof host === "string" && host !== "") {
    return host;
  }
  throw noEngine(`context ${name}`, `the docker command has no such context in ${folder}`);
}
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
function stringAt(value, key) {
  const found = value && typeof value === "object" ? value[key] : null;
  return typeof found === "string" ? found : null;
}

// src/io/engine/leftovers.ts
import { randomBytes } from "node:crypto";

// src/io/process/owner.ts
import { readFileSync as readFileSync2, readlinkSync } from "node:fs";
function ownerOf(pid) {
  try {
    const boot = readFileSync2("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const space = readlinkSync(`/proc/self/ns/pid`);
    const stat = readFileSync2(`/proc/${pid}/stat`, "utf8");
    const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return [boot, space, started, stat.split(" ")[0]].join(" ");
  } catch {
    return null;
  }
}
function hasEnded(owner) {
  const here = ownerOf("self");
  const [boot, space, , pid] = owner.split(" ");
  if (here === null || !here.startsWith(`${boot} ${space} `)) {
    return false;
  }
  return ownerOf(Number(pid)) !== owner;
}

// src/io/http/plain-http.ts
import { request as httpRequest2 } from "node:http";
import { request as httpsRequest2 } from "node:https";
function exchangeText(url, options) {
  const { signal, body } = options;
  const text = body === void 0 ? void 0 : JSON.stringify(body);
  const headers = { accept: "application/json", ...options.headers };
  if (text !== void 0) {
    headers["content-type"] = "application/json";
    headers["content-length"] = Buffer.byteLength(text);
  }
  const send = url.startsWith("https:") ? httpsRequest2 : httpRequest2;
  return new Promise((resolve2, reject) => {
    const method = text === void 0 ? "GET" : "POST";
    const sent = send(url, { method, headers, signal, agent: false }, (answer) => {
      const status = answer.statusCode ?? 0;
      if (status === 429) {
        answer.on("error", () => void 0).destroy();
        return resolve2({ status, text: "" });
      }
      bodyOf(answer, redactUrl(url)).then((body2) => ({ status, text: body2.toString("utf8") })).then(resolve2, reject);
    });
    sent.on("error", reject);
    sent.end(text);
  });
}
var LIMIT = 64 * 2 ** 20;
async function bodyOf(answer, where, limit = LIMIT) {
  const chunks = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > limit) {
      throw new SeaworthyError({
        code: "answer-too-large",
        what: `the answer has more than ${limit / 2 ** 20} MiB, and was read no further`,
        where
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

// src/io/engine/docker.ts
var EngineError = class extends SeaworthyError {
  status;
  constructor(status, message, path, host) {
    super({
      code: "engine-refused",
      what: `the Docker engine answered ${status}: ${message}`,
      where: placeOf(host, path)
    });
    this.status = status;
  }
};
var CALL_LIMIT = 3e4;
async function call(engine, path, options = {}) {
  const text = (await whole(engine, path, options)).toString("utf8");
  return text === "" ? null : JSON.parse(text);
}
async function whole(engine, path, options) {
  const { limitMs = CALL_LIMIT, signal } = options;
  const limit = limitMs === null ? null : AbortSignal.timeout(limitMs);
  const signals = [limit ?? void 0, signal].filter((one) => one !== void 0);
  try {
    const answer = await stream(engine, path, { ...options, signal: AbortSignal.any(signals) });
    return await bodyOf(answer, placeOf(engine.host, path));
  } catch (error) {
    if (!limit?.aborted || signal?.aborted || engine.signal?.aborted) {
      throw error;
    }
    const what = `the Docker engine did not answer within ${(limitMs ?? 0) / 1e3} s`;
    throw new SeaworthyError({ code: "engine-silent", what, where: placeOf(engine.host, path) });
  }
}
function placeOf(host, path) {
  return `${path.split("?")[0]} on ${host}`;
}
async function stream(engine, path, options = {}) {
  const answer = await exchange(engine, path, options);
  const status = answer.statusCode ?? 0;
  if (status < 400) {
    return answer;
  }
  const text = (await bodyOf(answer, placeOf(engine.host, path))).toString("utf8");
  throw new EngineError(status, messageOf(text), path, engine.host);
}
function messageOf(text) {
  try {
    const message = JSON.parse(text).message;
    return typeof message === "string" ? message : text.slice(0, 500);
  } catch {
    return text.slice(0, 500);
  }
}
async function identified({ host }, path, answer) {
  const found = await answer;
  if (found === null) {
    throw new EngineError(404, "nothing of that name", path, host);
  }
  const { Id } = found;
  if (typeof Id !== "string") {
    throw new TypeError("the Docker engine names no Id");
  }
  return { ...found, Id };
}
var containers = {
  create: (engine, name, body, signal) => call(engine, "/containers/create", { method: "POST", query: { name }, body, signal }),
  /** Unpacks a tar into the container's file system, as `docker cp` does. */
  put: (engine, id, path, tar, signal) => call(engine, `/containers/${id}/archive`, { method: "PUT", query: { path }, body: tar, signal }),
  start: (engine, id, signal) => call(engine, `/containers/${id}/start`, { method: "POST", signal }),
  inspect: (engine, id, signal) => identified(
    engine,
    `/containers/${id}/json`,
    call(engine, `/containers/${id}/json`, { signal })
  ),
  /** Removes it with its volumes, running or not; one that is gone already is no error. */
  remove: (engine, id) => call(engine, `/containers/${id}`, { method: "DELETE", query: { force: "1", v: "1" } }).catch(
    unlessGone
  ),
  list: (engine, label) => call(engine, "/containers/json", {
    query: { all: "1", filters: JSON.stringify({ label: [label] }) }
  }),
  /** The last lines that it printed, without the stream headers (Engine API, "attach"). */
  logs: async (engine, id, lines = 20) => {
    const query = { stdout: "1", stderr: "1", tail: String(lines) };
    return demultiplex(await whole(engine, `/containers/${id}/logs`, { query }));
  }
};
function addressOn({ NetworkSettings }, network) {
  const all = Object.values(NetworkSettings?.Networks ?? {});
  return all.find((one) => one?.NetworkID === network)?.IPAddress || null;
}
var networks = {
  create: (engine, name, body, signal) => call(engine, "/networks/create", {
    method: "POST",
    body: { Name: name, ...body },
    signal
  }),
  inspect: (engine, id, signal) => call(engine, `/networks/${id}`, { signal }),
  connect: (engine, id, container) => call(engine, `/networks/${id}/connect`, { method: "POST", body: { Container: container } }),
  disconnect: (engine, id, container) => call(engine, `/networks/${id}/disconnect`, {
    method: "POST",
    body: { Container: container, Force: true }
  }).catch(unlessGone),
  remove: (engine, id) => call(engine, `/networks/${id}`, { method: "DELETE" }).catch(unlessGone),
  list: (engine, label) => call(engine, "/networks", { query: { filters: JSON.stringify({ label: [label] }) } })
};
var images = {
  inspect: (engine, reference, platform, signal) => identified(
    engine,
    `/images/${inPath(reference)}/json`,
    call(engine, `/images/${inPath(reference)}/json`, {
      query: { platform },
      signal
    })
  ),
  /**
   * What the containerd store has of an image, by platform (Engine API 1.48); `null` where the engine is older, or has
   * another store.
   */
  manifests: async (engine, reference, signal) => {
    if (compareApi(engine.apiVersion, "1.48") < 0) {
      return null;
    }
    const path = `/images/${inPath(reference)}/json`;
    const answer = await call(
      engine,
      path,
      {
        query: { manifests: "1" },
        signal
      }
    );
    return answer?.Manifests ?? null;
  },
  /** Those of its own, the newest first; layers of builds that have no name are left out. */
  list: (engine, signal) => call(engine, "/images/json", { signal }),
  /** The image as `docker save` gives it. */
  save: (engine, reference, platform, signal) => stream(engine, `/images/${inPath(reference)}/get`, { query: { platform }, signal })
};
function inPath(reference) {
  return encodeURI(reference).replace(/[?#]/g, encodeURIComponent);
}
function unlessGone(error) {
  if (error instanceof EngineError && (error.status === 404 || error.status === 409)) {
    return null;
  }
  throw error;
}
function demultiplex(bytes) {
  const pieces = [];
  let at = 0;
  while (at + 8 <= bytes.length && (bytes[at] ?? 3) <= 2) {
    const size = bytes.readUInt32BE(at + 4);
    pieces.push(bytes.toString("utf8", at + 8, at + 8 + size));
    at += 8 + size;
  }
  return at === 0 ? bytes.toString("utf8") : pieces.join("");
}

// src/io/engine/leftovers.ts
var RUN = "dev.seaworthy.run";
var OWNER = "dev.seaworthy.owner";
var DEADLINE = "dev.seaworthy.deadline";
function newRunId() {
  return randomBytes(6).toString("hex");
}
function labelsOf(runId, deadline) {
  return { [RUN]: runId, [OWNER]: ownerOf(process.pid) ?? "unknown", [DEADLINE]: String(deadline) };
}
async function removeRun(engine, runId) {
  await removeAll(
    engine,
    await containers.list(engine, `${RUN}=${runId}`),
    () => networks.list(engine, `${RUN}=${runId}`)
  );
}
async function sweepLeftovers(engine, now = Date.now()) {
  const isLeft = ({ Labels }, names) => isDead(Labels, now) && names.some((name) => isNameOf(Labels[RUN] ?? "", name));
  const boxes = (await containers.list(engine, RUN)).filter((one) => isLeft(one, one.Names ?? []));
  const ours = await Promise.all(boxes.map(async (one) => !await isInherited(engine, one)));
  await removeAll(
    engine,
    boxes.filter((_, index) => ours[index]),
    async () => (await networks.list(engine, RUN)).filter((one) => isLeft(one, [one.Name ?? ""]))
  );
}
function isNameOf(runId, name) {
  const own = `seaworthy-${runId}`;
  const plain = name.replace(/^\//, "");
  return /^[0-9a-f]{12}$/.test(runId) && (plain === own || plain.startsWith(`${own}-`));
}
async function isInherited(engine, { Labels, ImageID }) {
  const image = ImageID ? await images.inspect(engine, ImageID).catch(() => null) : null;
  return image === null || image.Config?.Labels?.[RUN] === Labels[RUN];
}
async function removeAll(engine, found, nets) {
  await Promise.all(found.map(({ Id }) => containers.remove(engine, Id)));
  await Promise.all((await nets()).map((net) => removeNetwork(engine, net.Id)));
}
async function removeNetwork(engine, id) {
  const state = await networks.inspect(engine, id).catch(() => null);
  for (const member of Object.keys(state?.Containers ?? {})) {
    await networks.disconnect(engine, id, member);
  }
  await networks.remove(engine, id);
}
function isDead(labels, now) {
  if (Number(labels[DEADLINE]) * 1e3 < now) {
    return true;
  }
  return hasEnded(labels[OWNER] ?? "");
}

export {
  readText,
  readPolicy,
  readInside,
  isPlainIn,
  workFolder,
  isOfCheckout,
  isThere,
  isInside,
  linkInside,
  writeText,
  listFolder,
  defaultCacheDir,
  homeFolder,
  removePath,
  exchangeText,
  bodyOf,
  compareApi,
  connectEngine,
  EngineError,
  call,
  stream,
  containers,
  addressOn,
  networks,
  images,
  inPath,
  ownerOf,
  hasEnded,
  RUN,
  newRunId,
  labelsOf,
  removeRun,
  sweepLeftovers
};
