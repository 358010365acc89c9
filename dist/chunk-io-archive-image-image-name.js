import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  hostOf
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

var LINE = /^(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8}))?$/;
function isLine(text) {
  return LINE.test(text);
}
function releaseLines(tags, wanted) {
  let releases = tags.flatMap((tag) => readReleaseTag(tag) ?? []).filter(({ tag, prerelease }) => prerelease === null && !tag.includes("+")).sort(newestFirst), newest = (wanted === "all" ? [...new Set(releases.map(({ major, minor }) => `${major}.${minor}`))] : [...new Set(wanted)]).map((line) => ({
    line,
    release: releases.find(({ major, minor }) => [String(major), `${major}.${minor}`].includes(line))
  }));
  return {
    found: newest.flatMap(({ line, release }) => release === void 0 ? [] : [{ line, release }]).sort((a, b) => newestFirst(a.release, b.release)).map(({ line, release: { tag, version } }) => ({ line, tag, version })),
    missing: newest.flatMap(({ line, release }) => release === void 0 ? [line] : [])
  };
}
function newestFirst(a, b) {
  return b.major - a.major || b.minor - a.minor || b.patch - a.patch || +(a.tag < b.tag) - +(a.tag > b.tag);
}
var RELEASE_KINDS = ["major", "minor", "patch"], NUMBER = "(0|[1-9]\\d{0,8})", PART = "(?:0|[1-9]\\d{0,17}|\\d*[A-Za-z-][0-9A-Za-z-]*)", TAG2 = new RegExp(
  `^v?(${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PART}(?:\\.${PART})*))?)(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`
);
function readReleaseTag(tag) {
  let [, version, major, minor, patch, prerelease] = tag.length > 128 ? [] : TAG2.exec(tag) ?? [];
  return version === void 0 ? null : {
    tag,
    version,
    prerelease: prerelease ?? null,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch)
  };
}
function releaseKind({ minor, patch }) {
  return patch > 0 ? "patch" : minor > 0 ? "minor" : "major";
}

export {
  sourceOf,
  referenceError,
  isLine,
  releaseLines,
  RELEASE_KINDS,
  readReleaseTag,
  releaseKind
};
