import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  contentOf,
  jobOf,
  publishComment
} from "./chunk-publish-publish.js";
import {
  MAX_CHARACTERS,
  readUntrustedReport
} from "./chunk-reports-json-untrusted.js";
import {
  notPublished,
  publishCheckRun,
  shortHash
} from "./chunk-js-yaml-dist-js-yaml.js";
import "./chunk-of-node-stream-promises.js";
import {
  newRunId
} from "./chunk-io-engine-docker.js";
import {
  listFolder,
  readInside
} from "./chunk-io-files-files.js";
import {
  apiUrlOf,
  connectGitHub,
  documentsAddress,
  escapeTerminal,
  isCount,
  readEvent,
  repositoryOf,
  runUrlOf,
  shaOf,
  untagged
} from "./chunk-io-github-client.js";
import {
  getInput,
  info,
  setFailed,
  setSecret,
  warning
} from "./chunk-actions-core-lib-summary.js";
import "./chunk-io-http-plain-http.js";
import {
  of_join
} from "./chunk-actions-exec-lib-toolrunner.js";
import "./chunk-of-node-fs.js";
import "./chunk-io-http-backoff.js";
import "./chunk-of-node-timers-promises.js";
import "./chunk-io-http-url.js";
import "./chunk-actions-http-client-lib-index.js";
import "./chunk-tunnel-lib-tunnel.js";
import "./chunk-model-json.js";
import {
  SeaworthyError,
  problemOf,
  readOrNull
} from "./chunk-zod-v4-core-schemas.js";
import "./chunk-empty.js";

function readFinishedRun(env = process.env) {
  if (env.GITHUB_EVENT_NAME !== "workflow_run")
    return null;
  let { workflow_run: workflowRun } = readEvent(env), repository = repositoryOf(env), [sha, branch, id] = [shaOf(workflowRun?.head_sha), workflowRun?.head_branch, workflowRun?.id], [from, login] = [workflowRun?.head_repository?.full_name, workflowRun?.head_repository?.owner?.login];
  if (workflowRun?.event !== "pull_request" || repository === null || sha === null || !isCount(id) || typeof branch != "string" || typeof from != "string" || typeof login != "string")
    return null;
  let [workflow = ""] = /^\.github\/workflows\/[\w.-]{1,200}$/.exec(String(workflowRun.path)) ?? [], run = {
    ...repository,
    id: String(id),
    apiUrl: apiUrlOf(env),
    url: runUrlOf(env, repository, String(id)),
    number: isCount(workflowRun.run_number) ? workflowRun.run_number : 1,
    attempt: isCount(workflowRun.run_attempt) ? workflowRun.run_attempt : 1,
    step: "",
    workflow,
    headSha: sha,
    sha,
    branch: null,
    merged: !0,
    pull: null,
    elsewhere: !1,
    scheduled: !1,
    platform: null,
    pages: documentsAddress(env),
    workspace: "/nonexistent"
  }, [conclusion = null] = /^[a-z_]{1,30}$/.exec(String(workflowRun.conclusion ?? "")) ?? [], own = from === `${repository.owner}/${repository.repo}`;
  return { run, from, owner: login, branch, own, conclusion };
}
async function pullOf(api, { run: { owner, repo, headSha }, from, owner: login, branch }) {
  let { data } = await api.request("GET /repos/{owner}/{repo}/pulls", {
    owner,
    repo,
    state: "open",
    head: `${login}:${branch}`,
    per_page: 100
  }), fitting = data.filter(({ head }) => head.sha === headSha && head.repo?.full_name === from), [only] = fitting;
  return only === void 0 || fitting.length > 1 ? null : { number: Number(only.number), fork: !0, base: only.base.ref };
}

