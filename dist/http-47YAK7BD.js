import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  getStream,
  redactUrl
} from "./chunk-HMEQ6O44.js";
import "./chunk-GOSFARDV.js";
import "./chunk-ADDNZB2S.js";
import "./chunk-S3XN7775.js";
import "./chunk-CZF5JNCG.js";
export {
  getStream,
  redactUrl
};
