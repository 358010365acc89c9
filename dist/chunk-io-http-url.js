import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  percentDecoded
} from "./chunk-zod-v4-core-schemas.js";

var SECRET_NAME = /token|key|sig|secret|pass|pwd|auth|cred/i;
function redactUrl(text) {
  let url = URL.parse(text);
  if (url === null || url.host === "")
    return text.replace(/\/\/[^/@\s]*@/g, "//");
  url.username = "", url.password = "";
  for (let name of [...url.searchParams.keys()])
    SECRET_NAME.test(name) && url.searchParams.set(name, "***");
  return url.href;
}
function authorizationOf(url) {
  if (url.username === "" && url.password === "")
    return null;
  let pair = `${decoded(url.username)}:${decoded(url.password)}`;
  return url.username = "", url.password = "", `Basic ${Buffer.from(pair).toString("base64")}`;
}
function decoded(text) {
  return percentDecoded(text) ?? text;
}

export {
  redactUrl,
  authorizationOf
};
