'use client'

import { Dialog } from '@base-ui/react/dialog'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  BookOpen,
  ClipboardList,
  DoorOpen,
  FileUp,
  History,
  IdCard,
  KeyRound,
  LayoutGrid,
  ListChecks,
  type LucideIcon,
  Merge,
  UserPlus,
  UserRound,
  UsersRound,
  Webhook,
} from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import type { PaletteResult } from '@/lib/people/search/queries'
import { fetchJson } from '../ui/fetch-json'
import { SearchList } from '../ui/search-list'
import { useDebounced } from '../ui/use-debounced'

type PaletteItem = { key: string; href: string; title: string; detail: string | null; icon: LucideIcon }

const pages: PaletteItem[] = [
  { key: 'new', href: '/identities/new', title: 'New identity', detail: 'c', icon: UserPlus },
  { key: 'overview', href: '/', title: 'Overview', detail: 'g o', icon: LayoutGrid },
  { key: 'identities', href: '/identities', title: 'Identities', detail: 'g i', icon: UsersRound },
  { key: 'duplicates', href: '/identities/duplicates', title: 'Duplicates', detail: null, icon: Merge },
  { key: 'access-systems', href: '/access-systems', title: 'Access systems', detail: 'g a', icon: DoorOpen },
  { key: 'reconcile', href: '/reconcile', title: 'Reconcile', detail: 'g r', icon: ListChecks },
  { key: 'tasks', href: '/tasks', title: 'Tasks', detail: 'g t', icon: ClipboardList },
  { key: 'import', href: '/import', title: 'Import', detail: null, icon: FileUp },
  { key: 'events', href: '/events', title: 'Events', detail: 'g e', icon: History },
  { key: 'api-keys', href: '/settings/api-keys', title: 'API keys', detail: 'Settings', icon: KeyRound },
  { key: 'webhooks', href: '/settings/webhooks', title: 'Webhooks', detail: 'Settings', icon: Webhook },
  { key: 'api-reference', href: '/api-reference', title: 'API reference', detail: null, icon: BookOpen },
]

const kinds = {
  user_identity: { label: 'People', path: '/identities', icon: UserRound },
  acs_user: { label: 'ACS users', path: '/acs-users', icon: IdCard },
  acs_system: { label: 'Access systems', path: '/access-systems', icon: DoorOpen },
} as const

type CommandPaletteProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** Jumps to any person, ACS user, access system or page. */
export default function CommandPalette({ open, onOpenChange }: CommandPaletteProps) {
  const router = useRouter()
  const inputRef = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const search = useDebounced(typed.trim(), 120)
  const {
    data: results = [],
    isLoading,
    isPlaceholderData,
    error,
  } = useQuery({
    queryKey: ['palette', search],
    queryFn: ({ signal }) => fetchJson<PaletteResult[]>(`/data/search?q=${encodeURIComponent(search)}`, signal),
    enabled: open && search !== '',
    placeholderData: keepPreviousData,
  })

  const found = search === '' ? [] : results
  const groups = [
    ...(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) => ({
      label: kinds[kind].label,
      items: found
        .filter((result) => result.kind === kind)
        .map((result) => ({
          key: result.id,
          href: `${kinds[kind].path}/${result.id}`,
          title: result.title,
          detail: result.detail,
          icon: kinds[kind].icon,
        })),
    })),
    {
      label: 'Go to',
      items: pages.filter((page) => page.title.toLowerCase().includes(typed.trim().toLowerCase())),
    },
  ]

  const close = (next: boolean) => {
    onOpenChange(next)
    if (!next) setTyped('')
  }
  return (
    <Dialog.Root open={open} onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center p-3 sm:pt-[14vh]">
          <Dialog.Popup
            initialFocus={inputRef}
            aria-label="Find anything"
            className="w-full max-w-xl overflow-hidden rounded-lg border border-line bg-raised shadow-float outline-none"
          >
            <SearchList<PaletteItem>
              inputRef={inputRef}
              label="Find anything"
              placeholder="Name, email, phone, ID or page"
              value={typed}
              onValueChange={setTyped}
              groups={groups}
              itemKey={(item) => item.key}
              itemText={(item) => item.title}
              loading={isLoading || isPlaceholderData || search !== typed.trim()}
              entersAhead
              empty={error ? error.message : 'Nobody and nothing of this name here.'}
              onChoose={(item) => {
                close(false)
                router.push(item.href)
              }}
              renderItem={(item) => (
                <span className="flex items-center gap-2.5 text-sm">
                  <item.icon aria-hidden className="size-4 shrink-0 text-muted" />
                  <bdi className="min-w-0 flex-1 truncate">{item.title}</bdi>
                  {item.detail && <span className="max-w-[50%] truncate text-muted text-xs">{item.detail}</span>}
                </span>
              )}
            />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
