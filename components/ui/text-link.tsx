import clsx from 'clsx'
import Link from 'next/link'
import type { ComponentProps } from 'react'

/** How a link in running text looks: underlined, since colour must not be all that tells it from the words around it. */
export const textLinkClass = 'text-accent underline decoration-accent/50 underline-offset-2 hover:decoration-accent'

/** A link in running text. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link {...rest} className={clsx(textLinkClass, className)} />
}
