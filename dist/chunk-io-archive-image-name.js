import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

// src/model/release-tag.ts
var RELEASE_KINDS = ["major", "minor", "patch"];
var NUMBER = "(0|[1-9]\\d{0,8})";
var PART = "(?:0|[1-9]\\d{0,17}|\\d*[A-Za-z-][0-9A-Za-z-]*)";
var TAG = new RegExp(
  `^v?(${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PART}(?:\\.${PART})*))?)(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`
);
function readReleaseTag(tag) {
  const [, version, major, minor, patch, prerelease] = tag.length > 128 ? [] : TAG.exec(tag) ?? [];
  if (version === void 0) {
    return null;
  }
  return {
    tag,
    version,
    prerelease: prerelease ?? null,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch)
  };
}
function releaseKind({ minor, patch }) {
  if (patch > 0) {
    return "patch";
  }
  return minor > 0 ? "minor" : "major";
}

// src/io/archive/image-name.ts
function isArchive(name) {
  return /^\.{0,2}\//.test(name) || /\.(?:tar(?:\.gz|\.zst)?|tgz)$/.test(name);
}
var HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
var COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
var TAG2 = /^\w[\w.-]{0,127}$/;
var DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
var LONGEST_NAME = 255;
function referenceFault(reference) {
  const [name = "", ...digests] = reference.split("@");
  if (digests.length > 1) {
    return "it has more than one digest";
  }
  if (digests[0] !== void 0 && !DIGEST.test(digests[0])) {
    return `${quoted(digests[0])} is not a valid digest`;
  }
  const { host, path } = hostOf(name);
  if (host !== null && !HOST.test(host)) {
    return `${quoted(host)} is not a valid host`;
  }
  const [components = "", ...tags] = path.split(":");
  if (tags.length > 1) {
    return "it has more than one tag";
  }
  if (tags[0] !== void 0 && !TAG2.test(tags[0])) {
    return `${quoted(tags[0])} is not a valid tag`;
  }
  const wrong = components.split("/").find((component) => !COMPONENT.test(component));
  if (wrong === "") {
    return "a part of its name is empty";
  }
  if (wrong !== void 0) {
    return /[A-Z]/.test(wrong) ? `${quoted(wrong)} contains uppercase letters` : `${quoted(wrong)} is not a valid part of a name`;
  }
  const whole = [host, components].filter((part) => part !== null).join("/");
  return whole.length > LONGEST_NAME ? `its name is longer than ${LONGEST_NAME} characters` : null;
}
function hostOf(name) {
  const slash = name.indexOf("/");
  if (slash < 0) {
    return { host: null, path: name };
  }
  const first = name.slice(0, slash);
  const isHost = first === "localhost" || /[.:]/.test(first) || first !== first.toLowerCase();
  return isHost ? { host: first, path: name.slice(slash + 1) } : { host: null, path: name };
}
function quoted(text) {
  return JSON.stringify(text.slice(0, 60));
}

export {
  isArchive,
  referenceFault,
  RELEASE_KINDS,
  readReleaseTag,
  releaseKind
};
