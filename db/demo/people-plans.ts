import type { Building } from './buildings'
import { createNames, fullName } from './names'
import type { Known, PersonPlan } from './person-plan'
import type { Random } from './random'
import { namesakes, storyPeople } from './stories'

const residents: Record<Building, number> = { harborHouse: 112, pierNineLofts: 52, beaconCourt: 45 }
const staff = 17
const contractors = 14
const shareOfHousemates = 0.17

const sparse: { known: Known; count: number }[] = [
  { known: 'name only', count: 5 },
  { known: 'email only', count: 5 },
  { known: 'phone only', count: 4 },
  { known: 'key only', count: 2 },
]

/** Decides who the people are, 240 of them, in no order. */
export function planPeople(random: Random): PersonPlan[] {
  const curated = [...storyPeople, ...namesakes]
  const names = createNames(
    random,
    curated.map((plan) => fullName(plan.name)),
  )
  const buildings = Object.keys(residents) as Building[]
  const drawn: PersonPlan[] = buildings.flatMap((building) => {
    const present = curated.filter((plan) => plan.building === building).length
    const plans: PersonPlan[] = []
    while (plans.length < residents[building] - present) {
      const previous = plans.at(-1)
      const name = previous && random.chance(shareOfHousemates) ? names.relativeOf(previous.name) : names.next()
      plans.push({ name, kind: 'resident', building, known: random.pick(usualKnowledge) })
    }
    return plans
  })
  const sparsePlans = random.shuffled(drawn)
  for (const { known, count } of sparse) {
    for (const plan of sparsePlans.splice(0, count)) plan.known = known
  }
  const others = (kind: 'staff' | 'contractor', count: number) =>
    Array.from({ length: count }, (): PersonPlan => ({ name: names.next(), kind, building: random.pick(buildings) }))
  return random.shuffled([...curated, ...drawn, ...others('staff', staff), ...others('contractor', contractors)])
}

// One in ten gave no phone number, one in ten no email address.
const usualKnowledge: Known[] = [
  ...Array.from({ length: 8 }, () => 'everything' as const),
  'no phone' as const,
  'no email' as const,
]
