import * as core from '@actions/core'
import { findLines } from '../gate/release-lines.js'
import { problemOf } from '../model/index.js'
import { escapeTerminal } from '../reports/escape.js'

/** The action in release-lines/: lists the images to judge on a schedule. */
async function main(): Promise<void> {
  const token = core.getInput('github-token')
  if (token !== '') {
    core.setSecret(token)
  }
  const { found, warning } = await findLines({
    lines: core.getInput('lines'),
    image: core.getInput('image'),
    token,
  })
  for (const { line, image } of found) {
    core.info(escapeTerminal(`${line}: ${image}`))
  }
  if (warning !== null) {
    core.warning(escapeTerminal(`lines: ${warning}`, 1000))
  }
  core.setOutput('matrix', JSON.stringify({ include: found }))
}

await main().catch((error: unknown) => {
  const { what, where, todo } = problemOf(error, 'lines')
  core.setFailed([what, where, todo].map((text) => escapeTerminal(text, 1000)).join(' · '))
})
