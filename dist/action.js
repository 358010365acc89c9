import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  getInput,
  getMultilineInput,
  info,
  saveState,
  setFailed,
  setOutput,
  setSecret,
  summary,
  warning
} from "./chunk-IAAQLWWS.js";
import {
  RULINGS,
  abortOnSignals,
  besideVersions,
  compareSeverity,
  countOf,
  escapeWorkflowData,
  escapeWorkflowProperty,
  plural,
  readJudging,
  readRequest,
  removeReports,
  renderMarkdown,
  renderProblem,
  renderSummaryLine,
  renderTerminal,
  runGate,
  thingsToDo,
  versions,
  visible,
  writeReports
} from "./chunk-VWPIT6EX.js";
import {
  newRunId
} from "./chunk-FBQ6UNN3.js";
import "./chunk-3O252FE5.js";
import {
  SeaworthyError,
  problemOf
} from "./chunk-TNC5PSVS.js";
import "./chunk-ZK5NLULM.js";

// src/reports/annotations.ts
var MOST_OF_A_KIND = 10;
function renderAnnotations(verdict) {
  const packages = verdict.images.flatMap(packagesOf).sort((a, b) => worstOf(a.findings, b.findings));
  const errors = [...verdict.images.flatMap(unanswered), ...packages.map(ofPackage)];
  const warnings = verdict.policyNotices.filter(({ place }) => place !== null).map(({ place, text }) => ({ title: "Whitelist", message: text, place }));
  const left = [
    [errors.length - MOST_OF_A_KIND, "error"],
    [warnings.length - MOST_OF_A_KIND, "warning"]
  ].filter(([count]) => count > 0);
  const more = left.map(([count, word]) => plural(count, `more ${word}`)).join(" and ");
  return [
    ...errors.slice(0, MOST_OF_A_KIND).map((one) => command("error", one)),
    ...warnings.slice(0, MOST_OF_A_KIND).map((one) => command("warning", one)),
    ...more === "" ? [] : [
      command("notice", {
        title: "Not all is shown here",
        message: `${more} in the summary`,
        place: null
      })
    ]
  ];
}
function unanswered(image) {
  return thingsToDo(image).filter(({ kind }) => kind === "answer").map(({ title, why, where }) => ({
    title: `${visible(image.reference)} could not be judged`,
    message: `${visible(why, 1e3)}. ${visible(title, 1e3)}`,
    place: where
  }));
}
function packagesOf(image) {
  const groups = /* @__PURE__ */ new Map();
  for (const finding of image.findings.filter(({ blocks }) => blocks)) {
    const name = finding.package ?? finding.id;
    groups.set(name, [...groups.get(name) ?? [], finding]);
  }
  return [...groups].map(([name, findings]) => ({ image, name, findings: [...findings].sort(bySeverity) }));
}
function ofPackage({ image, name, findings }) {
  const [worst] = findings;
  const lines = findings.slice(0, 5).map((finding) => {
    return `${visible(finding.id)} ${finding.severity}, ${visible(versions(finding))}: ${visible(besideVersions(finding))}`;
  });
  const left = findings.length - lines.length;
  return {
    title: `${visible(name, 80)} keeps ${visible(image.reference, 120)} from release`,
    message: [visible(countOf(findings)), ...lines, ...left > 0 ? [`and ${left} more`] : []].join("\n"),
    place: worst?.policy ?? findings.find(({ policy }) => policy !== null)?.policy ?? null
  };
}
function bySeverity(a, b) {
  return Number(b.kev === true) - Number(a.kev === true) || compareSeverity(b.severity, a.severity);
}
function worstOf(a, b) {
  const [first, second] = [a[0], b[0]];
  return first === void 0 || second === void 0 ? 0 : bySeverity(first, second);
}
function command(level, { title, message, place }) {
  const properties = [
    ...place === null ? [] : [`file=${escapeWorkflowProperty(place.file)}`, `line=${place.line}`],
    `title=${escapeWorkflowProperty(title)}`
  ];
  return `::${level} ${properties.join(",")}::${escapeWorkflowData(message)}`;
}

// src/action.ts
var SUMMARY_LIMIT = 1e6;
async function main() {
  const given = (name) => getInput(name);
  const runId = newRunId();
  saveState("run-id", runId);
  const psk = getInput("clair-psk");
  if (psk !== "") setSecret(psk);
  removeReports(given("report-dir").trim());
  const judging = readJudging(given, (/* @__PURE__ */ new Date()).toISOString().slice(0, 10));
  const request = readRequest(getMultilineInput("image"), given);
  const around = {
    runId,
    signal: abortOnSignals(),
    progress: (text) => info(text),
    warn: (text) => warning(text)
  };
  const verdict = await runGate(request, judging, around);
  const paths = writeReports(judging.reportDir, verdict);
  print(renderTerminal(verdict, { colour: false, width: 120, verbose: true }));
  setOutputs(verdict, judging.reportDir, paths);
  for (const line of renderAnnotations(verdict)) process.stdout.write(`${line}
`);
  if (process.env.GITHUB_STEP_SUMMARY) {
    await summary.addRaw(renderMarkdown(verdict, { limit: SUMMARY_LIMIT }), true).write();
  }
  if (verdict.verdict !== "pass") setFailed(renderSummaryLine(verdict));
}
function print(text) {
  const token = `seaworthy-${newRunId()}${newRunId()}`;
  process.stdout.write(`::stop-commands::${token}
${text}
::${token}::
`);
}
function setOutputs(verdict, reportDir, paths) {
  const findings = verdict.images.flatMap((image) => image.findings);
  setOutput("verdict", verdict.verdict);
  for (const ruling of RULINGS) {
    setOutput(ruling, findings.filter((finding) => finding.ruling === ruling).length);
  }
  setOutput("findings", findings.length);
  setOutput("summary", renderSummaryLine(verdict));
  setOutput("digest", verdict.images.map(({ digest }) => digest ?? "").join("\n"));
  setOutput("report", paths.find((path) => path.endsWith("report.json")) ?? "");
  setOutput("report-dir", reportDir);
}
function fail(error) {
  const problem = problemOf(error, "seaworthy");
  setOutput("verdict", "incomplete");
  print(renderProblem(problem));
  const debug = getInput("debug") === "true" || !(error instanceof SeaworthyError);
  if (debug && error instanceof Error) print(error.stack ?? "");
  setFailed(`${problem.what} \xB7 ${problem.where} \xB7 ${problem.todo}`);
}
await main().catch(fail);
