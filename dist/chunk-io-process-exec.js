import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  of_finished
} from "./chunk-of-node-stream-promises.js";
import {
  getExecOutput,
  of_StringDecoder,
  of_once,
  of_spawn
} from "./chunk-actions-exec-lib-toolrunner.js";
import {
  of_existsSync,
  of_readFileSync,
  of_readdirSync,
  of_statSync
} from "./chunk-of-node-fs.js";
import {
  of_setTimeout
} from "./chunk-of-node-timers-promises.js";
import {
  messageOf,
  readOrNull
} from "./chunk-zod-v4-core-schemas.js";

var SECRET_NAME = /(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|APIKEY)$/, SECRET_KEY = /^(API|ACCESS|PRIVATE|SECRET|ENCRYPTION|SIGNING|AUTH|ACCOUNT|SSH|MASTER|DEPLOY|STORAGE|LICENSE|JWT|HMAC)$/, ABOUT_SECRET = /^(FILE|PATH|DIR|URL|URI|ENDPOINT|NAME|TYPE|ALG|ALGORITHM|LENGTH|SIZE|TTL|TIMEOUT|EXPIRY|ISSUER|HEADER|MIN|MAX|ENABLED|DISABLED|ID|VERSION|SECONDS|MINUTES|HOURS|DAYS|LIFETIME|AGE|ROUNDS|POLICY|HELPER|HASHER|BACKEND|STORE|PROVIDER|STDIN|PROMPT)$/, NON_SECRET_OPTION = /^--?(disabled|no|without|allow-empty|change|reset|force|ask|prompt)-/;
function isSecretName(name) {
  if (NON_SECRET_OPTION.test(name))
    return !1;
  let nameParts = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase().split(/[_.-]+/).filter(Boolean), last = nameParts.at(-1) ?? "";
  return ABOUT_SECRET.test(last) ? !1 : nameParts.some((part) => SECRET_NAME.test(part)) ? !0 : last === "KEY" ? SECRET_KEY.test(nameParts.at(-2) ?? "") : nameParts.length > 1 && (last === "PASS" || last === "PWD") && nameParts[0] !== "OLD";
}
var SECRET = /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|PSK$/i, NAMES_FILE = /_FILE$/i, MIN_LENGTH = 6;
function secretValues(environment) {
  return environment.filter(([name]) => (isSecretName(name) || SECRET.test(name)) && !NAMES_FILE.test(name)).flatMap(([, value = ""]) => value.split(/\r?\n/)).map((line) => line.trim()).filter((line) => line.length >= MIN_LENGTH).sort((a, b) => b.length - a.length);
}
function masked(text, environment) {
  return secretValues(environment).reduce((all, value) => all.replaceAll(value, "***"), text);
}

