import Link from 'next/link'
import type { ReactNode } from 'react'
import { AccountMenuButton } from '@/components/shell/account-menu-button'
import { Brand } from '@/components/shell/brand'
import { CommandPaletteButton, CommandPaletteHost } from '@/components/shell/command-palette-button'
import { KeyboardShortcuts } from '@/components/shell/keyboard-shortcuts'
import { Navigation } from '@/components/shell/navigation'
import { NoticeToast } from '@/components/shell/notice-toast'
import { NavigationSkeletons } from '@/components/shell/pending-navigation'
import { themeCookie, toTheme } from '@/components/shell/theme'
import { WorkspaceMenuButton } from '@/components/shell/workspace-menu-button'
import { WorkspaceOfPage } from '@/components/shell/workspace-of-page'
import { UndoProvider } from '@/components/ui/use-change'
import { ownsAWorkspace, requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { isDemoWorkspace } from '@/lib/accounts/workspaces/demo-workspace'
import { countWaitingWork } from '@/lib/people/overview/queries'
import { may } from '@/lib/platform/permissions'
import { signOut } from '../(auth)/sign-in/actions'
import { preference } from '../preference'
import { chooseWorkspace, undo } from './actions'
import { resetWorkspace } from './settings/workspace/actions'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const admin = await requireAdmin({ ofNoWorkspace: true })
  const theme = toTheme(await preference(themeCookie))
  const canReset = !admin.isHeldUp && isDemoWorkspace(admin.workspace) && may(admin.workspace.role, 'workspace.reset')
  // Streamed in; a page is not kept waiting, nor taken down, by a number in its margin.
  const waiting = admin.isHeldUp
    ? Promise.resolve(null)
    : countWaitingWork(admin.workspace.workspaceId).catch(() => null)
  const workspaceMenu = (
    <WorkspaceMenuButton
      current={pick(admin.workspace)}
      workspaces={admin.workspaces.map(pick)}
      onSwitch={chooseWorkspace}
      onResetDemo={canReset ? resetWorkspace : undefined}
      mayCreate={ownsAWorkspace(admin)}
    />
  )
  const account = { userId: admin.userId, name: admin.name, email: admin.email, theme, onSignOut: signOut }
  return (
    <WorkspaceOfPage workspaceId={admin.workspace.workspaceId}>
      <div className="min-h-dvh min-[900px]:grid min-[900px]:grid-cols-[232px_minmax(0,1fr)] print:block">
        <a
          href="#main"
          className="fixed top-2 left-2 z-70 -translate-y-20 rounded-md bg-raised px-3 py-2 text-sm shadow-float focus:translate-y-0 print:hidden"
        >
          Skip to content
        </a>
        <aside className="sticky top-0 flex h-dvh flex-col gap-3 border-line border-r px-3 py-3 max-[899px]:hidden print:hidden">
          <Link href="/" className="mx-2 mt-1 self-start rounded-md">
            <Brand />
          </Link>
          {workspaceMenu}
          <CommandPaletteButton />
          <Navigation layout="side" waiting={waiting} />
          <div className="mt-auto">
            <AccountMenuButton {...account} />
          </div>
        </aside>
        <header className="sticky top-0 z-20 flex items-center gap-1 border-line border-b bg-canvas px-2 py-1 min-[900px]:hidden print:hidden">
          <div className="min-w-0 flex-1">{workspaceMenu}</div>
          <CommandPaletteButton compact />
          <AccountMenuButton {...account} compact />
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="min-w-0 px-4 pt-5 pb-24 outline-none min-[900px]:px-8 min-[900px]:pt-7"
        >
          <UndoProvider undo={undo}>
            {children}
            <NoticeToast />
          </UndoProvider>
          <NavigationSkeletons />
        </main>
        <div className="fixed inset-x-0 bottom-0 z-20 border-line border-t bg-canvas pb-[env(safe-area-inset-bottom)] min-[900px]:hidden print:hidden">
          <Navigation layout="bottom" waiting={waiting} />
        </div>
        <CommandPaletteHost />
        <KeyboardShortcuts />
      </div>
    </WorkspaceOfPage>
  )
}

const pick = ({ workspaceId, name, isSandbox }: { workspaceId: string; name: string; isSandbox: boolean }) => ({
  workspaceId,
  name,
  isSandbox,
})
