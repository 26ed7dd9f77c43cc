import { ButtonLink } from '../ui/button'
import { EmptyState } from '../ui/empty-state'

/** What comes before anybody can be reconciled: an access system, and ACS users in it. */
export function NothingToReconcile({ systems }: { systems: { acsSystemId: string; name: string }[] }) {
  const [system] = systems
  if (!system) {
    return (
      <EmptyState
        title="Nothing to reconcile yet"
        action={
          <ButtonLink href="/access-systems" variant="primary">
            Go to access systems
          </ButtonLink>
        }
      >
        Reconciling matches the ACS users of your access systems with people. This workspace has no access system yet.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No ACS user yet"
      action={
        <ButtonLink
          href={systems.length === 1 ? `/access-systems/${system.acsSystemId}` : '/access-systems'}
          variant="primary"
        >
          {systems.length === 1 ? `Go to ${system.name}` : 'Go to access systems'}
        </ButtonLink>
      }
    >
      Once an access system has ACS users that belong to nobody, they appear here to be matched with people.
    </EmptyState>
  )
}