var KILL_TIMEOUT_MS = 1e3, running =   new Set();
process.on("exit", () => {
  for (let id of running)
    signalGroup(id, "SIGKILL");
});
function processGroup(id) {
  return running.add(id), {
    kill: () => {
      signalGroup(id, "SIGKILL");
    },
    async end(graceMs) {
      signalGroup(id, "SIGTERM"), await hasEnded(id, graceMs) || signalGroup(id, "SIGKILL");
    },
    async gone() {
      await hasEnded(id, KILL_TIMEOUT_MS), running.delete(id);
    }
  };
}
function signalGroup(id, signal) {
  try {
    return process.kill(-id, signal);
  } catch (error) {
    return error.code !== "ESRCH";
  }
}
async function hasEnded(id, ms) {
  let until = performance.now() + ms;
  for (; signalGroup(id, 0) && isAlive(id); ) {
    if (performance.now() > until)
      return !1;
    await of_setTimeout(20);
  }
  return !0;
}
function isAlive(id) {
  return of_existsSync("/proc/self/stat") ? of_readdirSync("/proc").filter((name) => /^\d+$/.test(name)).some((pid) => {
    let stat = readOrNull(() => of_readFileSync(`/proc/${pid}/stat`, "utf8")) ?? "", [state = "", , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(group) === id && !"ZX".includes(state);
  }) : !0;
}

var KEEP = { part: "tail", max: 2 ** 20 }, GRACE_MS = 2e3, LAST_OUTPUT_MS = 1e3;
async function execute(command, args, options) {
  let { signal, limitMs, graceMs = GRACE_MS } = options;
  signal.throwIfAborted();
  let { child, pid } = await start(command, args, options), group = processGroup(pid), limit = limitMs === void 0 ? null : AbortSignal.timeout(limitMs), stop = limit === null ? signal : AbortSignal.any([signal, limit]), ending = null, end = () => {
    ending ??= group.end(graceMs);
  }, stdout = outputOf(child.stdout, "stdout", options), stderr = outputOf(child.stderr, "stderr", options);
  stop.addEventListener("abort", end), stop.aborted && end();
  try {
    let [code, by] = await of_once(child, "exit"), late = limit?.aborted ?? !1;
    return stop.aborted || group.kill(), await detachOutput(child), signal.throwIfAborted(), { code, signal: by, late, stdout: stdout(), stderr: stderr() };
  } finally {
    stop.removeEventListener("abort", end), await ending, await group.gone();
  }
}
async function executePlainly(command, args) {
  let options = { silent: !0, ignoreReturnCode: !0 }, { exitCode, stdout, stderr } = await getExecOutput(`"${command}"`, [...args], options), whole = (text) => ({ text, dropped: 0 });
  return { code: exitCode, signal: null, late: !1, stdout: whole(stdout), stderr: whole(stderr) };
}
function endText({ code, signal }) {
  return code === null ? `ended by ${signal ?? "a signal"}` : `exit ${code}`;
}
async function start(command, args, options) {
  let { cwd = process.cwd(), env, input } = options;
  if (!of_statSync(cwd, { throwIfNoEntry: !1 })?.isDirectory())
    throw new Error(`the folder ${cwd} does not exist`);
  if ([command, ...args, ...Object.values(env)].some((text) => text?.includes("\0")))
    throw new Error(`an argument or variable for ${command} contains a NUL character`);
  let child = of_spawn(command, args, { cwd, env, detached: !0, stdio: [...[input ? "pipe" : "ignore", "pipe", "pipe"]] });
  if (child.pid === void 0) {
    let [error] = await of_once(child, "error");
    throw new Error(`${error.code}: there is no command ${command}`);
  }
  return child.stdin?.on("error", () => {
  }).end(input), { child, pid: child.pid };
}
function outputOf(pipe, from, { keep = KEEP, onOutput }) {
  let decoder = new of_StringDecoder("utf8"), text = "", dropped = 0, cutTo = (most) => {
    text.length > most && (dropped += text.length - keep.max, text = keep.part === "head" ? text.slice(0, keep.max) : text.slice(-keep.max));
  };
  return pipe?.on("data", (chunk) => {
    let more = decoder.write(chunk);
    text += more, cutTo(2 * keep.max), more !== "" && onOutput?.(more, from);
  }), () => (text += decoder.end(), cutTo(keep.max), { text, dropped });
}
async function detachOutput({ stdout, stderr }) {
  let pipes = [stdout, stderr].filter((pipe) => pipe !== null), signal = AbortSignal.timeout(LAST_OUTPUT_MS);
  await Promise.all(pipes.map((pipe) => of_finished(pipe, { signal }).catch(() => null)));
  for (let pipe of pipes)
    pipe.destroy();
}

var LINES = 200, MAX_LINE_LENGTH = 1e3, SCANNED_CHARACTERS = 2 ** 18, HIDDEN = /^(?:INPUT_|ACTIONS_|GITHUB_TOKEN$|GH_TOKEN$|SEAWORTHY_CLAIR_PSK$|SEAWORTHY_KEY_PASSWORD$)/, HIDDEN_FROM_TESTS = /TOKEN|^DOCKER_(?:AUTH_)?CONFIG$|^GITHUB_(?:ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$/i, TOKEN_OF_GITHUB = /\b(?:gh[pousr]_|github_pat_)\w/;
function commandEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !HIDDEN.test(name)));
}
function testEnvironment() {
  let tokens = secretValues(Object.entries(process.env).filter(([name]) => OUR_TOKENS.test(name))), isHidden = (name, value) => HIDDEN_FROM_TESTS.test(name) || TOKEN_OF_GITHUB.test(value) || tokens.some((token) => value.includes(token)), variables = Object.entries(commandEnvironment());
  return Object.fromEntries(variables.filter(([name, value = ""]) => !isHidden(name, value)));
}
var OUR_TOKENS = /^(?:INPUT_.*TOKEN|ACTIONS_.*TOKEN|GITHUB_TOKEN|GH_TOKEN)$/i;
async function runCommand(command, env, limitMs, signal, inherited = commandEnvironment()) {
  signal.throwIfAborted();
  let began = performance.now(), [file = "sh", ...args] = command, printed = tailOf(SCANNED_CHARACTERS), options = { env: { ...inherited, ...env }, limitMs, signal, onOutput: printed.take }, { ended, how } = await execute(file, args, options).then(
    (how2) => ({ ended: endText(how2), how: how2 }),
    (error) => ({ ended: messageOf(error), how: null })
  );
  signal.throwIfAborted();
  let seconds = Math.round(performance.now() - began) / 1e3, isTimedOut = how?.late === !0;
  return {
    ok: !isTimedOut && how?.code === 0,
    ended: isTimedOut ? `not finished within ${limitMs / 1e3} s` : ended,
    seconds,
    output: lastLines(printed.text(), printed.isCut()),
    how: how && { code: how.code, signal: how.signal, late: isTimedOut }
  };
}
function tailOf(most) {
  let text = "", isCut = !1, cut = (limit) => {
    text.length > limit && (text = text.slice(-most), isCut = !0);
  };
  return {
    take: (more) => {
      text += more, cut(2 * most);
    },
    text: () => (cut(most), text),
    isCut: () => isCut
  };
}
function lastLines(text, isCut) {
  let secrets = Object.entries(process.env), maskedText = masked(text, secrets), longestSecret = secretValues(secrets)[0]?.length ?? 0;
  return plain(isCut ? maskedText.slice(longestSecret) : maskedText).split(`
`).slice(-LINES).map((line) => line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line).join(`
`);
}
function plain(text) {
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, "").replace(/[^\n\P{C}]/gu, " ").trim();
}

export {
  isSecretName,
  secretValues,
  masked,
  execute,
  executePlainly,
  endText,
  commandEnvironment,
  testEnvironment,
  runCommand,
  plain
};
