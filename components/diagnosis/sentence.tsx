import { Fragment } from 'react'
import type { Sentence as Words } from '@/lib/access/diagnosis/diagnosis'
import { ExactTime } from '../ui/viewer-time'

/** Words with the moments in them in the viewer's zone. */
export function Sentence({ words }: { words: Words }) {
  return words.map((part, position) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence do not move
    <Fragment key={position}>{typeof part === 'string' ? part : <ExactTime at={part.at} />}</Fragment>
  ))
}
