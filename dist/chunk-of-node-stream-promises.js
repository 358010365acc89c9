import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

var builtin =   process.getBuiltinModule("node:stream/promises"), read = (key) => builtin[key], of_finished =   read("finished"), of_pipeline =   read("pipeline");

export {
  of_finished,
  of_pipeline
};
