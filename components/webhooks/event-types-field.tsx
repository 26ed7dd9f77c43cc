import { useId } from 'react'
import { eventTypes as knownTypes } from '@/lib/history/events/event'

const groupNames: Record<string, string> = {
  user_identity: 'User identities',
  acs_user: 'ACS users',
  acs_credential: 'Credentials',
  acs_access_group: 'Access groups',
  acs_entrance: 'Entrances',
  acs_system: 'Access systems',
  workspace: 'Workspace',
  workspace_member: 'Members',
  webhook: 'Webhooks',
}

const objectOf = (eventType: string) => eventType.split('.')[0] ?? ''

/** The types by what they are about; those that only the webhook knows are kept with theirs. */
function groups(chosen: string[]): { object: string; types: string[] }[] {
  const all = [...new Set<string>([...knownTypes, ...chosen.filter((type) => type !== '*')])]
  return [...new Set(all.map(objectOf))].map((object) => ({
    object,
    types: all.filter((type) => objectOf(type) === object),
  }))
}

const optionClass = 'flex min-h-7 cursor-pointer items-center gap-2.5 text-sm pointer-coarse:min-h-11'
const markClass = 'size-4 shrink-0 accent-accent'

/** Chooses all events or some. It works without JavaScript: the page shows the types once they count. */
export function EventTypesField({ chosen, errors }: { chosen: string[]; errors?: string[] }) {
  const id = useId()
  const isAll = chosen.includes('*')
  return (
    <fieldset className="group min-w-0" aria-describedby={errors ? `${id}-error` : undefined}>
      <legend className="mb-1 font-medium text-sm">Events</legend>
      <label className={optionClass}>
        <input type="radio" name="scope" value="all" defaultChecked={isAll} className={markClass} />
        All events, also those that are added later
      </label>
      <label className={optionClass}>
        <input type="radio" name="scope" value="chosen" defaultChecked={!isAll} className={markClass} />
        Only these
      </label>
      <div className="mt-2 hidden grid-cols-1 gap-x-4 gap-y-3 border-line border-l pl-4 group-has-[input[value=chosen]:checked]:grid">
        {groups(chosen).map(({ object, types }) => (
          <fieldset key={object} className="min-w-0">
            <legend className="text-muted text-xs">{groupNames[object] ?? object}</legend>
            {types.map((type) => (
              <label key={type} className={optionClass}>
                <input
                  type="checkbox"
                  name="event_types"
                  value={type}
                  defaultChecked={chosen.includes(type)}
                  className={markClass}
                />
                <span className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{type}</span>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
      <div id={`${id}-error`} role={errors ? 'alert' : undefined}>
        {errors?.map((error) => (
          <p key={error} className="mt-1 text-danger text-sm">
            {error}
          </p>
        ))}
      </div>
    </fieldset>
  )
}
