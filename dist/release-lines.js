import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  referenceError,
  sourceOf
} from "./chunk-io-archive-image-image-name.js";
import {
  connectGitHub,
  escapeTerminal,
  githubProblem,
  isLine,
  listTags,
  readGitHubRun,
  releaseLines
} from "./chunk-io-github-client.js";
import {
  getInput,
  info,
  setFailed,
  setOutput,
  setSecret,
  warning
} from "./chunk-actions-core-lib-summary.js";
import "./chunk-io-http-plain-http.js";
import "./chunk-actions-exec-lib-toolrunner.js";
import "./chunk-of-node-fs.js";
import "./chunk-io-http-backoff.js";
import "./chunk-of-node-timers-promises.js";
import "./chunk-io-http-url.js";
import "./chunk-actions-http-client-lib-index.js";
import "./chunk-tunnel-lib-tunnel.js";
import {
  SeaworthyError,
  problemOf
} from "./chunk-zod-v4-core-schemas.js";
import "./chunk-empty.js";

var TIMEOUT_MS = 6e4, MAX_LINES = 256;
async function findLines({ lines, image, token }, { env = process.env, backoffMs = 500 } = {}) {
  let requestedLines = readWanted(lines);
  if (!/\{(tag|version)\}/.test(image))
    throw badInput(`image: ${JSON.stringify(image)} contains neither {tag} nor {version}`);
  let run = readGitHubRun(env);
  if (run === null || token === "")
    throw badInput("github-token: this action runs only in a GitHub workflow, and needs the workflow's token");
  let api = await connectGitHub({ token, apiUrl: run.apiUrl, timeoutMs: TIMEOUT_MS, backoffMs }), tags = await listTags(api, run).catch((error) => {
    throw new SeaworthyError(githubProblem(error, `tags of ${run.owner}/${run.repo}`, "contents: read"));
  }), { found, missing } = releaseLines(tags, requestedLines);
  if (found.length === 0) {
    let what = `no release tag was found for ${missing.length === 0 ? "any line" : missing.join(", ")}`;
    throw new SeaworthyError({ code: "no-release", what, where: `tags of ${run.owner}/${run.repo}` });
  }
  if (found.length > MAX_LINES)
    throw badInput(`lines: ${found.length} were found, but at most ${MAX_LINES} are allowed`);
  let warning2 = `no release tag was found for ${missing.join(", ")}, so only the other lines are judged`;
  return {
    found: found.map((line) => ({ ...line, image: imageOf(image, line) })),
    warning: missing.length === 0 ? null : warning2
  };
}
function readWanted(text) {
  let names = text.split(/[\s,]+/).filter((name) => name !== "");
  if (names.length === 1 && names[0] === "all")
    return "all";
  let badNames = names.filter((name) => !isLine(name));
  if (names.length === 0 || badNames.length > 0) {
    let bad = JSON.stringify(badNames.join(", ") || text);
    throw badInput(`lines: ${bad} must be release lines such as 4 or 4.1, or "all"`);
  }
  return names;
}
function imageOf(pattern, { tag, version }) {
  let image = pattern.replaceAll("{tag}", tag).replaceAll("{version}", version), error = referenceError(sourceOf(image).name);
  if (error !== null)
    throw badInput(`image: ${JSON.stringify(image)} is not an image name: ${error}`);
  return image;
}
function badInput(what) {
  let todo = "correct the inputs; see release-lines/action.yml";
  return new SeaworthyError({ code: "bad-input", what, where: "inputs", todo });
}

async function main() {
  let token = getInput("github-token");
  token !== "" && setSecret(token);
  let { found, warning: warning2 } = await findLines({
    lines: getInput("lines"),
    image: getInput("image"),
    token
  });
  for (let { line, image } of found)
    info(escapeTerminal(`${line}: ${image}`));
  warning2 !== null && warning(escapeTerminal(`lines: ${warning2}`, 1e3)), setOutput("matrix", JSON.stringify({ include: found }));
}
await main().catch((error) => {
  let { what, where, todo } = problemOf(error, "lines");
  setFailed([what, where, todo].map((text) => escapeTerminal(text, 1e3)).join(" · "));
});
