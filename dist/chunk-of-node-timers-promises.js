import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

// of-node:timers/promises
var builtin = /* @__PURE__ */ process.getBuiltinModule("node:timers/promises");
var read = (key) => builtin[key];
var of_setTimeout = /* @__PURE__ */ read("setTimeout");
var of_setImmediate = /* @__PURE__ */ read("setImmediate");

export {
  of_setTimeout,
  of_setImmediate
};
