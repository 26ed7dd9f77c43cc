/*
 * Whether two concepts of lib import each other. Tests don't count: they may look at anything.
 */

const { options } = require('./.dependency-cruiser.cjs')
const concept = '^lib/(people|access|accounts|history|background|platform)/[^/]+$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-folders-in-circles',
      comment: 'Two concepts that import each other are one concept, or hide a third.',
      severity: 'error',
      scope: 'folder',
      from: { path: concept },
      to: { path: concept, circular: true },
    },
  ],
  options: { ...options, exclude: { path: `${options.exclude.path}|\\.test\\.tsx?$` } },
}
