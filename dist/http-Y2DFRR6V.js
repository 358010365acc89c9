import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  getStream,
  redactUrl
} from "./chunk-3O252FE5.js";
import "./chunk-TNC5PSVS.js";
import "./chunk-ZK5NLULM.js";
export {
  getStream,
  redactUrl
};
