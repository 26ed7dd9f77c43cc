import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { HealthBadge } from '@/components/access-systems/health-badge'
import { SystemMonogram } from '@/components/access-systems/system-mark'
import { SystemTabs } from '@/components/access-systems/system-tabs'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { ShortId } from '@/components/ui/short-id'
import { ExactTime } from '@/components/ui/viewer-time'
import { isKeptByHand, vendorOf } from '@/lib/access/system-rows/vendor'
import { findAccessSystem } from './find-access-system'

type AccessSystemLayoutProps = { params: Promise<{ id: string }>; children: ReactNode }

export async function generateMetadata({ params }: AccessSystemLayoutProps): Promise<Metadata> {
  const { name } = await findAccessSystem((await params).id)
  return { title: { default: name, template: `%s · ${name}` } }
}

export default async function AccessSystemLayout({ params, children }: AccessSystemLayoutProps) {
  const system = await findAccessSystem((await params).id)
  const byHand = isKeptByHand(system)
  return (
    <>
      <PageHeader
        title={
          <span className="flex items-center gap-3">
            <SystemMonogram monogram={system.monogram} />
            <span className="min-w-0">{system.name}</span>
          </span>
        }
        detail={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1">
            {!byHand && <HealthBadge system={system} />}
            <span>{vendorOf(system).displayName}</span>
            {system.timeZone && <span>{system.timeZone.replaceAll('_', ' ')}</span>}
            <ShortId id={system.acsSystemId} name="access system ID" />
          </span>
        }
      />
      <div className="mb-5 flex flex-col gap-2 empty:hidden">
        {byHand && (
          <Notice tone="info">
            Kept by hand: what you change here, somebody programs at the system’s own panel too.
          </Notice>
        )}
        {system.errors.map((error) => (
          <Notice key={error.error_code} tone="danger">
            Since <ExactTime at={error.created_at} />: {error.message}
          </Notice>
        ))}
        {system.warnings.map((warning) => (
          <Notice key={warning.warning_code} tone="warning">
            Since <ExactTime at={warning.created_at} />: {warning.message}
          </Notice>
        ))}
      </div>
      <SystemTabs acsSystemId={system.acsSystemId} />
      {children}
    </>
  )
}