var TIMEOUT_MS = 12e4, MAX_ANNOTATIONS = 50;
async function publishUntrusted(verdicts, finished, options) {
  let { token, backoffMs } = options, api = await connectGitHub({ token, apiUrl: finished.run.apiUrl, timeoutMs: TIMEOUT_MS, backoffMs }), pull;
  try {
    pull = await pullOf(api, finished);
  } catch (error) {
    return [notPublished(error, "the report", "pull-requests: write")];
  }
  if (pull === null)
    return ["nothing was published, because the run's commit must be the head of exactly one open pull request"];
  let run = { ...finished.run, pull }, caveat = missingReport(verdicts, finished), notes = [], maxAnnotations = Math.floor(MAX_ANNOTATIONS / verdicts.length);
  for (let [index, verdict] of verdicts.entries()) {
    let name = verdicts.length === 1 ? options.checkName : `${options.checkName} (${index + 1})`, id = `seaworthy-${options.runId}-${index}`;
    try {
      notes.push(
        ...await publishCheckRun(api, run, verdict, { name, id, job: null, maxAnnotations, caveat })
      );
    } catch (error) {
      notes.push(notPublished(error, name, "checks: write"));
    }
  }
  if (options.comment)
    try {
      notes.push(...await comment(api, run, pull.number, verdicts, { ...options, caveat }));
    } catch (error) {
      notes.push(notPublished(error, "the comment", "pull-requests: write"));
    }
  return notes;
}
function missingReport(verdicts, { conclusion }) {
  return verdicts.every(({ verdict }) => verdict === "pass") && conclusion !== null && conclusion !== "success" ? `the run itself ended with "${conclusion}", so a job without a report may have failed` : null;
}
function comment(api, run, pull, verdicts, { overwriteCheckMs = 1200, caveat }) {
  let { number, attempt, headSha: head, url } = run, jobs = verdicts.map((verdict) => {
    let names = verdict.images.map(({ reference }) => reference), key = shortHash(JSON.stringify([names, "untrusted"])), family = shortHash(JSON.stringify([names.map(untagged), "untrusted"])), { policyDigest, release } = verdict.judgedBy, settings = shortHash(JSON.stringify([policyDigest, release])), ofJob = { key, family, settings, content: contentOf(verdict) }, job = jobOf(verdict, { ...ofJob, run: number, attempt, head, url, change: null, untrusted: !0 });
    return caveat === null ? job : { ...job, limits: [...job.limits, { image: null, text: caveat }] };
  }), create = caveat !== null || verdicts.some(({ verdict }) => verdict !== "pass");
  return publishComment(api, run, { jobs, pull, create, overwriteCheckMs });
}

var REPORT = "report.json", MAX_REPORTS = 20;
async function main() {
  let token = getInput("github-token");
  token !== "" && setSecret(token);
  let finished = readFinishedRun();
  if (finished === null || token === "")
    throw wrongEvent();
  if (finished.own) {
    info("the run was not from a fork, so it has already published its own results");
    return;
  }
  let folder = getInput("report-dir"), verdicts = reportsIn(folder).map(({ text, path }) => readUntrustedReport(text, path)), notes = await publishUntrusted(verdicts, finished, {
    token,
    checkName: getInput("check-name") || "Seaworthy: report of a fork",
    runId: newRunId(),
    comment: getInput("comment") !== "never"
  });
  for (let note of notes)
    warning(escapeTerminal(note, 1e3));
}
function reportsIn(folder) {
  let found = [REPORT, ...listFolder(folder).map((name) => of_join(name, REPORT))].slice(0, 200).flatMap((path) => {
    let text = readOrNull(() => readInside(of_join(folder, path), folder, MAX_CHARACTERS));
    return text === null ? [] : [{ path, text }];
  });
  if (found.length > 0 && found.length <= MAX_REPORTS)
    return found;
  let what = found.length === 0 ? "the run's artifact contains no usable report.json (a plain file smaller than 25 MB)" : "there are too many reports", todo = 'upload the artifact "seaworthy-report" in the first workflow, and download that artifact to report-dir in this workflow';
  throw new SeaworthyError({ code: "untrusted-report", what, where: folder, todo });
}
function wrongEvent() {
  let what = 'this action needs github-token, and must run on the event "workflow_run" after a "pull_request" run', todo = "use it as examples/workflows/publish.yml does";
  return new SeaworthyError({ code: "bad-input", what, where: "on", todo });
}
await main().catch((error) => {
  let { what, where, todo } = problemOf(error, "publish");
  setFailed([what, where, todo].map((text) => escapeTerminal(text, 1e3)).join(" · "));
});
