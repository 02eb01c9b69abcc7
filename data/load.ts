import { loadCatalogue } from './constraints/load.ts'
import type { Loading } from './dataFile.ts'
import { loadDemo } from './demo/load.ts'
import { loadDistricts } from './districts/load.ts'
import { loadGazetteer } from './gazetteer/load.ts'
import { loadInstallations } from './installations/load.ts'
import { loadPrices } from './prices/load.ts'
import { loadRounds } from './rounds/load.ts'

/** Loads every data set that comes with the program; what is loaded already is left alone. @errors StartError */
export async function loadAll({ db, isEmbedded, withDemo, clock, say }: Loading): Promise<void> {
  await loadDistricts(db, say)
  await loadGazetteer(db, say)
  await loadCatalogue(db, say)
  await loadPrices(db, say)
  if (await loadRounds(db, say)) await loadInstallations(db, say)
  if (withDemo) await loadDemo(db, isEmbedded, clock, say)
}

// `npm run data:load`; the start of the server needs none of the command's code.
if (import.meta.main) {
  const { runLoadCommand } = await import('./loadCommand.ts')
  await runLoadCommand(process.argv.slice(2), loadAll)
}
