/*
 * What a component reaches when it runs, over any number of imports. Imports of types alone are
 * gone by then and do not count.
 */

const { options } = require('./.dependency-cruiser.cjs')

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'components-never-reach-the-database',
      comment: 'Whatever a component imports must itself be free of the database: types and pure rules.',
      severity: 'error',
      from: { path: '^components/' },
      to: {
        path: ['^db/', '^node_modules/pg/', '^node_modules/drizzle-orm/', '^node_modules/@electric-sql/'],
        reachable: true,
      },
    },
  ],
  options: { ...options, tsPreCompilationDeps: false },
}
