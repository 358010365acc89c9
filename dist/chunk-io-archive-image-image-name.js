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

export {
  sourceOf,
  referenceError
};
