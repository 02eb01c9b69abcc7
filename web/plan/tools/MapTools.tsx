import Layers from 'lucide-react/icons/layers'
import MapPinned from 'lucide-react/icons/map-pinned'
import Radius from 'lucide-react/icons/radius'
import Ruler from 'lucide-react/icons/ruler'
import { type ComponentType, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from '../../lib/i18n.ts'
import type { PlaceGeometry } from '../../map/mapContract.ts'
import { lendToMap } from '../../shell/mapState.ts'
import { useMayPlan } from '../useMayPlan.ts'
import { BufferPanel } from './BufferPanel.tsx'
import { IdentifyPanel } from './IdentifyPanel.tsx'
import { LayerPanel } from './LayerPanel.tsx'
import { MeasurePanel } from './MeasurePanel.tsx'
import type { ToolName, ToolProps } from './toolProps.ts'
import { useLendLayers } from './useLayers.ts'
import './tools.css'

const TOOLS = [
  { name: 'layers', icon: Layers },
  { name: 'identify', icon: MapPinned },
  { name: 'measure', icon: Ruler },
  { name: 'buffer', icon: Radius },
] as const satisfies readonly { name: ToolName; icon: ComponentType<{ size?: number }> }[]

/** The panel and the gap beside it: a wide map keeps its buttons and its middle clear of it. @unit CSS pixels */
const PANEL_PX = 356

const panels: Record<ToolName, ComponentType<ToolProps>> = {
  layers: LayerPanel,
  identify: IdentifyPanel,
  measure: MeasurePanel,
  buffer: BufferPanel,
}

/** The planner's tools over the one map: layers of the law, what is here, measuring, buffer. */
export function MapTools() {
  const { mayPlan } = useMayPlan()
  return mayPlan ? <ToolBar /> : null
}

function ToolBar() {
  const { t } = useTranslation('mapTools')
  const [open, setOpen] = useState<ToolName | null>(null)
  const [geometry, setGeometry] = useState<PlaceGeometry | null>(null)
  const bar = useRef<HTMLDivElement>(null)
  useLendLayers()
  const Panel = open ? panels[open] : null
  function close() {
    setOpen(null)
    bar.current?.querySelector<HTMLElement>('[aria-expanded=true]')?.focus()
  }
  function press(event: KeyboardEvent) {
    if (event.key !== 'Escape' || open === null) return
    event.stopPropagation()
    close()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from wherever the focus is inside
    <div className="bm-tools" onKeyDown={press}>
      <div className="bm-modes" role="toolbar" aria-label={t('label')} ref={bar}>
        {TOOLS.map(({ name, icon: Icon }) => (
          <button
            key={name}
            type="button"
            className="bm-mode bm-tool"
            aria-expanded={open === name}
            onClick={() => setOpen(open === name ? null : name)}
          >
            <Icon size={18} aria-hidden="true" />
            {t(`tool.${name}`)}
          </button>
        ))}
      </div>
      {Panel && open ? (
        <ToolPanel title={t(`title.${open}`)} key={open} onClose={close}>
          <Panel geometry={geometry} onGeometry={setGeometry} onTool={setOpen} />
        </ToolPanel>
      ) : null}
    </div>
  )
}

function ToolPanel({ title, onClose, children }: { title: string; onClose: () => void; children: React.ReactNode }) {
  const { t } = useTranslation('shell')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    lendToMap({ coveredRight: PANEL_PX })
    return () => lendToMap({ coveredRight: 0 })
  }, [])
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <section className="bm-tool-panel" aria-label={title}>
      <div className="bm-tool-head">
        <h2 tabIndex={-1} ref={heading}>
          {title}
        </h2>
        <button type="button" className="bm-tool-close" aria-label={t('close')} onClick={onClose}>
          <span aria-hidden="true">×</span>
        </button>
      </div>
      {children}
    </section>
  )
}
