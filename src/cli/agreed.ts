import { createInterface } from 'node:readline/promises'
import { escapeTerminal } from '../reports/escape.js'

/** Asks if someone can answer. Anything but yes means no. */
export async function agreed(file: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    return false
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const answer = await lines.question(`Write ${escapeTerminal(file)}? [y/N] `, { signal })
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    lines.close()
  }
}
