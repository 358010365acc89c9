import { afterEach, beforeEach, expect } from '@jest/globals'
import { anUpdateSetting, type UpdateSetting } from './update-setting.js'

export let setting: UpdateSetting

// Each test file has its own copy of this module, and so these hooks.
beforeEach(async () => {
  setting = await anUpdateSetting()
})

afterEach(async () => {
  expect(setting.stub.errors).toEqual([])
  await setting.stub.close()
})

/** Another one in the same test. */
export async function newSetting(): Promise<void> {
  await setting.stub.close()
  setting = await anUpdateSetting()
}

export const theBranch = () => {
  const [name, ...others] = [...setting.git.branches.keys()].filter((one) => one.startsWith('seaworthy/'))
  if (name === undefined || others.length > 0) {
    throw new Error(`${others.length} branches too many, or none`)
  }
  return name
}

export const pull = (index = 0) => {
  const one = setting.git.pulls[index]
  if (one === undefined) {
    throw new Error('no such pull request')
  }
  return one
}
