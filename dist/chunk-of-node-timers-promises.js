import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

var builtin =   process.getBuiltinModule("node:timers/promises"), read = (key) => builtin[key], of_setTimeout =   read("setTimeout"), of_setImmediate =   read("setImmediate");

export {
  of_setTimeout,
  of_setImmediate
};
