import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

// src/model/json.ts
function isRecord(value) {
  return typeof value == "object" && value !== null && !Array.isArray(value);
}
function jsonIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return;
  }
}
function jsonInFile(text) {
  return jsonIn(text.replace(/^\uFEFF/, ""));
}

export {
  isRecord,
  jsonIn,
  jsonInFile
};
