import { TabNavigation } from '../shell/tab-navigation'

/** The pages of an access system. */
export function SystemTabs({ acsSystemId }: { acsSystemId: string }) {
  const place = `/access-systems/${acsSystemId}`
  return (
    <TabNavigation
      label="Access system"
      tabs={[
        { href: place, name: 'ACS users', skeleton: 'list', exact: true },
        { href: `${place}/doors`, name: 'Doors', skeleton: 'list' },
        { href: `${place}/access-groups`, name: 'Access groups', skeleton: 'list' },
        { href: `${place}/activity`, name: 'Activity', skeleton: 'list' },
        { href: `${place}/settings`, name: 'Settings', skeleton: 'page' },
      ]}
    />
  )
}
