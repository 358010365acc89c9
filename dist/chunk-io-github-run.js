import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  SHA,
  apiUrlOf,
  documentsAddress,
  hostOf,
  isCount,
  isFromFork,
  readEvent,
  repositoryOf,
  runUrlOf,
  shaOf
} from "./chunk-io-github-client.js";

var REGISTRY_PREFIX = /^registry:(?=.*[/:@])(?!\d{1,5}\/)/;
function sourceOf(image) {
  return REGISTRY_PREFIX.test(image) ? { source: "registry", name: image.replace(REGISTRY_PREFIX, "") } : { source: /^\.{0,2}\//.test(image) || /\.(?:tar(?:\.gz|\.zst)?|tgz)$/.test(image) ? "archive" : "engine", name: image };
}
var HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/, COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/, TAG = /^\w[\w.-]{0,127}$/, DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/, MAX_NAME_LENGTH = 255;
function referenceError(reference) {
  let [name = "", ...digests] = reference.split("@");
  if (digests.length > 1)
    return "it has more than one digest";
  if (digests[0] !== void 0 && !DIGEST.test(digests[0]))
    return `${quoted(digests[0])} is not a valid digest`;
  let { host, path } = hostOf(name);
  if (host !== null && !HOST.test(host))
    return `${quoted(host)} is not a valid host`;
  let [components = "", ...tags] = path.split(":");
  if (tags.length > 1)
    return "it has more than one tag";
  if (tags[0] !== void 0 && !TAG.test(tags[0]))
    return `${quoted(tags[0])} is not a valid tag`;
  let invalidComponent = components.split("/").find((component) => !COMPONENT.test(component));
  return invalidComponent === "" ? "a part of its name is empty" : invalidComponent !== void 0 ? /[A-Z]/.test(invalidComponent) ? `${quoted(invalidComponent)} contains uppercase letters` : `${quoted(invalidComponent)} is not a valid part of a name` : [host, components].filter((part) => part !== null).join("/").length > MAX_NAME_LENGTH ? `its name is longer than ${MAX_NAME_LENGTH} characters` : null;
}
function quoted(text) {
  return JSON.stringify(text.slice(0, 60));
}

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
  let id = env.GITHUB_RUN_ID || "0", [, pathOfWorkflow] = /^[^/]+\/[^/]+\/([^@]+)@/.exec(env.GITHUB_WORKFLOW_REF ?? "") ?? [];
  return {
    ...repository,
    id,
    apiUrl: apiUrlOf(env),
    url: runUrlOf(env, repository, id),
    number: count(env.GITHUB_RUN_NUMBER),
    attempt: count(env.GITHUB_RUN_ATTEMPT),
    workflow: pathOfWorkflow ?? env.GITHUB_WORKFLOW ?? "",
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
function count(text) {
  let number = Number(text);
  return isCount(number) ? number : 1;
}
function pullOf({ pull_request: pull }) {
  let [number, sha, base] = [pull?.number, shaOf(pull?.head?.sha), pull?.base?.ref];
  return !isCount(number) || sha === null ? null : { number, sha, fork: isFromFork(pull), base: typeof base == "string" ? base : "the base" };
}

export {
  sourceOf,
  referenceError,
  readGitHubRun
};
