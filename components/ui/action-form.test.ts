import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { WorkspaceOfPage } from '../shell/workspace-of-page'
import { ActionForm } from './action-form'

const form = createElement(ActionForm, null, createElement('p'))

test('tells which workspace its page is of, before any script has run', () => {
  expect(renderToStaticMarkup(createElement(WorkspaceOfPage, { workspaceId: '7' }, form))).toBe(
    '<form><input type="hidden" name="page_workspace" value="7"/><p></p></form>',
  )
})

test('tells nothing where there is no workspace yet', () => {
  expect(renderToStaticMarkup(form)).toBe('<form><p></p></form>')
})
