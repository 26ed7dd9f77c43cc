import { expect, test } from 'vitest'
import { refuseOtherWorkspace } from './page-workspace'
import type { Workspace } from './workspace'

const workspace = (workspaceId: string, name: string) => ({ workspaceId, name }) as Workspace
const [harborview, seaview] = [workspace('1', 'Harborview'), workspace('2', 'Seaview')]

test('a page of the present workspace is served, and one that does not tell', () => {
  refuseOtherWorkspace('1', harborview, [harborview, seaview])
  refuseOtherWorkspace(null, harborview, [harborview, seaview])
})

test.each([
  ['2', /This page is of “Seaview”, and you have switched to “Harborview” since/],
  ['3', /of a workspace that you are not a member of any more/],
  ['', /not a member/],
])('a page of %j is told which workspace it is of', (given, message) => {
  expect(() => refuseOtherWorkspace(given, harborview, [harborview, seaview])).toThrow(message)
})
