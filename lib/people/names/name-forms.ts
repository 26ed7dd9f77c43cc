import { nameWords } from './names'
import { otherForms } from './nicknames'

const mostOtherForms = 4

/** A name as it is searched for, and with other forms of its given name: "liz doe", "elizabeth doe". */
export function nameForms(fullName: string): string[] {
  const words = nameWords(fullName)
  if (words.length === 0) return []
  const forms = words.flatMap((word, index) =>
    otherForms(word).map((form) => words.map((other, at) => (at === index ? form : other)).join(' ')),
  )
  return [words.join(' '), ...forms.slice(0, mostOtherForms)]
}
