import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  homeFolder
} from "./chunk-io-files-files.js";
import {
  bodyOf
} from "./chunk-io-http-plain-http.js";
import {
  of_hash,
  of_join,
  of_randomBytes
} from "./chunk-actions-exec-lib-toolrunner.js";
import {
  of_readFileSync,
  of_readlinkSync
} from "./chunk-of-node-fs.js";
import {
  require_http,
  require_https
} from "./chunk-actions-http-client-lib-index.js";
import {
  isRecord,
  jsonIn
} from "./chunk-model-json.js";
import {
  SeaworthyError,
  defaultAdvice,
  messageOf,
  readOrNull
} from "./chunk-zod-v4-core-schemas.js";
import {
  __toESM
} from "./chunk-empty.js";

var import_node_http = __toESM(require_http(), 1), import_node_https = __toESM(require_https(), 1);
var PING_LIMIT = 5e3, NEWEST_API = "1.49";
function compareApi(a, b) {
  let [a1 = 0, a2 = 0] = a.split(".").map(Number), [b1 = 0, b2 = 0] = b.split(".").map(Number);
  return a1 - b1 || a2 - b2;
}
async function connectEngine(env = process.env, limitMs = PING_LIMIT) {
  let host = env.DOCKER_HOST || hostOfContext(env) || "unix:///var/run/docker.sock", { connection, tls } = connectionTo(host, env), engine = { host, connection, tls, apiVersion: "" }, signal = AbortSignal.timeout(limitMs), answer = await exchange(engine, "/_ping", { signal }).catch((error) => {
    if (signal.aborted)
      throw noEngine(host, `no answer within ${limitMs / 1e3} s`);
    let why = messageOf(error);
    throw noEngine(host, why, why.includes("EACCES") ? MAY_NOT : START);
  });
  answer.destroy();
  let engineVersion = answer.headers["api-version"];
  if (answer.statusCode !== 200 || typeof engineVersion != "string") {
    let missingVersionNote = typeof engineVersion == "string" ? "" : ", but no API version";
    throw noEngine(host, `it returned status ${answer.statusCode}${missingVersionNote}`);
  }
  let apiVersion = compareApi(engineVersion, NEWEST_API) < 0 ? engineVersion : NEWEST_API, podman = answer.headers["libpod-api-version"];
  return { ...engine, apiVersion, ...typeof podman == "string" && { podman } };
}
var START = "start Docker, or set DOCKER_HOST to a running engine", MAY_NOT = "run as a user with access to that socket (root, or a member of the docker group), or set DOCKER_HOST";
function noEngine(host, why, todo = START) {
  return new SeaworthyError({
    code: "no-engine",
    what: `no Docker engine is available: ${why}`,
    where: host,
    todo: `${todo}; to work without an engine, pass an image archive and set clair-url`
  });
}
function exchange(engine, path, call2) {
  return new Promise((resolve, reject) => {
    let { sent, body } = requestOf(engine, path, call2);
    sent.on("response", resolve), sent.on("error", reject), sent.end(body);
  });
}
function upgraded(engine, path, call2) {
  return new Promise((resolve, reject) => {
    let headers = { connection: "Upgrade", upgrade: "tcp" }, { sent } = requestOf(engine, path, { ...call2, method: "POST", headers });
    sent.on("upgrade", (_, connection, head) => resolve({ connection, head })), sent.on("response", (answer) => resolve({ answer })), sent.on("error", reject), sent.end();
  });
}
function requestOf(engine, path, call2) {
  let query = new URLSearchParams();
  for (let [name, value] of Object.entries(call2.query ?? {}))
    for (let one of value === void 0 ? [] : [value].flat())
      query.append(name, one);
  let prefix = engine.apiVersion === "" ? "" : `/v${engine.apiVersion}`, asBytes = call2.body instanceof Uint8Array, body = call2.body === void 0 ? void 0 : asBytes ? call2.body : JSON.stringify(call2.body), headers = { ...call2.headers };
  body !== void 0 && (headers["content-type"] = asBytes ? "application/x-tar" : "application/json");
  let signals = [engine.signal, call2.signal].filter((one) => one !== void 0), options = {
    ...engine.connection,
    method: call2.method ?? "GET",
    path: `${prefix}${path}${query.size > 0 ? `?${query}` : ""}`,
    headers: engine.connection.socketPath ? { host: "docker", ...headers } : headers,
    agent: !1,
    ...signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}
  };
  return { sent: (engine.tls ? import_node_https.request : import_node_http.request)(options), body };
}
function connectionTo(host, env) {
  let [, socketPath] = /^(?:unix|npipe):\/\/(.*)$/s.exec(host) ?? [];
  if (socketPath !== void 0)
    return { connection: { socketPath }, tls: !1 };
  let url = /^(tcp|https?):\/\//.test(host) ? URL.parse(host.replace(/^tcp:/, "http:")) : null;
  if (url === null)
    throw noEngine(host, "only unix://, npipe:// and tcp://host:port are supported");
  let tls = !!env.DOCKER_TLS_VERIFY || host.startsWith("https:"), address = { host: url.hostname.replace(/^\[|\]$/g, ""), port: url.port || (tls ? "2376" : "2375") };
  if (!tls)
    return { connection: address, tls };
  let folder = env.DOCKER_CERT_PATH || of_join(homeFolder(), ".docker");
  try {
    let read = (name) => of_readFileSync(of_join(folder, name)), credentials = { ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") };
    return { connection: { ...address, ...credentials }, tls };
  } catch (error) {
    throw noEngine(host, `TLS needs the files in DOCKER_CERT_PATH: ${String(error)}`);
  }
}
function hostOfContext(env) {
  let folder = env.DOCKER_CONFIG || of_join(homeFolder(), ".docker"), config = readJson(of_join(folder, "config.json")), name = env.DOCKER_CONTEXT || (isRecord(config) ? config.currentContext : null);
  if (typeof name != "string" || name === "" || name === "default")
    return null;
  let metadata = of_join(folder, "contexts", "meta", of_hash("sha256", name), "meta.json"), host = readJson(metadata)?.Endpoints?.docker?.Host;
  if (typeof host == "string" && host !== "")
    return host;
  throw noEngine(`context ${name}`, `no such Docker context in ${folder}`);
}
function readJson(path) {
  return readOrNull(() => JSON.parse(of_readFileSync(path, "utf8")));
}

function ownerOf(pid) {
  try {
    let boot = of_readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(), space = of_readlinkSync("/proc/self/ns/pid"), stat = of_readFileSync(`/proc/${pid}/stat`, "utf8"), started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return [boot, space, started, stat.split(" ")[0]].join(" ");
  } catch {
    return null;
  }
}
function hasEnded(owner) {
  let currentOwner = ownerOf("self"), [boot, space, , pid] = owner.split(" ");
  return currentOwner?.startsWith(`${boot} ${space} `) === !0 && ownerOf(Number(pid)) !== owner;
}

function tarOf(files) {
  let parts = files.flatMap(({ path, text, mode }) => {
    let body = typeof text == "string" ? Buffer.from(text, "utf8") : text ?? Buffer.alloc(0), defaultMode = text === null ? 493 : 420;
    return [headerOf(path, body.length, mode ?? defaultMode, text === null), padded(body)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * 512)]);
}
var TYPE_FLAGS = { file: "0", hardlink: "1", symlink: "2", directory: "5" }, MAX_NAME_BYTES = 100;
function tarOfMembers(members) {
  let parts = members.flatMap(({ path, type, mode, uid, gid, link, bytes }) => {
    let records = [
      ...Buffer.byteLength(path) > MAX_NAME_BYTES ? [paxRecord("path", path)] : [],
      ...Buffer.byteLength(link) > MAX_NAME_BYTES ? [paxRecord("linkpath", link)] : []
    ], paxBody = Buffer.concat(records), paxHeader = { path: "pax", flag: "x", mode: 420, uid: 0, gid: 0, link: "", size: paxBody.length }, header = { ...{ path: shortName(path), link: shortName(link) }, flag: TYPE_FLAGS[type], mode, uid, gid, size: bytes.length };
    return [...records.length === 0 ? [] : [fieldsOf(paxHeader), padded(paxBody)], fieldsOf(header), padded(bytes)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * 512)]);
}
function shortName(text) {
  return Buffer.byteLength(text) > MAX_NAME_BYTES ? "see-pax-record" : text;
}
function paxRecord(key, value) {
  let suffix = Buffer.from(` ${key}=${value}
`), length = suffix.length + 1;
  for (; String(length).length + suffix.length !== length; )
    length = String(length).length + suffix.length;
  return Buffer.concat([Buffer.from(String(length)), suffix]);
}
function padded(bytes) {
  return Buffer.concat([bytes, Buffer.alloc((512 - bytes.length % 512) % 512)]);
}
function fileHeader(path, size) {
  return headerOf(path, size, 420, !1);
}
function headerOf(path, size, mode, isFolder) {
  if (Buffer.byteLength(path) > MAX_NAME_BYTES)
    throw new Error(`path too long for a plain tar header: ${path}`);
  return fieldsOf({ path, size, mode, uid: 0, gid: 0, link: "", flag: isFolder ? "5" : "0" });
}
function fieldsOf({ path, size, mode, uid, gid, link, flag }) {
  let header = Buffer.alloc(512), octal = (value, offset, digits) => header.write(`${value.toString(8).padStart(digits, "0")}\0`, offset, "latin1");
  header.write(path, 0, "utf8"), octal(mode, 100, 7), octal(uid, 108, 7), octal(gid, 116, 7), octal(size, 124, 11), octal(0, 136, 11), header.write(flag, 156, "latin1"), header.write(link, 157, "utf8"), header.write("ustar\x0000", 257, "latin1"), header.fill(" ", 148, 156);
  let sum = header.reduce((total, byte) => total + byte, 0);
  return header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1"), header;
}

var EngineError = class extends SeaworthyError {
  status;
  constructor(status, message, path, host, podman = null) {
    super({ code: "engine-refused", where: callPlace(host, path), ...refusalTexts(status, message, podman) }), this.status = status;
  }
}, NO_COMMAND = /\bno command (?:specified|or entrypoint)\b/i;
function refusalTexts(status, message, podman) {
  return status < 500 && NO_COMMAND.test(message) ? {
    what: "the image has no command: it has neither CMD nor ENTRYPOINT",
    todo: "add CMD to the image's Dockerfile, or a command to the compose file, or do not start the image"
  } : podman !== null ? {
    what: `the engine is Podman ${podman}, which refused what Docker does (${status}: ${message})`,
    todo: "use Docker Engine, or pass the image as an archive"
  } : { what: `the Docker engine returned ${status}: ${message}`, todo: defaultAdvice("engine-refused") };
}
function errorAnswer({ host, podman }, path, status, text) {
  let answer = jsonIn(text), message = isRecord(answer) && typeof answer.message == "string" ? String(answer.message) : text.slice(0, 500);
  return new EngineError(status, message, path, host, podman);
}
function callPlace(host, path) {
  return `${path.split("?")[0]} on ${host}`;
}

var CALL_LIMIT = 3e4;
async function call(engine, path, options = {}) {
  let text = (await whole(engine, path, options)).toString("utf8");
  return text === "" ? null : JSON.parse(text);
}
async function whole(engine, path, options) {
  let { limitMs = CALL_LIMIT, signal } = options, limit = limitMs === null ? null : AbortSignal.timeout(limitMs), signals = [limit ?? void 0, signal].filter((one) => one !== void 0);
  try {
    let answer = await stream(engine, path, { ...options, signal: AbortSignal.any(signals) });
    return await bodyOf(answer, callPlace(engine.host, path));
  } catch (error) {
    if (!limit?.aborted || signal?.aborted || engine.signal?.aborted)
      throw error;
    let what = `the Docker engine did not respond within ${(limitMs ?? 0) / 1e3} s`;
    throw new SeaworthyError({ code: "engine-silent", what, where: callPlace(engine.host, path) });
  }
}
async function stream(engine, path, options = {}) {
  let answer = await exchange(engine, path, options), status = answer.statusCode ?? 0;
  if (status < 400)
    return answer;
  let text = (await bodyOf(answer, callPlace(engine.host, path))).toString("utf8");
  throw errorAnswer(engine, path, status, text);
}
async function identified(engine, path, options) {
  let found = await call(engine, path, options);
  if (found === null)
    throw new EngineError(404, "there is nothing with that name", path, engine.host);
  let { Id } = found;
  if (typeof Id != "string")
    throw new TypeError("the Docker engine returned no Id");
  return { ...found, Id };
}
var containers = {
  create: (engine, name, body, signal) => call(engine, "/containers/create", { method: "POST", query: { name }, body, signal }),
  put: (engine, id, path, tar, signal) => call(engine, `/containers/${id}/archive`, { method: "PUT", query: { path }, body: tar, signal }),
  start: (engine, id, signal) => call(engine, `/containers/${id}/start`, { method: "POST", signal }),
  inspect: (engine, id, signal) => identified(engine, `/containers/${id}/json`, { signal }),
  remove: (engine, id) => call(engine, `/containers/${id}`, { method: "DELETE", query: { force: "1", v: "1" } }).catch(
    unlessGone
  ),
  list: (engine, label) => call(engine, "/containers/json", { query: { all: "1", ...labelled(label) } }),
  exec: async (engine, id, command, { limitMs, signal }) => {
    let body = { Cmd: command, AttachStdout: !0, AttachStderr: !0 }, created = await call(engine, `/containers/${id}/exec`, { method: "POST", body, signal }), at = `/exec/${inPath(created.Id)}`, start = { method: "POST", body: { Detach: !1, Tty: !1 }, limitMs, signal }, output = demultiplex(await whole(engine, `${at}/start`, start));
    return { exitCode: (await call(engine, `${at}/json`, { signal })).ExitCode ?? null, output };
  },
  logs: async (engine, id, lines = 20) => {
    let query = { stdout: "1", stderr: "1", tail: String(lines) };
    return demultiplex(await whole(engine, `/containers/${id}/logs`, { query }));
  }
};
function addressOn({ NetworkSettings }, network) {
  return Object.values(NetworkSettings?.Networks ?? {}).find((one) => one?.NetworkID === network)?.IPAddress || null;
}
function onlyAddress({ NetworkSettings }) {
  let [one, ...more] = Object.values(NetworkSettings?.Networks ?? {});
  return more.length > 0 ? null : one?.IPAddress || null;
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
    body: { Container: container, Force: !0 }
  }).catch(unlessGone),
  remove: (engine, id) => call(engine, `/networks/${id}`, { method: "DELETE" }).catch(unlessGone),
  list: (engine, label) => call(engine, "/networks", { query: labelled(label) })
}, volumes = {
  list: async (engine, label) => (await call(engine, "/volumes", { query: labelled(label) }).catch(unlessRefused))?.Volumes ?? [],
  remove: (engine, name) => call(engine, `/volumes/${inPath(name)}`, { method: "DELETE" }).catch(unlessGone)
}, images = {
  inspect: (engine, reference, platform, signal) => identified(engine, `/images/${inPath(reference)}/json`, {
    query: { platform },
    signal
  }),
  manifests: async (engine, reference, signal) => {
    if (compareApi(engine.apiVersion, "1.48") < 0)
      return null;
    let options = { query: { manifests: "1" }, signal };
    return (await call(engine, `/images/${inPath(reference)}/json`, options))?.Manifests ?? null;
  },
  list: (engine, signal) => call(engine, "/images/json", { signal }),
  labelled: async (engine, label) => {
    let query = labelled(label);
    return await call(engine, "/images/json", { query }).catch(unlessRefused) ?? [];
  },
  save: (engine, reference, platform, signal) => stream(engine, `/images/${inPath(reference)}/get`, { query: { platform }, signal }),
  saveAll: (engine, references, signal) => stream(engine, "/images/get", { query: { names: references }, signal })
};
function inPath(reference) {
  return encodeURI(reference).replace(/[?#]/g, encodeURIComponent);
}
function labelled(label) {
  return { filters: JSON.stringify({ label: [label] }) };
}
function unlessStatus(...statuses) {
  return (error) => {
    if (error instanceof EngineError && statuses.includes(error.status))
      return null;
    throw error;
  };
}
var unlessGone = unlessStatus(404, 409), unlessRefused = unlessStatus(403);
function refuseChanged({ RootFS }, diffIds, where) {
  if ((RootFS?.Layers ?? []).join() !== diffIds.join()) {
    let what = "the image in the engine is not the one that was read: their layers differ";
    throw new SeaworthyError({ code: "image-changed", what, where });
  }
}
function demultiplex(bytes) {
  let pieces = [], at = 0;
  for (; at + 8 <= bytes.length && (bytes[at] ?? 3) <= 2; ) {
    let size = bytes.readUInt32BE(at + 4);
    pieces.push(bytes.toString("utf8", at + 8, at + 8 + size)), at += 8 + size;
  }
  return at === 0 ? bytes.toString("utf8") : pieces.join("");
}

async function buildImage(engine, dockerfile, options) {
  let context = tarOf([{ path: "Dockerfile", text: dockerfile }]), answer = await stream(engine, "/build", {
    method: "POST",
    query: {
      rm: "1",
      forcerm: "1",
      nocache: "1",
      t: options.name,
      networkmode: options.network,
      platform: options.platform,
      buildargs: options.buildArgs === void 0 ? void 0 : JSON.stringify(options.buildArgs)
    },
    body: new Uint8Array(context),
    limitMs: null,
    signal: options.signal
  });
  return readBuild(answer);
}
async function readBuild(answer) {
  let output = "", id = null, error = null, rest = "", read = (line) => {
    if (line.trim() === "")
      return;
    let message = JSON.parse(line);
    output = (output + (message.stream ?? "")).slice(-MAX_OUTPUT_LENGTH), id = message.aux?.ID ?? id, error = message.error ?? error;
  };
  for await (let chunk of answer) {
    let lines = (rest + String(chunk)).split(`
`);
    rest = lines.pop() ?? "";
    for (let line of lines)
      read(line);
  }
  return read(rest), id === null && error === null && (error = "the engine did not return the image's id"), { id: error === null ? id : null, error, output };
}
var MAX_OUTPUT_LENGTH = 2 ** 20;
async function tagImage(engine, id, reference) {
  let [, repo = "", tag = ""] = /^(.+?)(?::([\w][\w.-]*))?$/.exec(reference) ?? [];
  if (repo === "" || tag === "") {
    let what = `${JSON.stringify(reference)} is not an image name with a tag`, todo = "specify the image by repository and tag";
    throw new SeaworthyError({ code: "bad-input", what, where: "tag-suffix", todo });
  }
  await call(engine, `/images/${inPath(id)}/tag`, { method: "POST", query: { repo, tag } });
}
async function removeImage(engine, reference) {
  await call(engine, `/images/${inPath(reference)}`, { method: "DELETE", query: { force: "1" } }).catch(() => null);
}

var RUN = "dev.seaworthy.run", OWNER = "dev.seaworthy.owner", DEADLINE = "dev.seaworthy.deadline";
function newRunId() {
  return of_randomBytes(6).toString("hex");
}
function labelsOf(runId, deadline) {
  return { [RUN]: runId, [OWNER]: ownerOf(process.pid) ?? "unknown", [DEADLINE]: String(deadline) };
}
function labelsOfBuilt(labels) {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [`${name}${BUILT}`, value]));
}
var BUILT = ".built";
async function removeRun(engine, runId, composes = !0) {
  let label = `${RUN}=${runId}`;
  await removeAll(engine, await containers.list(engine, label), () => networks.list(engine, label)), composes && await removeTests(engine, (labels) => labels[RUN] === runId);
}
async function sweepLeftovers(engine, composes, now = Date.now()) {
  let isLeftover = ({ Labels }, names) => isDead(Labels, now) && names.some((name) => isNameOf(Labels[RUN] ?? "", name)), boxes = (await containers.list(engine, RUN)).filter((one) => isLeftover(one, one.Names ?? [])), isOurs = await Promise.all(boxes.map(async (one) => !await isInherited(engine, one))), leftovers = boxes.filter((_, index) => isOurs[index]), nets = (await networks.list(engine, RUN)).filter((one) => isLeftover(one, [one.Name ?? ""]));
  await removeAll(engine, leftovers, async () => nets), (composes || leftovers.length + nets.length > 0) && await removeTests(engine, (labels) => isDead(labels, now));
}
async function removeTests(engine, which) {
  for (let { Name, Labels } of await volumes.list(engine, RUN))
    Labels && which(Labels) && isNameOf(Labels[RUN] ?? "", Name) && await volumes.remove(engine, Name);
  for (let { Labels, RepoTags } of await images.labelled(engine, `${RUN}${BUILT}`)) {
    let ownLabels = Object.fromEntries(
      [RUN, OWNER, DEADLINE].map((name) => [name, Labels?.[`${name}${BUILT}`] ?? ""])
    );
    for (let tag of which(ownLabels) ? RepoTags ?? [] : [])
      isNameOf(ownLabels[RUN] ?? "", tag) && await removeImage(engine, tag);
  }
}
function isNameOf(runId, name) {
  let [, nameRunId] = /^\/?seaworthy-([0-9a-f]{12})(?:[-_]|$)/.exec(name) ?? [];
  return nameRunId === runId;
}
async function isInherited(engine, { Labels, ImageID }) {
  let image = ImageID ? await images.inspect(engine, ImageID).catch(() => null) : null;
  return image === null || image.Config?.Labels?.[RUN] === Labels[RUN];
}
async function removeAll(engine, found, nets) {
  await Promise.all(found.map(({ Id }) => containers.remove(engine, Id))), await Promise.all((await nets()).map((net) => removeNetwork(engine, net.Id)));
}
async function removeNetwork(engine, id) {
  let state = await networks.inspect(engine, id).catch(() => null);
  for (let member of Object.keys(state?.Containers ?? {}))
    await networks.disconnect(engine, id, member);
  await networks.remove(engine, id);
}
function isDead(labels, now) {
  return Number(labels[DEADLINE]) * 1e3 < now || hasEnded(labels[OWNER] ?? "");
}

export {
  tarOf,
  tarOfMembers,
  fileHeader,
  compareApi,
  connectEngine,
  upgraded,
  EngineError,
  errorAnswer,
  call,
  stream,
  containers,
  addressOn,
  onlyAddress,
  networks,
  images,
  unlessStatus,
  unlessGone,
  refuseChanged,
  buildImage,
  tagImage,
  removeImage,
  ownerOf,
  hasEnded,
  RUN,
  newRunId,
  labelsOf,
  labelsOfBuilt,
  removeRun,
  sweepLeftovers
};
