import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  getStream
} from "./chunk-RX5RHUCM.js";
import {
  redactUrl
} from "./chunk-YEL55IE5.js";
import "./chunk-FGTERCER.js";
import "./chunk-ADDNZB2S.js";
import "./chunk-S3XN7775.js";
import "./chunk-CZF5JNCG.js";
export {
  getStream,
  redactUrl
};
