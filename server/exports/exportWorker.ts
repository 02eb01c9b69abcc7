import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { openGdal } from '../platform/vectorFile/gdal.ts'

/** What the writing thread is told. */
export interface ExportTask {
  inputFolder: string
  outputFolder: string
  driver: 'GPKG' | 'FlatGeobuf'
  options: string[]
  /** What GeoPackage says of each layer. */
  descriptions: { layer: string; title: string; description: string }[]
}
export type ExportAnswer = { ok: true; file: string } | { ok: false; message: string }

/** GDAL takes descriptions of columns from the virtual layers, those of the layers it has no place for. @source OGC 12-128r18, gpkg_contents */
function describeLayers(file: string, descriptions: ExportTask['descriptions']): void {
  const database = new DatabaseSync(file)
  try {
    const write = database.prepare('update gpkg_contents set identifier = ?, description = ? where table_name = ?')
    for (const { layer, title, description } of descriptions) write.run(title, description, layer)
  } finally {
    database.close()
  }
}

async function run({ inputFolder, outputFolder, driver, options, descriptions }: ExportTask): Promise<string> {
  const complaints: string[] = []
  const gdal = await openGdal(outputFolder, (line) => complaints.push(line))
  const opened = await gdal.open(join(inputFolder, 'round.vrt'))
  const dataset = opened.datasets[0]
  if (dataset === undefined) throw new Error(`GDAL cannot open the layers: ${complaints.join(' ')}`)
  const written = await gdal.ogr2ogr(dataset, ['-f', driver, ...options], 'round').catch(() => null)
  await gdal.close(dataset)
  const failure = complaints.find((line) => line.startsWith('ERROR'))
  if (written === null || failure !== undefined) throw new Error(`GDAL cannot write ${driver}: ${failure ?? complaints.join(' ')}`)
  if (driver === 'GPKG') describeLayers(written.real, descriptions)
  return written.real
}

const answer: ExportAnswer = await run(workerData as ExportTask).then(
  (file) => ({ ok: true, file }),
  (error: Error) => ({ ok: false, message: error.message }),
)
parentPort?.postMessage(answer)
