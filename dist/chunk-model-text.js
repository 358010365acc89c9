import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

// src/model/text.ts
function withoutEnd(text, characters) {
  let end = text.length;
  for (; end > 0 && characters.includes(text.charAt(end - 1)); )
    end--;
  return text.slice(0, end);
}
function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}
function listText(items, most = 5, by = ", ") {
  let left = items.length - most;
  return `${items.slice(0, most).join(by)}${left > 0 ? ` and ${left} more` : ""}`;
}
function firstOf(lines, most) {
  let left = lines.length - most;
  return [...lines.slice(0, most), ...left > 0 ? [`and ${left} more`] : []];
}
function compareText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
function sorted(names) {
  return [...new Set(names)].sort();
}
function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}
function percentDecoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

// src/io/http/url.ts
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
  withoutEnd,
  plural,
  listText,
  firstOf,
  compareText,
  sorted,
  oneLine,
  percentDecoded,
  redactUrl,
  authorizationOf
};
