import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

// src/reports/escape.ts
var DEFAULT_LENGTH = 300;
var UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
var NAMED = { "\n": "\\n", "\r": "\\r", "	": "\\t" };
function visible(text, length = DEFAULT_LENGTH) {
  const points = [...text.slice(0, length * 2 + 2)];
  const cut = points.length > length ? `${points.slice(0, Math.max(0, length - 1)).join("")}\u2026` : points.join("");
  return cut.replace(UNSEEN, (char) => NAMED[char] ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`).replace(new RegExp("\\p{Zs}", "gu"), " ");
}
function escapeTerminal(text, length = DEFAULT_LENGTH) {
  return visible(text, length).replaceAll("##[", "## [").replace(/(?<=^| ):{2,}/g, (colons) => [...colons].join(" "));
}
function escapeHtml(text, length = DEFAULT_LENGTH) {
  return visible(text, length).replace(/[&<>"']/g, entity);
}
function escapeMarkdown(text, length = DEFAULT_LENGTH) {
  return visible(text, length).trim().replace(/@|#(?=\d)|:(?=\/\/|[\w+-]+:)|(?<![A-Za-z0-9])(?:www(?=\.)|GH-(?=\d))/gi, "$&\u200B").replace(/(?<=^\d+)[.)](?= |$)|^[-+=:]|[&<>\\`*_[\]|~$^#\u200b]/g, entity);
}
function escapeWorkflowData(text) {
  return text.replace(UNSEEN, (char) => /[\r\n]/.test(char) ? char : visible(char)).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
function escapeWorkflowProperty(text) {
  return escapeWorkflowData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
function escapeSarif(text, length = DEFAULT_LENGTH) {
  return visible(text, length).replace(/\](?=\()/g, "] ").replace(/\{(?=\d)/g, "{ ");
}
function entity(char) {
  return `&#${char.codePointAt(0) ?? 0};`;
}

export {
  DEFAULT_LENGTH,
  visible,
  escapeTerminal,
  escapeHtml,
  escapeMarkdown,
  escapeWorkflowData,
  escapeWorkflowProperty,
  escapeSarif
};
