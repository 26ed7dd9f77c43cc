import { expect, test } from 'vitest'
import { environmentOf, filesOf, parseDockerfile, partsOfCopy } from './dockerfile.mjs'

test('a Dockerfile is read stage by stage, with lines that go on and comments between them', () => {
  const stages = parseDockerfile(`# Comment
ARG BASE=node:20
FROM \${BASE} AS build
ENV A=1 B=x=y
COPY one two/ there/
# Comment
RUN first && \\
  # Comment
  second
FROM build
COPY --from=build --chown=node:node /app ./
`)
  expect(stages).toEqual([
    {
      name: 'build',
      image: 'node:20',
      instructions: [
        { name: 'ENV', flags: {}, text: 'A=1 B=x=y' },
        { name: 'COPY', flags: {}, text: 'one two/ there/' },
        { name: 'RUN', flags: {}, text: 'first && second' },
      ],
    },
    {
      name: '1',
      image: 'build',
      instructions: [{ name: 'COPY', flags: { from: 'build', chown: 'node:node' }, text: '/app ./' }],
    },
  ])
  const [build] = stages
  expect(build && environmentOf(build)).toEqual({ A: '1', B: 'x=y' })
  expect(partsOfCopy({ name: 'COPY', flags: {}, text: 'one two/ there/' })).toEqual({
    sources: ['one', 'two/'],
    destination: 'there/',
  })
})

test('the Dockerfile of this repository has its stages', () => {
  expect(parseDockerfile().map(({ name }) => name)).toEqual(['packages', 'build', '2'])
})

test.each([
  ['lib', ['lib/a.ts', 'lib/b/c.ts']],
  ['*.ts', ['server.ts', 'next.config.ts']],
  ['server.ts', ['server.ts']],
  ['li', []],
])('of a checkout, %s is %j', (source, meant) => {
  const files = ['lib/a.ts', 'lib/b/c.ts', 'server.ts', 'next.config.ts', 'serverxts', 'library.md']
  expect(filesOf(files, source)).toEqual(meant)
})
