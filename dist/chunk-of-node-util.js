import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

// of-node:util
var builtin = /* @__PURE__ */ process.getBuiltinModule("node:util"), read = (key) => builtin[key];
var of_inspect = /* @__PURE__ */ read("inspect");
var of_promisify = /* @__PURE__ */ read("promisify"), of_stripVTControlCharacters = /* @__PURE__ */ read("stripVTControlCharacters");
var of_types = /* @__PURE__ */ read("types");

// of-node:process
var builtin2 = /* @__PURE__ */ process.getBuiltinModule("node:process");

export {
  builtin,
  of_inspect,
  of_promisify,
  of_stripVTControlCharacters,
  of_types,
  builtin2
};
