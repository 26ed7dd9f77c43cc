import { type Tab, TabNavigation } from '../shell/tab-navigation'

const tabs: readonly Tab[] = [
  { href: '/settings/workspace', name: 'Workspace', skeleton: 'page' },
  { href: '/settings/members', name: 'Members', skeleton: 'list' },
  { href: '/settings/api-keys', name: 'API keys', skeleton: 'list' },
  { href: '/settings/webhooks', name: 'Webhooks', skeleton: 'list' },
  { href: '/settings/account', name: 'Account', skeleton: 'page' },
  // The bar at the bottom of a phone has no room for it.
  { href: '/api-reference', name: 'API reference', skeleton: 'page', onlyWithoutSidebar: true },
]

/** The pages of the settings. */
export function SettingsNavigation() {
  return <TabNavigation label="Settings" tabs={tabs} />
}
