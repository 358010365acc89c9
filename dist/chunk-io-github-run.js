import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  SHA,
  apiUrlOf,
  isCount,
  isFromFork,
  readEvent,
  repositoryOf,
  runUrlOf,
  shaOf
} from "./chunk-io-github-repository.js";
import {
  documentsAddress
} from "./chunk-io-github-client.js";

// src/io/github/run.ts
var ARCHITECTURES = {
  X64: "linux/amd64",
  ARM64: "linux/arm64",
  ARM: "linux/arm",
  X86: "linux/386"
};
function readGitHubRun(env = process.env) {
  let repository = repositoryOf(env), sha = env.GITHUB_SHA ?? "";
  if (repository === null || !SHA.test(sha))
    return null;
  let isPull = /^pull_request/.test(env.GITHUB_EVENT_NAME ?? ""), pull = isPull ? pullOf(readEvent(env)) : null;
  if (isPull && pull === null)
    return null;
  let id = env.GITHUB_RUN_ID || "0";
  return {
    ...repository,
    id,
    apiUrl: apiUrlOf(env),
    url: runUrlOf(env, repository, id),
    number: count(env.GITHUB_RUN_NUMBER),
    attempt: count(env.GITHUB_RUN_ATTEMPT),
    workflow: workflowOf(env),
    headSha: pull?.sha ?? sha,
    sha,
    branch: branchOf(env),
    merged: pull !== null && pull.sha !== sha,
    pull: pull === null ? null : { number: pull.number, fork: pull.fork, base: pull.base },
    scheduled: ["schedule", "workflow_dispatch"].includes(env.GITHUB_EVENT_NAME ?? ""),
    platform: ARCHITECTURES[env.RUNNER_ARCH ?? ""] ?? null,
    pages: documentsAddress(env),
    workspace: env.GITHUB_WORKSPACE || process.cwd()
  };
}
function branchOf(env) {
  let name = env.GITHUB_REF_NAME ?? "", isOfEvent = /^(pull_request|merge_group)/.test(env.GITHUB_EVENT_NAME ?? "");
  return env.GITHUB_REF_TYPE === "branch" && name !== "" && !name.startsWith("gh-readonly-queue/") && !isOfEvent ? name : null;
}
function workflowOf(env) {
  return /^[^/]+\/[^/]+\/([^@]+)@/.exec(env.GITHUB_WORKFLOW_REF ?? "")?.[1] ?? env.GITHUB_WORKFLOW ?? "";
}
function count(text) {
  let number = Number(text);
  return isCount(number) ? number : 1;
}
function pullOf({ pull_request: pull }) {
  let [number, sha, base] = [pull?.number, shaOf(pull?.head?.sha), pull?.base?.ref];
  return !isCount(number) || sha === null ? null : { number, sha, fork: isFromFork(pull), base: typeof base == "string" ? base : "the base" };
}

export {
  readGitHubRun
};
