import type { Building } from './buildings'
import type { Name } from './names'

/** What the workspace knows of somebody. */
export type Known = 'everything' | 'name only' | 'email only' | 'phone only' | 'key only' | 'no phone' | 'no email'

/** What is decided of a person before the details are filled in. */
export type PersonPlan = {
  name: Name
  emailAddress?: string
  phoneNumber?: string
  kind: 'resident' | 'staff' | 'contractor'
  building: Building
  /** Told in `stories.ts`; chance leaves their ACS users alone. */
  isStory?: boolean
  known?: Known
}
