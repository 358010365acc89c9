import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  SeaworthyError
} from "./chunk-TNC5PSVS.js";

// src/io/engine.ts
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { homedir } from "node:os";
import { join } from "node:path";
var NEWEST_API = "1.49";
function compareApi(a, b) {
  const [a1 = 0, a2 = 0] = a.split(".").map(Number);
  const [b1 = 0, b2 = 0] = b.split(".").map(Number);
  return a1 - b1 || a2 - b2;
}
async function connectEngine(env = process.env) {
  const host = env.DOCKER_HOST || hostOfContext(env) || "unix:///var/run/docker.sock";
  const { connection, tls } = connectionTo(host, env);
  const engine = { host, connection, tls, apiVersion: "" };
  const answer = await exchange(engine, "/_ping", {}).catch((error) => {
    throw noEngine(host, error instanceof Error ? error.message : String(error));
  });
  answer.resume();
  const theirs = answer.headers["api-version"];
  if (answer.statusCode !== 200 || typeof theirs !== "string") {
    throw noEngine(host, `it answered ${answer.statusCode} and names no API version`);
  }
  return { ...engine, apiVersion: compareApi(theirs, NEWEST_API) < 0 ? theirs : NEWEST_API };
}
function noEngine(host, why) {
  return new SeaworthyError({
    code: "no-engine",
    what: `no Docker engine answers: ${why}`,
    where: host,
    todo: "start Docker, or set DOCKER_HOST to an engine that runs; an image archive needs no engine only with clair-url"
  });
}
function exchange(engine, path4, call2) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call2.query ?? {})) {
    if (value !== void 0) query.set(name, value);
  }
  const prefix = engine.apiVersion === "" ? "" : `/v${engine.apiVersion}`;
  const asBytes = call2.body instanceof Uint8Array;
  const body = call2.body === void 0 ? void 0 : asBytes ? call2.body : JSON.stringify(call2.body);
  const headers = { ...call2.headers };
  if (body !== void 0) headers["content-type"] = asBytes ? "application/x-tar" : "application/json";
  const options = {
    ...engine.connection,
    method: call2.method ?? "GET",
    path: `${prefix}${path4}${query.size > 0 ? `?${query}` : ""}`,
    // Where there is an address, its name must be the one that TLS proves.
    headers: engine.connection.socketPath ? { host: "docker", ...headers } : headers,
    agent: false,
    ...call2.signal ? { signal: call2.signal } : {}
  };
  return new Promise((resolve2, reject) => {
    const sent = (engine.tls ? httpsRequest : httpRequest)(options, resolve2);
    sent.on("error", reject);
    sent.end(body);
  });
}
function connectionTo(host, env) {
  if (host.startsWith("unix://"))
    return { connection: { socketPath: host.slice("unix://".length) }, tls: false };
  if (host.startsWith("npipe://"))
    return { connection: { socketPath: host.slice("npipe://".length) }, tls: false };
  const url = /^(tcp|https?):\/\//.test(host) ? URL.parse(host.replace(/^tcp:/, "http:")) : null;
  if (url === null) throw noEngine(host, "only unix://, npipe:// and tcp://host:port can be spoken to");
  const tls = Boolean(env.DOCKER_TLS_VERIFY) || host.startsWith("https:");
  const address = { host: url.hostname.replace(/^\[|\]$/g, ""), port: url.port || (tls ? "2376" : "2375") };
  if (!tls) return { connection: address, tls };
  const folder = env.DOCKER_CERT_PATH || join(homedir(), ".docker");
  try {
    const read = (name) => readFileSync(join(folder, name));
    const credentials = { ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") };
    return { connection: { ...address, ...credentials }, tls };
  } catch (error) {
    throw noEngine(host, `TLS needs the files of DOCKER_CERT_PATH: ${String(error)}`);
  }
}
function hostOfContext(env) {
  const folder = env.DOCKER_CONFIG || join(homedir(), ".docker");
  const name = env.DOCKER_CONTEXT || stringAt(readJson(join(folder, "config.json")), "currentContext");
  if (!name || name === "default") return null;
  const metadata = join(
    folder,
    "contexts",
    "meta",
    createHash("sha256").update(name).digest("hex"),
    "meta.json"
  );
  const endpoints = readJson(metadata)?.Endpoints;
  const host = endpoints?.docker?.Host;
  if (typeof host === "string" && host !== "") return host;
  throw noEngine(`context ${name}`, `the docker command has no such context in ${folder}`);
}
function readJson(path4) {
  try {
    return JSON.parse(readFileSync(path4, "utf8"));
  } catch {
    return null;
  }
}
function stringAt(value, key) {
  const found = value && typeof value === "object" ? value[key] : null;
  return typeof found === "string" ? found : null;
}

// src/io/leftovers.ts
import { randomBytes } from "node:crypto";

// src/io/docker.ts
var EngineError = class extends SeaworthyError {
  status;
  constructor(status, message, path4, host) {
    super({
      code: "engine-refused",
      what: `the Docker engine answered ${status}: ${message}`,
      where: `${path4.split("?")[0]} on ${host}`,
      todo: "look at the engine\u2019s log; run again with --debug"
    });
    this.status = status;
  }
};
async function call(engine, path4, options = {}) {
  const answer = await stream(engine, path4, options);
  const text = await textOf(answer);
  return text === "" ? null : JSON.parse(text);
}
async function stream(engine, path4, options = {}) {
  const answer = await exchange(engine, path4, options);
  const status = answer.statusCode ?? 0;
  if (status < 400) return answer;
  const text = await textOf(answer);
  throw new EngineError(status, messageOf(text), path4, engine.host);
}
async function textOf(answer) {
  const chunks = [];
  for await (const chunk of answer) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
function messageOf(text) {
  try {
    const message = JSON.parse(text).message;
    return typeof message === "string" ? message : text.slice(0, 500);
  } catch {
    return text.slice(0, 500);
  }
}
var containers = {
  create: (engine, name, body, signal) => call(engine, "/containers/create", { method: "POST", query: { name }, body, signal }),
  /** Unpacks a tar into the container's file system, as `docker cp` does. */
  put: (engine, id, path4, tar, signal) => call(engine, `/containers/${id}/archive`, { method: "PUT", query: { path: path4 }, body: tar, signal }),
  start: (engine, id, signal) => call(engine, `/containers/${id}/start`, { method: "POST", signal }),
  inspect: (engine, id, signal) => call(engine, `/containers/${id}/json`, { signal }),
  /** Removes it with its volumes, running or not; one that is gone already is no error. */
  remove: (engine, id) => call(engine, `/containers/${id}`, { method: "DELETE", query: { force: "1", v: "1" } }).catch(
    unlessGone
  ),
  list: (engine, label) => call(engine, "/containers/json", {
    query: { all: "1", filters: JSON.stringify({ label: [label] }) }
  }),
  /** The last lines that it printed, without the stream headers (Engine API, "attach"). */
  logs: async (engine, id, lines = 20) => {
    const answer = await stream(engine, `/containers/${id}/logs`, {
      query: { stdout: "1", stderr: "1", tail: String(lines) }
    });
    return demultiplex(await bytesOf(answer));
  }
};
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
  inspect: (engine, reference, platform, signal) => call(engine, `/images/${pathOf(reference)}/json`, { query: { platform }, signal }),
  /** The image as `docker save` gives it. */
  save: (engine, reference, platform, signal) => stream(engine, `/images/${pathOf(reference)}/get`, { query: { platform }, signal })
};
function pathOf(reference) {
  return encodeURI(reference).replace(/[?#]/g, encodeURIComponent);
}
function unlessGone(error) {
  if (error instanceof EngineError && (error.status === 404 || error.status === 409)) return null;
  throw error;
}
async function bytesOf(answer) {
  const chunks = [];
  for await (const chunk of answer) chunks.push(chunk);
  return Buffer.concat(chunks);
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

// src/io/owner.ts
import { readFileSync as readFileSync2, readlinkSync } from "node:fs";
function ownerOf(pid) {
  try {
    const boot = readFileSync2("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const space = readlinkSync(`/proc/self/ns/pid`);
    const stat2 = readFileSync2(`/proc/${pid}/stat`, "utf8");
    const started = stat2.slice(stat2.lastIndexOf(")") + 2).split(" ")[19];
    return [boot, space, started, stat2.split(" ")[0]].join(" ");
  } catch {
    return null;
  }
}
function hasEnded(owner) {
  const here = ownerOf("self");
  const [boot, space, , pid] = owner.split(" ");
  if (here === null || !here.startsWith(`${boot} ${space} `)) return false;
  return ownerOf(Number(pid)) !== owner;
}

// src/io/leftovers.ts
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
  const dead = (labels) => isDead(labels.Labels, now);
  await removeAll(
    engine,
    (await containers.list(engine, RUN)).filter(dead),
    async () => (await networks.list(engine, RUN)).filter(dead)
  );
}
async function removeAll(engine, found, nets) {
  await Promise.all(found.map(({ Id }) => containers.remove(engine, Id)));
  await Promise.all((await nets()).map((net) => removeNetwork(engine, net.Id)));
}
async function removeNetwork(engine, id) {
  const state = await networks.inspect(engine, id).catch(() => null);
  for (const member of Object.keys(state?.Containers ?? {})) await networks.disconnect(engine, id, member);
  await networks.remove(engine, id);
}
function isDead(labels, now) {
  if (Number(labels[DEADLINE]) * 1e3 < now) return true;
  return hasEnded(labels[OWNER] ?? "");
}

// src/io/temporary.ts
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync as readFileSync3, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as join2 } from "node:path";

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
var OWNER2 = "owner";
var STALE_AFTER = 24 * 60 * 60 * 1e3;
function makeTemporary(runId, env = process.env) {
  const parent = env.RUNNER_TEMP || tmpdir();
  let folder = null;
  try {
    sweep(parent);
    folder = mkdtempSync(join2(parent, `${PREFIX}${runId}-`));
    writeFileSync(join2(folder, OWNER2), ownerOf(process.pid) ?? "");
    return folder;
  } catch (error) {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
    throw unwritable(parent, error);
  }
}
function makeFolder(path4) {
  try {
    mkdirSync(path4, { recursive: true });
  } catch (error) {
    throw unwritable(path4, error);
  }
}
function sweep(parent) {
  for (const name of readdirSync(parent)) {
    const path4 = join2(parent, name);
    if (!/^seaworthy-[0-9a-f]{12}-/.test(name)) continue;
    try {
      if (isLeft(path4)) rmSync(path4, { recursive: true, force: true });
    } catch {
    }
  }
}
function isLeft(path4) {
  const { uid, mtimeMs } = lstatSync(path4);
  if (uid !== process.getuid?.()) return false;
  return Date.now() - mtimeMs > STALE_AFTER || hasEnded(readFileSync3(join2(path4, OWNER2), "utf8"));
}
function removeTemporary(runId, env = process.env) {
  const parent = env.RUNNER_TEMP || tmpdir();
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${PREFIX}${runId}-`)) rmSync(join2(parent, name), { recursive: true, force: true });
  }
}

// node_modules/@actions/exec/lib/exec.js
import { StringDecoder } from "string_decoder";

// node_modules/@actions/exec/lib/toolrunner.js
import * as os from "os";
import * as events from "events";
import * as child from "child_process";
import * as path3 from "path";

// node_modules/@actions/io/lib/io.js
import * as path2 from "path";

// node_modules/@actions/io/lib/io-util.js
import * as fs from "fs";
import * as path from "path";
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs.promises;
var IS_WINDOWS = process.platform === "win32";
var READONLY = fs.constants.O_RDONLY;
function exists(fsPath) {
  return __awaiter(this, void 0, void 0, function* () {
    try {
      yield stat(fsPath);
    } catch (err) {
      if (err.code === "ENOENT") {
        return false;
      }
      throw err;
    }
    return true;
  });
}
function isRooted(p) {
  p = normalizeSeparators(p);
  if (!p) {
    throw new Error('isRooted() parameter "p" cannot be empty');
  }
  if (IS_WINDOWS) {
    return p.startsWith("\\") || /^[A-Z]:/i.test(p);
  }
  return p.startsWith("/");
}
function tryGetExecutablePath(filePath, extensions) {
  return __awaiter(this, void 0, void 0, function* () {
    let stats = void 0;
    try {
      stats = yield stat(filePath);
    } catch (err) {
      if (err.code !== "ENOENT") {
        console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
      }
    }
    if (stats && stats.isFile()) {
      if (IS_WINDOWS) {
        const upperExt = path.extname(filePath).toUpperCase();
        if (extensions.some((validExt) => validExt.toUpperCase() === upperExt)) {
          return filePath;
        }
      } else {
        if (isUnixExecutable(stats)) {
          return filePath;
        }
      }
    }
    const originalFilePath = filePath;
    for (const extension of extensions) {
      filePath = originalFilePath + extension;
      stats = void 0;
      try {
        stats = yield stat(filePath);
      } catch (err) {
        if (err.code !== "ENOENT") {
          console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
        }
      }
      if (stats && stats.isFile()) {
        if (IS_WINDOWS) {
          try {
            const directory = path.dirname(filePath);
            const upperName = path.basename(filePath).toUpperCase();
            for (const actualName of yield readdir(directory)) {
              if (upperName === actualName.toUpperCase()) {
                filePath = path.join(directory, actualName);
                break;
              }
            }
          } catch (err) {
            console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
          }
          return filePath;
        } else {
          if (isUnixExecutable(stats)) {
            return filePath;
          }
        }
      }
    }
    return "";
  });
}
function normalizeSeparators(p) {
  p = p || "";
  if (IS_WINDOWS) {
    p = p.replace(/\//g, "\\");
    return p.replace(/\\\\+/g, "\\");
  }
  return p.replace(/\/\/+/g, "/");
}
function isUnixExecutable(stats) {
  return (stats.mode & 1) > 0 || (stats.mode & 8) > 0 && process.getgid !== void 0 && stats.gid === process.getgid() || (stats.mode & 64) > 0 && process.getuid !== void 0 && stats.uid === process.getuid();
}

// node_modules/@actions/io/lib/io.js
var __awaiter2 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function which(tool, check) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    if (check) {
      const result = yield which(tool, false);
      if (!result) {
        if (IS_WINDOWS) {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
        } else {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
        }
      }
      return result;
    }
    const matches = yield findInPath(tool);
    if (matches && matches.length > 0) {
      return matches[0];
    }
    return "";
  });
}
function findInPath(tool) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    const extensions = [];
    if (IS_WINDOWS && process.env["PATHEXT"]) {
      for (const extension of process.env["PATHEXT"].split(path2.delimiter)) {
        if (extension) {
          extensions.push(extension);
        }
      }
    }
    if (isRooted(tool)) {
      const filePath = yield tryGetExecutablePath(tool, extensions);
      if (filePath) {
        return [filePath];
      }
      return [];
    }
    if (tool.includes(path2.sep)) {
      return [];
    }
    const directories = [];
    if (process.env.PATH) {
      for (const p of process.env.PATH.split(path2.delimiter)) {
        if (p) {
          directories.push(p);
        }
      }
    }
    const matches = [];
    for (const directory of directories) {
      const filePath = yield tryGetExecutablePath(path2.join(directory, tool), extensions);
      if (filePath) {
        matches.push(filePath);
      }
    }
    return matches;
  });
}

// node_modules/@actions/exec/lib/toolrunner.js
import { setTimeout } from "timers";
var __awaiter3 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var IS_WINDOWS2 = process.platform === "win32";
var ToolRunner = class extends events.EventEmitter {
  constructor(toolPath, args, options) {
    super();
    if (!toolPath) {
      throw new Error("Parameter 'toolPath' cannot be null or empty.");
    }
    this.toolPath = toolPath;
    this.args = args || [];
    this.options = options || {};
  }
  _debug(message) {
    if (this.options.listeners && this.options.listeners.debug) {
      this.options.listeners.debug(message);
    }
  }
  _getCommandString(options, noPrefix) {
    const toolPath = this._getSpawnFileName();
    const args = this._getSpawnArgs(options);
    let cmd = noPrefix ? "" : "[command]";
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        cmd += toolPath;
        for (const a of args) {
          cmd += ` ${a}`;
        }
      } else if (options.windowsVerbatimArguments) {
        cmd += `"${toolPath}"`;
        for (const a of args) {
          cmd += ` ${a}`;
        }
      } else {
        cmd += this._windowsQuoteCmdArg(toolPath);
        for (const a of args) {
          cmd += ` ${this._windowsQuoteCmdArg(a)}`;
        }
      }
    } else {
      cmd += toolPath;
      for (const a of args) {
        cmd += ` ${a}`;
      }
    }
    return cmd;
  }
  _processLineBuffer(data, strBuffer, onLine) {
    try {
      let s = strBuffer + data.toString();
      let n = s.indexOf(os.EOL);
      while (n > -1) {
        const line = s.substring(0, n);
        onLine(line);
        s = s.substring(n + os.EOL.length);
        n = s.indexOf(os.EOL);
      }
      return s;
    } catch (err) {
      this._debug(`error processing line. Failed with error ${err}`);
      return "";
    }
  }
  _getSpawnFileName() {
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        return process.env["COMSPEC"] || "cmd.exe";
      }
    }
    return this.toolPath;
  }
  _getSpawnArgs(options) {
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
        for (const a of this.args) {
          argline += " ";
          argline += options.windowsVerbatimArguments ? a : this._windowsQuoteCmdArg(a);
        }
        argline += '"';
        return [argline];
      }
    }
    return this.args;
  }
  _endsWith(str, end) {
    return str.endsWith(end);
  }
  _isCmdFile() {
    const upperToolPath = this.toolPath.toUpperCase();
    return this._endsWith(upperToolPath, ".CMD") || this._endsWith(upperToolPath, ".BAT");
  }
  _windowsQuoteCmdArg(arg) {
    if (!this._isCmdFile()) {
      return this._uvQuoteCmdArg(arg);
    }
    if (!arg) {
      return '""';
    }
    const cmdSpecialChars = [
      " ",
      "	",
      "&",
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      "^",
      "=",
      ";",
      "!",
      "'",
      "+",
      ",",
      "`",
      "~",
      "|",
      "<",
      ">",
      '"'
    ];
    let needsQuotes = false;
    for (const char of arg) {
      if (cmdSpecialChars.some((x) => x === char)) {
        needsQuotes = true;
        break;
      }
    }
    if (!needsQuotes) {
      return arg;
    }
    let reverse = '"';
    let quoteHit = true;
    for (let i = arg.length; i > 0; i--) {
      reverse += arg[i - 1];
      if (quoteHit && arg[i - 1] === "\\") {
        reverse += "\\";
      } else if (arg[i - 1] === '"') {
        quoteHit = true;
        reverse += '"';
      } else {
        quoteHit = false;
      }
    }
    reverse += '"';
    return reverse.split("").reverse().join("");
  }
  _uvQuoteCmdArg(arg) {
    if (!arg) {
      return '""';
    }
    if (!arg.includes(" ") && !arg.includes("	") && !arg.includes('"')) {
      return arg;
    }
    if (!arg.includes('"') && !arg.includes("\\")) {
      return `"${arg}"`;
    }
    let reverse = '"';
    let quoteHit = true;
    for (let i = arg.length; i > 0; i--) {
      reverse += arg[i - 1];
      if (quoteHit && arg[i - 1] === "\\") {
        reverse += "\\";
      } else if (arg[i - 1] === '"') {
        quoteHit = true;
        reverse += "\\";
      } else {
        quoteHit = false;
      }
    }
    reverse += '"';
    return reverse.split("").reverse().join("");
  }
  _cloneExecOptions(options) {
    options = options || {};
    const result = {
      cwd: options.cwd || process.cwd(),
      env: options.env || process.env,
      silent: options.silent || false,
      windowsVerbatimArguments: options.windowsVerbatimArguments || false,
      failOnStdErr: options.failOnStdErr || false,
      ignoreReturnCode: options.ignoreReturnCode || false,
      delay: options.delay || 1e4
    };
    result.outStream = options.outStream || process.stdout;
    result.errStream = options.errStream || process.stderr;
    return result;
  }
  _getSpawnOptions(options, toolPath) {
    options = options || {};
    const result = {};
    result.cwd = options.cwd;
    result.env = options.env;
    result["windowsVerbatimArguments"] = options.windowsVerbatimArguments || this._isCmdFile();
    if (options.windowsVerbatimArguments) {
      result.argv0 = `"${toolPath}"`;
    }
    return result;
  }
  /**
   * Exec a tool.
   * Output will be streamed to the live console.
   * Returns promise with return code
   *
   * @param     tool     path to tool to exec
   * @param     options  optional exec options.  See ExecOptions
   * @returns   number
   */
  exec() {
    return __awaiter3(this, void 0, void 0, function* () {
      if (!isRooted(this.toolPath) && (this.toolPath.includes("/") || IS_WINDOWS2 && this.toolPath.includes("\\"))) {
        this.toolPath = path3.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
      }
      this.toolPath = yield which(this.toolPath, true);
      return new Promise((resolve2, reject) => __awaiter3(this, void 0, void 0, function* () {
        this._debug(`exec tool: ${this.toolPath}`);
        this._debug("arguments:");
        for (const arg of this.args) {
          this._debug(`   ${arg}`);
        }
        const optionsNonNull = this._cloneExecOptions(this.options);
        if (!optionsNonNull.silent && optionsNonNull.outStream) {
          optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + os.EOL);
        }
        const state = new ExecState(optionsNonNull, this.toolPath);
        state.on("debug", (message) => {
          this._debug(message);
        });
        if (this.options.cwd && !(yield exists(this.options.cwd))) {
          return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
        }
        const fileName = this._getSpawnFileName();
        const cp = child.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
        let stdbuffer = "";
        if (cp.stdout) {
          cp.stdout.on("data", (data) => {
            if (this.options.listeners && this.options.listeners.stdout) {
              this.options.listeners.stdout(data);
            }
            if (!optionsNonNull.silent && optionsNonNull.outStream) {
              optionsNonNull.outStream.write(data);
            }
            stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
              if (this.options.listeners && this.options.listeners.stdline) {
                this.options.listeners.stdline(line);
              }
            });
          });
        }
        let errbuffer = "";
        if (cp.stderr) {
          cp.stderr.on("data", (data) => {
            state.processStderr = true;
            if (this.options.listeners && this.options.listeners.stderr) {
              this.options.listeners.stderr(data);
            }
            if (!optionsNonNull.silent && optionsNonNull.errStream && optionsNonNull.outStream) {
              const s = optionsNonNull.failOnStdErr ? optionsNonNull.errStream : optionsNonNull.outStream;
              s.write(data);
            }
            errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
              if (this.options.listeners && this.options.listeners.errline) {
                this.options.listeners.errline(line);
              }
            });
          });
        }
        cp.on("error", (err) => {
          state.processError = err.message;
          state.processExited = true;
          state.processClosed = true;
          state.CheckComplete();
        });
        cp.on("exit", (code) => {
          state.processExitCode = code;
          state.processExited = true;
          this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
          state.CheckComplete();
        });
        cp.on("close", (code) => {
          state.processExitCode = code;
          state.processExited = true;
          state.processClosed = true;
          this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
          state.CheckComplete();
        });
        state.on("done", (error, exitCode) => {
          if (stdbuffer.length > 0) {
            this.emit("stdline", stdbuffer);
          }
          if (errbuffer.length > 0) {
            this.emit("errline", errbuffer);
          }
          cp.removeAllListeners();
          if (error) {
            reject(error);
          } else {
            resolve2(exitCode);
          }
        });
        if (this.options.input) {
          if (!cp.stdin) {
            throw new Error("child process missing stdin");
          }
          cp.stdin.end(this.options.input);
        }
      }));
    });
  }
};
function argStringToArray(argString) {
  const args = [];
  let inQuotes = false;
  let escaped = false;
  let arg = "";
  function append(c) {
    if (escaped && c !== '"') {
      arg += "\\";
    }
    arg += c;
    escaped = false;
  }
  for (let i = 0; i < argString.length; i++) {
    const c = argString.charAt(i);
    if (c === '"') {
      if (!escaped) {
        inQuotes = !inQuotes;
      } else {
        append(c);
      }
      continue;
    }
    if (c === "\\" && escaped) {
      append(c);
      continue;
    }
    if (c === "\\" && inQuotes) {
      escaped = true;
      continue;
    }
    if (c === " " && !inQuotes) {
      if (arg.length > 0) {
        args.push(arg);
        arg = "";
      }
      continue;
    }
    append(c);
  }
  if (arg.length > 0) {
    args.push(arg.trim());
  }
  return args;
}
var ExecState = class _ExecState extends events.EventEmitter {
  constructor(options, toolPath) {
    super();
    this.processClosed = false;
    this.processError = "";
    this.processExitCode = 0;
    this.processExited = false;
    this.processStderr = false;
    this.delay = 1e4;
    this.done = false;
    this.timeout = null;
    if (!toolPath) {
      throw new Error("toolPath must not be empty");
    }
    this.options = options;
    this.toolPath = toolPath;
    if (options.delay) {
      this.delay = options.delay;
    }
  }
  CheckComplete() {
    if (this.done) {
      return;
    }
    if (this.processClosed) {
      this._setResult();
    } else if (this.processExited) {
      this.timeout = setTimeout(_ExecState.HandleTimeout, this.delay, this);
    }
  }
  _debug(message) {
    this.emit("debug", message);
  }
  _setResult() {
    let error;
    if (this.processExited) {
      if (this.processError) {
        error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
      } else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
        error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
      } else if (this.processStderr && this.options.failOnStdErr) {
        error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
      }
    }
    if (this.timeout) {
      clearTimeout(this.timeout);
      this.timeout = null;
    }
    this.done = true;
    this.emit("done", error, this.processExitCode);
  }
  static HandleTimeout(state) {
    if (state.done) {
      return;
    }
    if (!state.processClosed && state.processExited) {
      const message = `The STDIO streams did not close within ${state.delay / 1e3} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
      state._debug(message);
    }
    state._setResult();
  }
};

// node_modules/@actions/exec/lib/exec.js
var __awaiter4 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function exec(commandLine, args, options) {
  return __awaiter4(this, void 0, void 0, function* () {
    const commandArgs = argStringToArray(commandLine);
    if (commandArgs.length === 0) {
      throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
    }
    const toolPath = commandArgs[0];
    args = commandArgs.slice(1).concat(args || []);
    const runner = new ToolRunner(toolPath, args, options);
    return runner.exec();
  });
}
function getExecOutput(commandLine, args, options) {
  return __awaiter4(this, void 0, void 0, function* () {
    var _a, _b;
    let stdout = "";
    let stderr = "";
    const stdoutDecoder = new StringDecoder("utf8");
    const stderrDecoder = new StringDecoder("utf8");
    const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
    const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
    const stdErrListener = (data) => {
      stderr += stderrDecoder.write(data);
      if (originalStdErrListener) {
        originalStdErrListener(data);
      }
    };
    const stdOutListener = (data) => {
      stdout += stdoutDecoder.write(data);
      if (originalStdoutListener) {
        originalStdoutListener(data);
      }
    };
    const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
    const exitCode = yield exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
    stdout += stdoutDecoder.end();
    stderr += stderrDecoder.end();
    return {
      exitCode,
      stdout,
      stderr
    };
  });
}

export {
  which,
  getExecOutput,
  isFull,
  noSpace,
  compareApi,
  connectEngine,
  EngineError,
  call,
  stream,
  containers,
  networks,
  images,
  newRunId,
  labelsOf,
  removeRun,
  sweepLeftovers,
  makeTemporary,
  makeFolder,
  removeTemporary
};
