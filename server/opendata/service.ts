import { publicBasemap } from '../basemap/rules.ts'
import type { Deps } from '../platform/deps.ts'
import { chooseCurrentRound, readRounds, readShares } from '../rounds/service.ts'
import type { PublicConfig } from './contract.ts'

type Reading = Pick<Deps, 'db' | 'clock' | 'config'>

/** What the page must know of this installation. Nothing secret. */
export async function readPublicConfig(deps: Reading): Promise<PublicConfig> {
  const current = chooseCurrentRound(await readRounds(deps))
  return describe(deps.config, current)
}

function describe(config: Deps['config'], current: { year: number; isDemo: boolean } | null): PublicConfig {
  return {
    municipality: config.municipality,
    currentYear: current?.year ?? null,
    basemap: publicBasemap(config.basemap),
    mapViewerUrl: config.mapViewerUrl,
    isDemo: current?.isDemo ?? false,
    isTestSignIn: config.oidc === null,
  }
}

/** What the front page asks for first, in one piece: the page is sent with it. */
export async function readInitialData(deps: Reading) {
  const rounds = await readRounds(deps)
  const current = chooseCurrentRound(rounds)
  const shares = current === null ? [] : await readShares(deps, current.year)
  return { config: describe(deps.config, current), rounds: { items: rounds }, shares: { items: shares } }
}
