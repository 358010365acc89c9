import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  getStream
} from "./chunk-DTMRG75W.js";
import {
  redactUrl
} from "./chunk-DW33USSN.js";
import "./chunk-2DTXRDBP.js";
import "./chunk-ADDNZB2S.js";
import "./chunk-S3XN7775.js";
import "./chunk-CZF5JNCG.js";
export {
  getStream,
  redactUrl
};
